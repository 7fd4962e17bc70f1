// The command that sends decisions: for good, or to see first what would be sent.
import type { SyncPreview } from '#shared/model/sync.ts';
import { dryRun, syncWork } from '../../api/sync.ts';
import { text, UsageError, wholeNumber, type Command, type Outcome } from './command.ts';
import { table } from './print.ts';

const sync: Command = {
  usage: 'sync [--dry-run] [--wait MINUTES] [--acknowledge-clock --reason T]',
  description: 'write decisions to the audit database, each exactly once',
  options: {
    'dry-run': { type: 'boolean', description: 'say what would be sent and what not; asks no database' },
    wait: {
      type: 'string',
      value: 'MINUTES',
      description: 'how long to try again when the database does not answer (2)',
    },
    'acknowledge-clock': {
      type: 'boolean',
      description: 'send although the clocks are more than fifteen minutes apart, and record that',
    },
    reason: { type: 'string', value: 'T', description: 'with --acknowledge-clock: why that is meant' },
  },
  run: async ({ values, workstation, run }) => {
    const waitMinutes = wholeNumber(values, 'wait');
    if (waitMinutes !== undefined && waitMinutes > longestWaitMinutes)
      throw new UsageError(`--wait takes at most ${longestWaitMinutes} minutes.`);
    if (values['dry-run'] === true) return describePreview(dryRun(await workstation()));
    const reason = text(values, 'reason')?.trim();
    const isAcknowledged = values['acknowledge-clock'] === true;
    if (isAcknowledged ? !reason : reason !== undefined)
      throw new UsageError(
        '--acknowledge-clock and --reason go together: the reason says in a sentence why that is meant.',
      );
    const request = {
      ...(reason === undefined ? {} : { acknowledgeReason: reason }),
      acknowledgeClock: isAcknowledged,
      ...(waitMinutes === undefined ? {} : { waitMinutes }),
    };
    return { json: await run(syncWork(await workstation(), request)) };
  },
};

const longestWaitMinutes = 60;

function describePreview(preview: SyncPreview): Outcome {
  const { held, wouldSend, wouldNotSend } = preview;
  const lines = [
    ...held.map((sentence) => `! Nothing would be sent: ${sentence}`),
    `Would be sent: ${wouldSend.length}`,
    ...(wouldSend.length === 0 ? [] : [table(wouldSend, ['review', 'action', 'actor', 'decision', 'again'])]),
    ...wouldSend.flatMap(({ review, notes, expected }) => [
      `${review}  ${harmless(notes)}`,
      ...(expected === null ? [] : [`  ! ${expected}`]),
    ]),
    `Would not be sent: ${wouldNotSend.length}`,
    ...wouldNotSend.map(({ review, decision, why }) => `${review}  ${decision}: ${harmless(why)}`),
    ...describeAnomalies(preview),
  ];
  return { json: preview, text: lines.join('\n') };
}

function describeAnomalies({ wouldDispose = [], wouldPublish = 0 }: SyncPreview): string[] {
  const columns = ['anomaly', 'anomalyType', 'user', 'disposition', 'again'];
  return [
    ...(wouldDispose.length === 0
      ? []
      : [`Dispositions of the source’s anomalies: ${wouldDispose.length}`, table(wouldDispose, columns)]),
    ...(wouldPublish === 0 ? [] : [`Findings that would be published: ${wouldPublish}`]),
  ];
}

/** Values come from people and from a database: nothing in them may steer the terminal. */
function harmless(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '�');
}

export const syncCommands: Readonly<Record<string, Command>> = { sync };
