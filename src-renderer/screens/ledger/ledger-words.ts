// The words around the ledger: kinds of entries, results of its checks, and what restoring does.
import type { LedgerEntryType } from '#shared/model/evidence.ts';
import type { LedgerRebuild, LedgerVerification } from '#shared/model/ledger.ts';
import { countWords } from '../../domain/count-words.ts';
import { english } from '../../texts/en-GB/english.ts';
import { text } from '../../texts/text.ts';

const kinds = english.ledger.kind;

const isNamed = (type: string): type is keyof typeof kinds => Object.hasOwn(kinds, type);

/** A kind without words of its own is named as the ledger names it. */
export function kindWords(type: LedgerEntryType): string {
  if (isNamed(type)) return text(`ledger:kind.${type}`);
  return `${type.charAt(0).toUpperCase()}${type.slice(1).replaceAll('-', ' ')}`;
}

export const itself = (): string => text('ledger:itself');

export type CheckResult = { tone: 'good' | 'danger'; title: string; text: string };

/** What verifying found. */
export function verificationWords(result: LedgerVerification): CheckResult {
  const { ok, entries, firstBad, checkpoints } = result;
  if (ok)
    return {
      tone: 'good',
      title: text('ledger:check.holds', { entries: countWords(entries, 'entry') }),
      text:
        checkpoints === 0
          ? text('ledger:check.noCheckpoint')
          : text('ledger:check.agree', { count: checkpoints }),
    };
  const title =
    firstBad === null || firstBad.seq === null
      ? text('ledger:check.broken', { count: entries })
      : text('ledger:check.brokenFrom', { count: entries, seq: firstBad.seq });
  return {
    tone: 'danger',
    title,
    text: text('ledger:check.restore', { summary: result.summary }),
  };
}

/** What comparing with a rebuild from the first entry found. */
export function rebuildWords({ entries, difference }: LedgerRebuild): CheckResult {
  const counted = countWords(entries, 'entry');
  if (difference === null)
    return {
      tone: 'good',
      title: text('ledger:check.same', { counted }),
      text: text('ledger:check.sameHow'),
    };
  return {
    tone: 'danger',
    title: text('ledger:check.differs', { counted, path: difference.path }),
    text: text('ledger:check.differsNext', { inUse: difference.inUse, rebuilt: difference.rebuilt }),
  };
}

const occasions = english.ledger.occasion;

const isOccasion = (occasion: string): occasion is keyof typeof occasions =>
  Object.hasOwn(occasions, occasion);

/** When a checkpoint is recorded. */
export function occasionWords(occasion: string): string {
  return isOccasion(occasion) ? text(`ledger:occasion.${occasion}`) : occasion;
}

/** One argument of a command line, as a shell takes it to the letter. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** What to run, with Countersign closed, to put a backup in the place of the ledger. */
export function restoreCommand(workspace: string, file: string): string {
  return `countersign --workspace ${shellWord(workspace)} restore ${shellWord(file)}`;
}
