// Commands about the source's own anomalies, and about publishing our findings among them.
import { anomalyStatuses } from '#shared/model/anomaly.ts';
import { dispositions } from '#shared/model/finding.ts';
import { oneOf, required, text, wholeNumber, type Command } from './command.ts';
import { facts, table } from './print.ts';

const columns = ['id', 'anomalyType', 'severity', 'score', 'detectedAt', 'user', 'status', 'sync'];

const anomalies: Command = {
  usage: `anomalies [ID] [--status ${anomalyStatuses.join('|')}] [--limit N]`,
  description: 'what the source’s own scorer found, in its words; with an ID, one of them in full',
  optionalPositionals: 1,
  options: {
    status: { type: 'string', value: 'S', description: 'only anomalies in this state' },
    limit: { type: 'string', value: 'N', description: 'how many, newest first (1000 unless given)' },
  },
  run: async ({ values, positionals, call }) => {
    const client = await call();
    const [id] = positionals;
    if (id !== undefined) {
      const json = await client.anomalies.get({ id });
      const { context, anomaly } = json;
      return { json, text: facts({ ...anomaly, context }) };
    }
    const status = text(values, 'status');
    const limit = wholeNumber(values, 'limit', 1);
    const json = await client.anomalies.list({
      ...(status === undefined ? {} : { status: oneOf(status, anomalyStatuses, '--status') }),
      ...(limit === undefined ? {} : { limit }),
    });
    return { json, text: `${table(json.anomalies, columns)}\n\n${json.anomalies.length} of ${json.total}` };
  },
};

const disposeAnomaly: Command = {
  usage: 'dispose-anomaly ID acknowledged|false-positive|escalated --note T',
  description:
    'put on record what you make of one of the source’s anomalies; the next sync writes it there once it is final',
  positionals: 2,
  options: { note: { type: 'string', value: 'T', description: 'why, in a sentence' } },
  run: async ({ values, positionals, call }) => ({
    json: await (
      await call()
    ).anomalies.dispose({
      id: positionals[0]!,
      disposition: oneOf(positionals[1], dispositions, 'A disposition'),
      note: required(values, 'note'),
    }),
  }),
};

const publication: Command = {
  usage: 'publication show|on|off [--reason R]',
  description: 'whether findings are added, once each, to the source’s table of anomalies by the next sync',
  positionals: 1,
  options: { reason: { type: 'string', value: 'R', description: 'on, off: why, in a sentence' } },
  run: async ({ values, positionals, call }) => {
    const verb = oneOf(positionals[0], ['show', 'on', 'off'], 'publication');
    const client = await call();
    return {
      json:
        verb === 'show'
          ? await client.anomalies.publication()
          : await client.anomalies.setPublication({
              isOn: verb === 'on',
              reason: required(values, 'reason'),
            }),
    };
  },
};

export const anomalyCommands: Readonly<Record<string, Command>> = {
  anomalies,
  'dispose-anomaly': disposeAnomaly,
  publication,
};
