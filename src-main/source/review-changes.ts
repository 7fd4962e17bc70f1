// What became of a review row between two pulls: which values differ, and what that means.
import type {
  QueueChanges,
  ReviewChangeKind,
  ReviewField,
  ReviewFieldChange,
} from '#shared/model/review-history.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { carriesOwnDecision, type OwnDecision } from './own-decision.ts';
import type { ServerReview } from './reviews.ts';

type ShownReview = Omit<ServerReview, 'hasUnplaceableTime'>;

/** A row before and after a pull; null where it was not there. */
export type ReviewDifference = {
  /** As it was shown last, by whichever pull. */
  readonly before: ShownReview | null;
  readonly after: ShownReview | null;
  /** The pull before did not show it, an earlier one did. */
  readonly isReturning: boolean;
};

/** What the row is about, which a decision is tied to; the others say who decided. */
const subjectFields: readonly ReviewField[] = ['tenant', 'auditLogId', 'action', 'actor', 'dueAt'];

/** The values that differ, as text; empty for a row that vanished or was never shown before. */
export function changedFields({ before, after }: ReviewDifference): ReviewFieldChange[] {
  if (before === null || after === null) return [];
  const [then, now] = [textsOf(before), textsOf(after)];
  return fieldOrder.flatMap((field) =>
    then[field] === now[field] ? [] : [{ field, before: then[field], after: now[field] }],
  );
}

/** @param isOwn whether the row carries a decision made here. */
export function changeKinds(
  difference: ReviewDifference,
  isOwn: (row: ShownReview) => boolean,
): ReviewChangeKind[] {
  const { before, after, isReturning } = difference;
  if (after === null) return ['vanished'];
  const fields = changedFields(difference).map(({ field }) => field);
  const decided = before?.reviewedAtMicroseconds ?? null;
  const isDecided = after.reviewedAtMicroseconds !== null;
  const kinds: ReviewChangeKind[] = [];
  if (before === null) kinds.push('appeared');
  if (isReturning) kinds.push('reappeared');
  if (isDecided && decided === null) kinds.push(isOwn(after) ? 'decided-here' : 'decided-elsewhere');
  if (!isDecided && decided !== null) kinds.push('reopened');
  const touchesDecision = fields.some((field) => !subjectFields.includes(field));
  if (isDecided && decided !== null && touchesDecision) kinds.push('decision-altered');
  const isChanged = fields.some((field) => subjectFields.includes(field));
  const isNoteOnly = !isDecided && decided === null && touchesDecision;
  if (isChanged || isNoteOnly || isIdentityFault(difference)) kinds.push('changed');
  return kinds;
}

/** Counts what the rows of one pull differ in. */
export function countQueueChanges(
  differences: readonly ReviewDifference[],
  ownDecisions: readonly OwnDecision[],
): QueueChanges {
  const byId = new Map(ownDecisions.map((own) => [own.decisionId, own]));
  const counts = new Map<ReviewChangeKind, number>();
  let appearedDecided = 0;
  for (const difference of differences) {
    const kinds = changeKinds(difference, (row) => carriesOwnDecision(row, (id) => byId.get(id)));
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    appearedDecided += Number(kinds.includes('appeared') && kinds.includes('decided-elsewhere'));
  }
  const count = (kind: ReviewChangeKind) => counts.get(kind) ?? 0;
  return {
    appeared: count('appeared'),
    reappeared: count('reappeared'),
    decidedHere: count('decided-here'),
    decidedElsewhere: count('decided-elsewhere'),
    appearedDecided,
    reopened: count('reopened'),
    decisionAltered: count('decision-altered'),
    changed: count('changed'),
    vanished: count('vanished'),
  };
}

function isIdentityFault({ before, after }: ReviewDifference): boolean {
  return before !== null && before.identityFault !== after?.identityFault;
}

const fieldOrder: readonly ReviewField[] = [...subjectFields, 'reviewer', 'reviewedAt', 'notes'];

/** Times that cannot be placed read as the database writes them. */
function textsOf(row: ShownReview): Record<ReviewField, string | null> {
  const { reviewedAtMicroseconds: reviewed } = row;
  return {
    tenant: row.tenantId,
    auditLogId: row.auditLogId,
    action: row.action,
    actor: row.actorId,
    dueAt: row.dueText ?? formatInstant(row.dueAtMicroseconds),
    reviewer: row.reviewerId,
    reviewedAt: reviewed === null ? null : (row.reviewedText ?? formatInstant(reviewed)),
    notes: row.notes,
  };
}
