// Review items and what was decided about them as OCSF User Access Management events (class 3005).
import type { Decision, Review } from '#shared/model/review.ts';
import { metadataOf, milliseconds, severityOf, userOf, userUidType } from './common.ts';
import type { OcsfOrigin } from './common.ts';
import type { UserAccessManagement } from './model.ts';

/** The decision in force, where it was made here. */
export type DecidedHere = Pick<
  Decision,
  'id' | 'reviewer' | 'reviewerName' | 'decidedAt' | 'reason' | 'hash' | 'batch'
>;

const fixed = {
  category_uid: 3,
  category_name: 'Identity & Access Management',
  class_uid: 3005,
  class_name: 'User Access Management',
} as const;

const names = {
  certify: 'Certify',
  modify: 'Modify',
  abstain: 'Abstain',
  escalate: 'Escalate',
} as const;

/** OCSF has no activity for a certification; only a revocation has one of its own. */
function activityOf({ decision, status }: Review) {
  if (decision === 'revoke')
    return { activity_id: 2, activity_name: 'Revoke Privileges', type_uid: 300502 } as const;
  const other = { activity_id: 99, type_uid: 300599 } as const;
  if (decision !== null) return { ...other, activity_name: names[decision] };
  return { ...other, activity_name: status === 'pending' ? 'Review due' : 'Reviewed elsewhere' };
}

/**
 * A review item as it stands. The user is whoever used the privilege, the actor whoever decided; that access was changed
 * in the audited system is never claimed, so `status_id` is 0.
 */
export function reviewEvent(
  review: Review,
  decided: DecidedHere | null,
  origin: OcsfOrigin,
): UserAccessManagement {
  const { id, actor, action, server } = review;
  const user = userOf(actor, review.actorName);
  const reviewer = decided
    ? userOf(decided.reviewer, decided.reviewerName)
    : userOf(server?.reviewer ?? null, null);
  const known = decided?.decidedAt ?? server?.reviewedAt ?? review.createdAt;
  return {
    ...fixed,
    ...activityOf(review),
    ...severityOf(review.severity),
    time: known === null ? origin.exportedAtMs : milliseconds(known),
    status_id: 0,
    status: 'Unknown',
    status_detail: 'What was decided is recorded; whether access was changed is not known here.',
    message: `${review.decision ?? review.status}: ${action}`,
    metadata: metadataOf(origin, decided?.id ?? `review ${id}`, review.tenant),
    user: user ?? { name: 'Unknown', type_id: 0 },
    privileges: [action || 'unknown'],
    ...(reviewer === null ? {} : { actor: { user: reviewer } }),
    ...(user === null
      ? {}
      : { observables: [{ name: 'user.uid', type_id: userUidType, value: user.uid ?? '' }] }),
    unmapped: {
      review: id,
      decision: review.decision,
      reason: decided?.reason ?? null,
      decision_hash: decided?.hash ?? null,
      batch: decided?.batch ?? null,
      review_status: review.status,
      due_at: review.dueText ?? review.dueAt,
      overdue: review.overdue,
      sync: review.sync,
      conflict: review.conflict,
      audit_log_id: review.auditLogId,
      source_reviewer: server?.reviewer ?? null,
      source_notes: server?.notes ?? null,
      ...(known === null ? { time_is: 'when it was exported: no time of it is known' } : {}),
    },
  };
}
