// The verbs of a campaign up to its frozen population: define, open, and how it stands.
import { openingWork } from '../../api/campaigns.ts';
import { taking, type CampaignVerb, type CampaignVerbs } from './campaign-command.ts';
import { readDefinition } from './campaign-definition-file.ts';
import { statusOutcome } from './campaign-status-outcome.ts';
import { required, text, UsageError } from './command.ts';
import { printable, table } from './print.ts';

const define: CampaignVerb = async (context, rest) => {
  const [path = ''] = taking(['FILE.json'], rest);
  const definition = await readDefinition(context, path);
  const json = await (await context.call()).campaigns.check({ definition, lookAtSource: true });
  const faults = json.faults.map((fault) => `! ${fault}`);
  const remarks = json.remarks.map((remark) => `? ${remark}`);
  return {
    json,
    text: [...json.scopeInWords, ...remarks, ...faults].map(printable).join('\n'),
    exitCode: faults.length === 0 ? 0 : 1,
  };
};

const create: CampaignVerb = async (context, rest) => {
  const [path = '', id] = taking(['FILE.json', '[CAMPAIGN]'], rest);
  const client = await context.call();
  const said = text(context.values, 'based-on');
  if (id === undefined && said !== undefined)
    throw new UsageError('--based-on is for a draft that is changed: create FILE.json CAMPAIGN.');
  // As it stands before the file is read, so that what somebody records meanwhile is not overwritten.
  const basedOn =
    id === undefined ? undefined : (said ?? (await client.campaigns.get({ id })).definedAs.entry);
  const definition = await readDefinition(context, path);
  const draft = id === undefined || basedOn === undefined ? {} : { id, basedOn };
  return statusOutcome(await client.campaigns.define({ definition, ...draft }));
};

const discard: CampaignVerb = async ({ call, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  return statusOutcome(await (await call()).campaigns.discard({ id, reason: required(values, 'reason') }));
};

const endSeries: CampaignVerb = async ({ call, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  return statusOutcome(await (await call()).campaigns.endSeries({ id, reason: required(values, 'reason') }));
};

const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;

const entitlements: CampaignVerb = async (context, rest) => {
  const [of = ''] = taking(['CAMPAIGN|FILE.json'], rest);
  const client = await context.call();
  const definition = ulid.test(of)
    ? (await client.campaigns.get({ id: of })).definition
    : await readDefinition(context, of);
  const { scope, period, zone, meanings } = definition;
  const { distinct, entitlements: found } = await client.campaigns.entitlements({ scope, period, zone });
  const lines = found.map((line) => ({ ...line, meaning: meanings[line.entitlement] ?? null }));
  const missing = lines.filter(({ meaning }) => !meaning?.trim()).length;
  const more = distinct > found.length ? ` Listed are ${found.length} of ${distinct}.` : '';
  return {
    json: { distinct, missing, entitlements: lines },
    text: `${table(lines, ['entitlement', 'rows', 'subjects', 'meaning'])}\n\n${missing} without a meaning.${more}`,
    exitCode: missing === 0 ? 0 : 1,
  };
};

const open: CampaignVerb = async ({ workstation, run, values }, rest) => {
  const [id = ''] = taking(['CAMPAIGN'], rest);
  const station = await workstation();
  const wish = text(values, 'previous');
  const previous = wish === 'none' ? null : wish;
  return statusOutcome(
    await run(
      openingWork(station, {
        campaign: id,
        previous,
        withoutMeanings: text(values, 'without-meanings'),
        emptyBecause: text(values, 'empty-because'),
      }),
    ),
  );
};

const status: CampaignVerb = async ({ call, values }, rest) => {
  const [id] = taking(['[CAMPAIGN]'], rest);
  const client = await call();
  if (id !== undefined) return statusOutcome(await client.campaigns.get({ id }));
  const list = await client.campaigns.list({ discarded: values['discarded'] === true });
  const lines = list.map(({ counts, ...one }) => ({ ...one, items: counts.items, open: counts.open }));
  return { json: list, text: table(lines, ['id', 'name', 'state', 'dueOn', 'isOverdue', 'items', 'open']) };
};

export const defineVerbs: CampaignVerbs = {
  verbs: { define, create, discard, entitlements, open, status, 'end-series': endSeries },
  usages: [
    'define FILE.json [--csv FILE]',
    'create FILE.json [CAMPAIGN] [--csv FILE] [--based-on ENTRY]',
    'discard CAMPAIGN --reason T',
    'entitlements CAMPAIGN|FILE.json [--csv FILE]',
    'open CAMPAIGN [--previous CAMPAIGN|none] [--without-meanings T] [--empty-because T]',
    'status [CAMPAIGN] [--discarded]',
    'end-series CAMPAIGN --reason T',
  ],
  options: {
    csv: { type: 'string', value: 'FILE', description: 'the CSV file of a scope from a file; it is kept' },
    previous: {
      type: 'string',
      value: 'C',
      description: 'the campaign to compare with; without it the newest of the same source',
    },
    'without-meanings': {
      type: 'string',
      value: 'T',
      description: 'why a campaign opens although entitlements have no meaning in plain words',
    },
    'empty-because': {
      type: 'string',
      value: 'T',
      description: 'why a campaign opens although its population is empty',
    },
    'based-on': {
      type: 'string',
      value: 'ENTRY',
      description:
        'the definition a change is based on (definedAs of status); without it the one that stands when the file is read',
    },
    discarded: { type: 'boolean', description: 'the drafts that were discarded, and no other campaigns' },
  },
};
