// What became of a decision that did not change its row: told from the row as it is now, without a guess.
import type { ServerDecision } from '#shared/model/review.ts';
import type { SyncItem } from '#shared/model/workspace.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { parseNotes } from './notes.ts';
import type { ServerReview } from './reviews.ts';

/** A decision on its way to the server, with the row exactly as it was shown to the person. */
export interface DecisionIntent {
  /** ULID, also in the notes. */
  decisionId: string;
  reviewId: string;
  tenantId: string | null;
  auditLogId: string | null;
  action: string;
  actorId: string | null;
  dueAtMicroseconds: number;
  reviewerId: string;
  /** Every id under which the reviewer is known, in lower case; a row whose actor is among them is left alone. */
  reviewerIds?: readonly string[];
  /** Of the open row, as they were shown; null or absent where it held none. A row that holds others is left alone. */
  earlierNotes?: string | null;
  /** As `formatNotes` wrote them, with the earlier ones below. */
  notes: string;
}

export interface WriteResult {
  decisionId: string;
  reviewId: string;
  outcome: SyncItem['outcome'];
  /** Time the server stamped; null when nobody reviewed the row. */
  reviewedAtMicroseconds: number | null;
  /** What the row holds now; null when it is not visible, still open, or was not looked at. */
  server: ServerDecision | null;
  detail: string | null;
  /** True when sending the same decision later may succeed: a lock, a concurrent change. */
  isTransient: boolean;
  /** True when this decision was written by this very statement and its row holds reviewer and notes exactly as the decision has them. */
  isAsSent?: boolean;
}

/** `open` means: still undecided and as shown, so sending once more is right. */
export function classify(
  intent: DecisionIntent,
  row: ServerReview | null,
  isSameIdentity: (a: string, b: string) => boolean,
): WriteResult | 'open' {
  if (row === null)
    return result(intent, 'not-visible', null, 'The row is gone, or this user may no longer see it.');
  if (row.reviewedAtMicroseconds !== null) return classifyReviewed(intent, row, isSameIdentity);
  if (parseNotes(row.notes)?.decisionId === intent.decisionId) return leftOpen(intent);
  const differences = differencesOf(intent, row);
  if (differences.length > 0)
    return result(intent, 'changed', row, `Since it was shown, the row changed: ${differences.join(', ')}.`);
  if (row.actorId !== null && isOwn(intent, row.actorId, isSameIdentity))
    return result(
      intent,
      'rejected',
      row,
      'The reviewer is the actor of this item; nobody reviews their own action.',
    );
  return 'open';
}

function isOwn(
  { reviewerId, reviewerIds = [] }: DecisionIntent,
  actorId: string,
  isSameIdentity: (a: string, b: string) => boolean,
): boolean {
  return isSameIdentity(actorId, reviewerId) || reviewerIds.includes(actorId.trim().toLowerCase());
}

/** A result about `row`, null when it is unknown or of no interest. */
export function result(
  intent: Pick<DecisionIntent, 'decisionId' | 'reviewId'>,
  outcome: WriteResult['outcome'],
  row: HeldDecision | null,
  detail: string | null,
  isTransient = false,
): WriteResult {
  return {
    decisionId: intent.decisionId,
    reviewId: intent.reviewId,
    outcome,
    reviewedAtMicroseconds: row?.reviewedAtMicroseconds ?? null,
    server: heldBy(row),
    detail,
    isTransient,
  };
}

/** Taken, and undone in the same breath: nobody's decision stands in the row, so ours is none that was applied. */
function leftOpen(intent: DecisionIntent): WriteResult {
  return result(
    intent,
    'rejected',
    null,
    'The database took the statement but left the row open, as a trigger may do. The decision does not count there.',
  );
}

/**
 * The result of a decision that was written.
 * @param row as the statement left it
 */
export function written(intent: DecisionIntent, row: WrittenRow): WriteResult {
  if (row.reviewedAtMicroseconds === null) return leftOpen(intent);
  return {
    decisionId: intent.decisionId,
    reviewId: intent.reviewId,
    outcome: 'applied',
    reviewedAtMicroseconds: row.reviewedAtMicroseconds,
    // Of thousands that are written hardly one is looked at.
    get server() {
      return heldBy(row);
    },
    detail: row.isAltered === true ? altered : null,
    isTransient: false,
    isAsSent: row.notes === intent.notes && row.reviewerId === intent.reviewerId,
  };
}

const altered =
  'The row took the decision, but holds something else than was sent, as a trigger may bring about.';

export type HeldDecision = Pick<ServerReview, 'reviewerId' | 'reviewedAtMicroseconds' | 'notes'>;

/** A row as the statement left it; open where the time of the review is null. */
export type WrittenRow = HeldDecision & {
  /** Present where reviewer or notes are not what the statement was given. */
  readonly isAltered?: true;
};

function heldBy(row: HeldDecision | null): ServerDecision | null {
  if (row === null || row.reviewedAtMicroseconds === null) return null;
  return {
    notes: row.notes,
    reviewedAt: formatInstant(row.reviewedAtMicroseconds),
    reviewer: row.reviewerId,
  };
}

function classifyReviewed(
  intent: DecisionIntent,
  row: ServerReview,
  isSameIdentity: (a: string, b: string) => boolean,
): WriteResult {
  const held = parseNotes(row.notes);
  if (held?.decisionId !== intent.decisionId) {
    const isReviewer = row.reviewerId !== null && isOwn(intent, row.reviewerId, isSameIdentity);
    const detail = isReviewer
      ? 'The row is reviewed already, and names the same reviewer; the decision that stands there stays.'
      : 'Somebody else decided this item first; their decision stands.';
    return result(intent, 'superseded', row, detail);
  }
  const ours = parseNotes(intent.notes);
  const isIntact =
    held.entryHash === ours?.entryHash &&
    held.decision === ours.decision &&
    held.earlier === ours.earlier &&
    row.reviewerId !== null &&
    isSameIdentity(row.reviewerId, intent.reviewerId);
  if (isIntact) return result(intent, 'already-mine', row, null);
  return result(
    intent,
    'superseded',
    row,
    'The row carries the mark of this decision, but not its content: somebody altered it afterwards.',
  );
}

function differencesOf(intent: DecisionIntent, row: ServerReview): string[] {
  const pairs: [string, unknown, unknown][] = [
    ['tenant', intent.tenantId, row.tenantId],
    ['audit log entry', intent.auditLogId, row.auditLogId],
    ['action', intent.action, row.action],
    ['actor', intent.actorId, row.actorId],
    ['due time', intent.dueAtMicroseconds, row.dueAtMicroseconds],
    ['notes', intent.earlierNotes ?? null, row.notes],
  ];
  return pairs.filter(([, shown, current]) => shown !== current).map(([name]) => name);
}
