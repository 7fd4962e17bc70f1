// The words for entries about an auditor's work.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { Saying } from '#shared/model/ledger.ts';
import { textOf, value, words } from './say.ts';

/** Null for entries about anything else. */
export function sayWorkPaperEntry({ type, payload, subject }: LedgerEntry): Saying | null {
  switch (type) {
    case 'pack-opened':
      return [
        words('Opened the evidence pack '),
        value(textOf(payload, 'name')),
        words(`, found ${verdictIn(payload)}.`),
      ];
    case 'pack-verified':
      return [words(`Verified the open pack again: ${verdictIn(payload)}.`)];
    case 'work-paper':
      return [words('Wrote the work paper '), value(subject), words(': '), value(textOf(payload, 'text'))];
    case 'work-paper-status':
      return [
        words(payload['status'] === 'cleared' ? 'Cleared the work paper ' : 'Opened again the work paper '),
        value(subject),
        words(': '),
        value(textOf(payload, 'conclusion')),
      ];
    case 'sample-drawn':
      return [
        words('Drew the sample '),
        value(subject),
        words(' from '),
        value(textOf(payload, 'section')),
        words(': '),
        value(textOf(payload, 'purpose')),
      ];
    case 'sample-tested':
      return [
        words('Tested '),
        value(textOf(payload, 'key')),
        words(' of the sample '),
        value(subject),
        words(': '),
        value(textOf(payload, 'result')),
        words('.'),
      ];
    case 'work-papers-signed':
      return [words('Signed the work papers '), value(textOf(payload, 'name')), words('.')];
    default:
      return null;
  }
}

const known = ['trusted', 'tampered', 'unpinned', 'malformed'];

function verdictIn(payload: LedgerEntry['payload']): string {
  const judgement = payload['judgement'];
  const verdict: unknown =
    typeof judgement === 'object' && judgement !== null && 'verdict' in judgement ? judgement.verdict : null;
  return known.find((one) => one === verdict) ?? 'not named';
}
