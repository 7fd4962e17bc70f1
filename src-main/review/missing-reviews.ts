// Which privileged events have no row in the source's own queue, and what is put on record about rows made for them.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { NewReview } from '../source/create-reviews.ts';
import type { ServerReviewRow } from '../store/cache/server-reviews.ts';
import { hasRow, type SettledRow } from './created-reviews.ts';
import type { Act, Ledger } from './ledger.ts';
import { reviewTimeToLiveMicroseconds } from './privileged-actions.ts';
import { decisionInForce, sourceOf, type LedgerState } from './projection.ts';
import { derivedReviewId, digestOf, itemOfRow } from './queue.ts';

const fold = (id: string): string => id.toLowerCase();

/** Privileged events that no row is about, oldest first. */
export function eventsWithoutReview(
  events: readonly AuditEvent[],
  rows: readonly Pick<ServerReviewRow, 'id' | 'auditLogId'>[],
): AuditEvent[] {
  const covered = new Set(rows.flatMap(({ auditLogId }) => (auditLogId === null ? [] : [fold(auditLogId)])));
  const ids = new Set(rows.map(({ id }) => fold(id)));
  return events.filter((event) => !covered.has(fold(event.id)) && !ids.has(derivedReviewId(event)));
}

/** The row of an event: due when its review is, and with the id every workstation derives. */
export function reviewOfEvent(event: AuditEvent, tenantId: string | null): NewReview {
  return {
    id: derivedReviewId(event),
    tenantId,
    auditLogId: event.id,
    action: event.action,
    actorId: event.actor === '' ? null : event.actor,
    dueAtMicroseconds: parseInstant(event.createdAt) + reviewTimeToLiveMicroseconds,
  };
}

export const digestOfRow = (row: ServerReviewRow): string => digestOf(itemOfRow(row, null));

/**
 * Puts on record which rows of the source carry decisions made before there was a row, and settles rows that were announced
 * and never answered, so that what people decided without a row reaches it. Nothing is recorded twice.
 */
export function adoptRows(ledger: Ledger, rows: readonly ServerReviewRow[]): void {
  if (adoptable(ledger.state(), rows).length === 0) return;
  ledger.append((state): Act[] => {
    const settled = adoptable(state, rows);
    if (settled.length === 0) return [];
    const actor = state.reviewer?.id ?? '';
    return [{ type: 'review-created', subject: null, actor, payload: { step: 'settled', rows: settled } }];
  });
}

function adoptable(state: LedgerState, rows: readonly ServerReviewRow[]): SettledRow[] {
  return rows.flatMap((row): SettledRow[] => {
    if (!state.createdReviews.leaving.has(row.id) && !carriesDecision(state, row)) return [];
    return [{ review: row.id, outcome: 'present', digest: digestOfRow(row), detail: null }];
  });
}

/** A row somebody has reviewed meanwhile is final; a decision from before is then compared with it, not sent. */
function carriesDecision(state: LedgerState, row: ServerReviewRow): boolean {
  const decision = decisionInForce(state, row.id);
  if (decision?.payload.origin !== 'derived' || row.reviewedAtMicroseconds !== null) return false;
  if (hasRow(state.createdReviews, decision) || decision.source !== sourceOf(state)) return false;
  return decision.payload.digest === digestOfRow(row);
}
