// The words around the ledger: kinds of entries, results of its checks, and what restoring does.
import type { LedgerEntryType } from '#shared/model/evidence.ts';
import type { LedgerRebuild, LedgerVerification } from '#shared/model/ledger.ts';
import { countWords } from '../../domain/count-words.ts';

const kinds: Partial<Record<LedgerEntryType, string>> = {
  'workspace-created': 'Workspace created',
  'connection-changed': 'Connection',
  'reviewer-changed': 'Reviewer',
  'key-created': 'Key created',
  'key-taken-up': 'Key used again',
  'key-rotated': 'Key replaced',
  'key-revoked': 'Key revoked',
  'key-idle-changed': 'Locking of the key',
  'configuration-changed': 'Privileged actions',
  decision: 'Decision',
  'decision-withdrawn': 'Taken back',
  'self-review-refused': 'Own action refused',
  'aliases-changed': 'Aliases',
  'four-eyes-changed': 'Four-eyes rules',
  concurrence: 'Second person',
  'review-created': 'Rows added',
  disposition: 'Disposition',
  'detection-changed': 'Detection',
  'exception-granted': 'Exception',
  'exception-ended': 'Exception ended',
  'anomaly-disposition': 'Source’s anomaly',
  'publication-changed': 'Publishing on or off',
  publication: 'Findings published',
  'sync-sent': 'Sending',
  'sync-outcome': 'Answer',
  'conflict-closed': 'Conflict closed',
  'clock-jump': 'Clock set back',
  'clock-acknowledged': 'Clocks acknowledged',
  checkpoint: 'Checkpoint',
  'ledger-restored': 'Restored',
  'mask-changed': 'Mask',
  unmask: 'Unmasked',
  erasure: 'Person erased',
  'erasure-lifted': 'Erasure lifted',
  'pack-redacted': 'Pack redacted',
  'values-revealed': 'Values revealed',
  export: 'Export',
  'pack-opened': 'Pack opened',
  'pack-verified': 'Pack verified',
  'work-paper': 'Work paper',
  'work-paper-status': 'Work paper’s status',
  'sample-drawn': 'Sample drawn',
  'sample-tested': 'Item tested',
  'work-papers-signed': 'Work papers signed',
};

/** A kind without words of its own is named as the ledger names it. */
export function kindWords(type: LedgerEntryType): string {
  return kinds[type] ?? `${type.charAt(0).toUpperCase()}${type.slice(1).replaceAll('-', ' ')}`;
}

export const itself = 'Countersign itself';

export type CheckResult = { tone: 'good' | 'danger'; title: string; text: string };

/** What verifying found. */
export function verificationWords(result: LedgerVerification): CheckResult {
  const { ok, entries, firstBad, checkpoints } = result;
  if (ok)
    return {
      tone: 'good',
      title: `The ledger holds: ${countWords(entries, 'entry', 'entries')}, each of them as it was recorded.`,
      text:
        checkpoints === 0
          ? 'There is no checkpoint yet to compare it with.'
          : `${countWords(checkpoints, 'checkpoint')} agree${checkpoints === 1 ? 's' : ''} with the entries before.`,
    };
  const place = firstBad === null || firstBad.seq === null ? '' : ` from entry ${firstBad.seq} on`;
  return {
    tone: 'danger',
    title: `The ledger does not hold${place}. ${countWords(entries, 'entry', 'entries')} before that ${entries === 1 ? 'does' : 'do'}.`,
    text: `${result.summary} Keep the folder as it is, and restore a backup from before.`,
  };
}

/** What comparing with a rebuild from the first entry found. */
export function rebuildWords({ entries, difference }: LedgerRebuild): CheckResult {
  const counted = countWords(entries, 'entry', 'entries');
  if (difference === null)
    return {
      tone: 'good',
      title: `What is shown everywhere is what the ${counted} add up to.`,
      text: 'The state was built again from entry 1 and compared, name by name.',
    };
  return {
    tone: 'danger',
    title: `What is shown differs from what the ${counted} add up to, first at ${difference.path}.`,
    text: `It says ${difference.inUse} where the entries say ${difference.rebuilt}. Start Countersign again: it reads the entries anew.`,
  };
}

const occasions: Readonly<Record<string, string>> = {
  daily: 'first act of a day',
  close: 'end of a session',
  export: 'export',
  demand: 'on request',
};

/** When a checkpoint is recorded. */
export function occasionWords(occasion: string): string {
  return occasions[occasion] ?? occasion;
}

/** One argument of a command line, as a shell takes it to the letter. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What to run, with Countersign closed, to put a backup in the place of the ledger. */
export function restoreCommand(workspace: string, file: string): string {
  return `countersign --workspace ${shellWord(workspace)} restore ${shellWord(file)}`;
}
