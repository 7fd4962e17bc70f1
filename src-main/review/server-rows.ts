// The history of a review item as the source's own table told it, pull by pull, in words.
import type { ReviewChange, ReviewChangeKind, ReviewFieldChange } from '#shared/model/review-history.ts';
import type { Review } from '#shared/model/review.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { carriesOwnDecision, type OwnDecision } from '../source/own-decision.ts';
import { changedFields, changeKinds } from '../source/review-changes.ts';
import type { DatabaseHandle } from '../store/database.ts';
import {
  readRowVersions,
  type RowVersion,
  type ServerReviewRow,
} from '../store/cache/server-row-versions.ts';
import type { DecisionRecord, LedgerState } from './projection.ts';

/** Every change of a row that a pull showed, newest first; empty for items that no row of the source stands for. */
export function readHistory(cache: DatabaseHandle, state: LedgerState, id: string): ReviewChange[] {
  return historyOf(readRowVersions(cache, id), ownDecisionOf(state)).toReversed();
}

/** The same of versions at hand, oldest first. */
export function historyOf(
  versions: readonly RowVersion[],
  findOwn: (decisionId: string) => OwnDecision | undefined,
): ReviewChange[] {
  let before: ServerReviewRow | null = null;
  let wasVisible = false;
  return versions.map(({ pull, readAtMicroseconds, row }) => {
    const difference = { before, after: row, isReturning: before !== null && !wasVisible && row !== null };
    const kinds = changeKinds(difference, (shown) => carriesOwnDecision(shown, findOwn));
    const fields = changedFields(difference);
    before = row ?? before;
    wasVisible = row !== null;
    const at = readAtMicroseconds === null ? null : formatInstant(readAtMicroseconds);
    return { pull, at, kinds, fields, sentence: describeChange(kinds, fields) };
  });
}

/** Finds decisions that left this computer; only these can stand in a row. */
export function ownDecisionOf(state: LedgerState): (decisionId: string) => OwnDecision | undefined {
  return (decisionId) => {
    const record = state.decisionsById.get(decisionId);
    return record && hasLeft(record) ? toOwnDecision(record) : undefined;
  };
}

export function ownDecisions(state: LedgerState): OwnDecision[] {
  return [...state.decisionsById.values()].filter(hasLeft).map(toOwnDecision);
}

function hasLeft({ inFlight, outcome }: DecisionRecord): boolean {
  return inFlight || outcome?.outcome === 'applied' || outcome?.outcome === 'already-mine';
}

function toOwnDecision({ id, hash, reviewer, payload }: DecisionRecord): OwnDecision {
  const { review, decision, notes: earlierNotes } = payload;
  return { decisionId: id, entryHash: hash, review, decision, reviewer, earlierNotes };
}

const faults = {
  missing: 'This row of the review table has no id, so no decision can be written to it alone.',
  shared: 'Other rows of the review table have the same id, so no decision can be written to this one alone.',
} as const;

/** What an item shows beside the usual: a due time that cannot be placed, and why nobody can decide it here. */
export function odditiesOf({
  dueText,
  identityFault,
}: ServerReviewRow): Pick<Review, 'dueText' | 'undecidable'> {
  return {
    ...(dueText !== undefined && { dueText }),
    ...(identityFault !== undefined && { undecidable: faults[identityFault] }),
  };
}

const kindSentences: Readonly<Record<ReviewChangeKind, string>> = {
  appeared: 'The row was seen for the first time.',
  reappeared: 'The row had vanished and was there again.',
  'decided-here': 'The row carries the decision made in this workspace.',
  'decided-elsewhere': 'Somebody else had decided it.',
  reopened: 'It had been decided, and the decision was gone from the row.',
  'decision-altered': 'It was decided before, and the decision in the row is another one now.',
  changed: 'The row itself changed.',
  vanished: 'The row was gone, or this user could not see it any more.',
};

const fieldNames: Readonly<Record<ReviewFieldChange['field'], string>> = {
  tenant: 'tenant',
  auditLogId: 'audit log entry',
  action: 'action',
  actor: 'actor',
  dueAt: 'due time',
  reviewer: 'reviewer',
  reviewedAt: 'time of the review',
  notes: 'notes',
};

const longestQuote = 80;

function describeChange(kinds: readonly ReviewChangeKind[], fields: readonly ReviewFieldChange[]): string {
  const differences = fields.map(({ field, before, after }) => {
    const from = cutFrom(before, after);
    return `${fieldNames[field]} ${quoted(before, from)} became ${quoted(after, from)}`;
  });
  const words = kinds.map((kind) => kindSentences[kind]);
  return [
    ...words,
    ...(differences.length === 0 ? [] : [`Before and after: ${differences.join('; ')}.`]),
  ].join(' ');
}

/** How much of what both have in common is shown before their first difference. */
const longestLead = 20;

/** Where both are cut, in characters: at their beginning, or short of the first difference where that would be cut off. */
function cutFrom(before: string | null, after: string | null): number {
  if (before === null || after === null) return 0;
  const [then, now] = [Array.from(before), Array.from(after)];
  if (then.length <= longestQuote && now.length <= longestQuote) return 0;
  const first = then.findIndex((character, index) => character !== now[index]);
  const difference = first < 0 ? then.length : first;
  return difference + longestLead <= longestQuote ? 0 : difference - longestLead;
}

/** Cut for the sentence only; the fields hold every value whole. */
function quoted(value: string | null, from: number): string {
  if (value === null) return '(none)';
  const characters = Array.from(value);
  const [before, after] = [from > 0, characters.length > from + longestQuote];
  const shown = characters.slice(from, from + longestQuote).join('');
  return `“${before ? '…' : ''}${shown}${after ? '…' : ''}”`;
}
