// Says in plain words how two decisions came to differ, and what a person can do about it.
import type { ConflictKind } from '#shared/model/conflict-list.ts';
import type { Conflict, ConflictCause, ItemChange } from '#shared/model/conflict.ts';
import type { ConflictStanding } from '#shared/model/conflict-standing.ts';
import type { LedgerEntryType } from '#shared/model/evidence.ts';
import type { Disposition } from '#shared/model/finding.ts';
import type { ReviewChangeKind, ReviewField } from '#shared/model/review-history.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { shortened } from '../../components/shortened.ts';
import { decisionWords } from '../../domain/decision-words.ts';
import { durationWords } from '../../domain/duration-words.ts';
import { quoted } from '../../domain/event-words.ts';

export const standingWords: Record<ConflictStanding, { label: string; plural: string; meaning: string }> = {
  open: { label: 'Open', plural: 'Open', meaning: 'Nobody has looked at both sides yet.' },
  closed: { label: 'Closed', plural: 'Closed', meaning: 'Somebody looked at both sides and left a note.' },
  corroboration: {
    label: 'Corroborated',
    plural: 'Corroborated',
    meaning: 'Somebody else decided the same. That is no conflict.',
  },
};

export const kindWords: Record<ConflictKind, string> = { review: 'Review', anomaly: 'Anomaly' };

export const dispositionLabels: Record<Disposition, string> = {
  acknowledged: 'Acknowledged',
  'false-positive': 'False positive',
  escalated: 'Escalated',
};

export const fieldWords: Record<ItemChange['field'], string> = {
  tenant: 'Tenant',
  auditLogId: 'Audited event',
  action: 'Action',
  actor: 'Actor',
  dueAt: 'Due',
};

export const rowFieldWords: Record<ReviewField, string> = {
  ...fieldWords,
  reviewer: 'Reviewer',
  reviewedAt: 'Reviewed',
  notes: 'Notes',
};

export const rowChangeWords: Record<ReviewChangeKind, string> = {
  appeared: 'first seen',
  reappeared: 'there again after it had vanished',
  'decided-here': 'carries the decision made here',
  'decided-elsewhere': 'decided by somebody else',
  reopened: 'its decision was gone',
  'decision-altered': 'its decision was another one',
  changed: 'the item itself changed',
  vanished: 'gone, or no longer visible',
};

const mostOfName = 60;

/** What happened, in a sentence or two; names and notes of the database are quoted. */
export function storyOf(conflict: Conflict): string {
  const again = 'It was closed before, and the row of the database, or our decision, is another one since.';
  return conflict.reopened ? `${happened(conflict)} ${again}` : happened(conflict);
}

function happened({ cause, ours, theirs, standing }: Conflict): string {
  const mine = decisionWords[ours.decision].past;
  const reviewer = theirs?.reviewer ?? null;
  const decided = theirs?.decision ?? null;
  const who = reviewer === null ? 'Somebody' : quoted(shortened(reviewer, mostOfName));
  const what =
    decided === null
      ? 'What they decided is said in their notes only.'
      : `Their notes say: ${decisionWords[decided].past}.`;
  if (standing === 'corroboration')
    return `${who} decided first, and decided the same as ${quoted(ours.reviewerName)}: ${mine}.`;
  if (cause === 'row-altered' && theirs === null)
    return `Our decision, ${mine}, was written. The row is open again: what was written is gone.`;
  if (cause === 'row-altered')
    return `Our decision, ${mine}, was written, and the row was changed afterwards. It now names ${who}.`;
  if (cause === 'late-correction')
    return `The row was closed with an earlier decision of ours. The correction to ${mine} came too late to be written.`;
  if (cause === null) return 'The audit database holds nothing that differs from ours any more.';
  return `${who} decided before ours arrived. ${what} Ours is: ${mine}.`;
}

/** What may be done, which is never a change of the row. */
export function adviceOf(
  standing: ConflictStanding,
  kind: ConflictKind = 'review',
): { title: string; text: string } {
  const word = kind === 'review' ? 'decision' : 'disposition';
  if (standing === 'corroboration')
    return {
      title: 'Nothing needs to be done.',
      text: `Both ${word}s are kept: theirs in the audit database, ours in the ledger and in every evidence pack.`,
    };
  if (standing === 'closed')
    return {
      title: 'This was looked at and closed.',
      text: 'The server’s row stays as it is. Should it change, the conflict opens again.',
    };
  return {
    title: 'The server’s row stays as it is. Escalate outside if it is wrong.',
    text: `Compare both sides, take the difference up with the other reviewer, and close the conflict with a note of what came of it. Our ${word} stays in the ledger and goes into every evidence pack.`,
  };
}

/** What became of the machine line of ours. */
export function writtenWords(cause: ConflictCause | null): string {
  if (cause === 'row-altered') return 'written to the row, and replaced there since';
  if (cause === 'late-correction') return 'an earlier decision of ours was written';
  return 'not written to the row';
}

/** How the two moments lie to each other, by the server’s clock where ours was measured against it. */
export function orderWords(ours: string, theirs: string | null): string | null {
  if (theirs === null) return null;
  const milliseconds = (parseInstant(theirs) - parseInstant(ours)) / 1000;
  if (milliseconds === 0) return 'at the same moment as theirs';
  const span = Math.abs(milliseconds) < 1000 ? 'less than a second' : durationWords(milliseconds);
  return `${span} ${milliseconds > 0 ? 'before' : 'after'} theirs`;
}

/** How this computer’s clock stood to the server’s; positive is how far the server was ahead. */
export function offsetWords(offsetMs: number | null): string {
  if (offsetMs === null) return 'never compared with the server’s clock';
  const seconds = Math.abs(offsetMs) / 1000;
  if (seconds < 0.1) return 'agreed with the server’s clock';
  const amount = seconds < 120 ? `${seconds.toFixed(1)} s` : durationWords(Math.abs(offsetMs));
  return `was ${amount} ${offsetMs > 0 ? 'behind' : 'ahead of'} the server’s clock`;
}

/** What an entry of the ledger did to the item. */
export function entryWords(type: LedgerEntryType): string {
  const words: Partial<Record<LedgerEntryType, string>> = {
    decision: 'Decision recorded',
    'decision-withdrawn': 'Decision taken back',
    'self-review-refused': 'Self-review refused',
    concurrence: 'Second opinion recorded',
    'sync-sent': 'About to be sent',
    'sync-outcome': 'Answer of the database',
    'conflict-closed': 'Conflict closed',
    'anomaly-disposition': 'Disposition recorded',
  };
  return words[type] ?? type;
}
