// The review queue: the source's own rows, or privileged events where it keeps none, joined with what was decided here.
import { createHash } from 'node:crypto';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import {
  finalDecisionKinds,
  type Review,
  type ReviewStatus,
  type ServerDecision,
  type SyncState,
} from '#shared/model/review.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { parseNotes } from '../source/notes.ts';
import { carriesOwnDecision } from '../source/own-decision.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { readEventsById, readPrivilegedEvents } from '../store/cache/events.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { readHorizon } from '../store/cache/runs.ts';
import { queueReadAt, readServerReviews, type ServerReviewRow } from '../store/cache/server-reviews.ts';
import { readLastShown, readVanishedIds } from '../store/cache/server-row-versions.ts';
import { syncStateOf } from '../sync/outbox.ts';
import { reviewTimeToLiveMicroseconds } from './privileged-actions.ts';
import { isFinal } from './four-eyes.ts';
import { isOwnAction } from './independence.ts';
import {
  decisionInForce,
  decisionSecond,
  sourceOf,
  type DecisionRecord,
  type LedgerState,
} from './projection.ts';
import { isAltered, isWritten, lastSettled, settledFrom } from './server-row.ts';
import { odditiesOf, ownDecisionOf } from './server-rows.ts';

/** A review item before anything that was decided here is added. */
export type Item = Pick<
  Review,
  | 'id'
  | 'origin'
  | 'tenant'
  | 'auditLogId'
  | 'action'
  | 'actor'
  | 'actorName'
  | 'createdAt'
  | 'dueAt'
  | 'severity'
  | 'server'
  | 'dueText'
  | 'notes'
  | 'undecidable'
>;

/**
 * Every review item, due first first. Items whose row vanished stay listed as gone, and so does what was decided about an item
 * that is none any more; decisions made about another source are no business of this one's queue.
 */
export function readQueue(cache: DatabaseHandle, state: LedgerState, nowMicroseconds: number): Review[] {
  const items = readItems(cache, state);
  const readAt = queueReadAt(cache);
  const known = new Set(items.map((item) => item.id));
  const gone = [...state.decisions.keys()]
    .filter((id) => !known.has(id))
    .flatMap((id) => decisionInForce(state, id) ?? [])
    .filter(({ source }) => source === sourceOf(state));
  for (const { payload } of gone) known.add(payload.review);
  const vanished = readVanished(cache, (id) => !known.has(id));
  return [
    ...items.map((item) => toReview(item, state, nowMicroseconds, true, readAt)),
    ...vanished.map((item) => toReview(item, state, nowMicroseconds, false, readAt)),
    ...readGone(cache, gone).map((item) => toReview(item, state, nowMicroseconds, false, readAt)),
  ].toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : a.id < b.id ? -1 : 1));
}

/** Items whose row earlier pulls showed and the newest did not, as it was shown last. */
function readVanished(cache: DatabaseHandle, isWanted: (id: string) => boolean): Item[] {
  if (!readSourceState(cache)?.hasReviewTable) return [];
  const rows = readVanishedIds(cache)
    .filter(isWanted)
    .flatMap((id) => readLastShown(cache, id) ?? []);
  return itemsOfRows(cache, rows);
}

/** Items that only the ledger still knows, with the name and severity that their events here show. */
export function readGone(cache: DatabaseHandle, decisions: readonly DecisionRecord[]): Item[] {
  const events = readEventsById(
    cache,
    decisions.flatMap(({ payload }) => payload.auditLogId ?? []),
  );
  return decisions.map((decision) => {
    const item = itemOfDecision(decision);
    const event = events.get(item.auditLogId ?? '');
    return event === undefined
      ? item
      : { ...item, actorName: event.actorName, severity: item.severity ?? event.severity };
  });
}

function itemsOfRows(cache: DatabaseHandle, rows: readonly ServerReviewRow[]): Item[] {
  const events = readEventsById(
    cache,
    rows.map((row) => row.auditLogId).filter((id) => id !== null),
  );
  return rows.map((row) => itemOfRow(row, events.get(row.auditLogId ?? '') ?? null));
}

function readItems(cache: DatabaseHandle, state: LedgerState): Item[] {
  if (readSourceState(cache)?.hasReviewTable) return itemsOfRows(cache, readServerReviews(cache));
  return readPrivilegedEvents(cache, state.privilegedActions, readHorizon(cache)).map(itemOfEvent);
}

export function itemOfRow(row: ServerReviewRow, event: AuditEvent | null): Item {
  return {
    id: row.id,
    origin: 'database',
    tenant: row.tenantId,
    auditLogId: row.auditLogId,
    action: row.action,
    actor: row.actorId,
    actorName: event?.actorName ?? null,
    createdAt: event?.createdAt ?? null,
    dueAt: formatInstant(row.dueAtMicroseconds),
    severity: event?.severity ?? null,
    ...odditiesOf(row),
    ...(row.reviewedAtMicroseconds === null && row.notes !== null && { notes: row.notes }),
    // A reviewer without a time is one who was asked; the row is open until somebody reviewed it.
    server:
      row.reviewedAtMicroseconds === null
        ? null
        : {
            reviewer: row.reviewerId,
            reviewedAt: formatInstant(row.reviewedAtMicroseconds),
            notes: row.notes,
            ...(row.reviewedText !== undefined && { reviewedText: row.reviewedText }),
          },
  };
}

function itemOfEvent(event: AuditEvent): Item {
  return {
    id: derivedReviewId(event),
    origin: 'derived',
    tenant: event.sourceAccount,
    auditLogId: event.id,
    action: event.action,
    actor: event.actor === '' ? null : event.actor,
    actorName: event.actorName,
    createdAt: event.createdAt,
    dueAt: formatInstant(parseInstant(event.createdAt) + reviewTimeToLiveMicroseconds),
    severity: event.severity,
    server: null,
  };
}

/** A UUID-shaped id that every workstation derives alike from the audited event. */
export function derivedReviewId(event: AuditEvent): string {
  const hex = createHash('sha256')
    .update(canonicalJson(['review', event.sourceAccount, event.id, event.createdAt]))
    .digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function itemOfDecision({ payload }: DecisionRecord): Item {
  return {
    id: payload.review,
    origin: payload.origin,
    tenant: payload.tenant,
    auditLogId: payload.auditLogId,
    action: payload.action,
    actor: payload.actor,
    actorName: null,
    createdAt: payload.createdAt,
    dueAt: payload.dueAt,
    ...(payload.notes !== undefined && { notes: payload.notes }),
    severity: payload.severity ?? null,
    server: null,
  };
}

/** @param readAt Server time of the reading that `item` is of, in microseconds; null when nobody asked for it. */
export function toReview(
  item: Item,
  state: LedgerState,
  nowMicroseconds: number,
  visible: boolean,
  readAt: number | null,
): Review {
  const decision = decisionInForce(state, item.id);
  const sync = decision ? syncOf(item, state, decision) : null;
  const reopened = visible && isReopened(item, state, readAt);
  const standing = { item, sync, decision, state, reopened };
  const status = visible ? statusOf(standing) : 'gone';
  return {
    ...item,
    // What waits for its second person is not final, so it can still be late.
    overdue:
      (status === 'pending' || awaitsSecond({ sync, status, server: item.server })) &&
      nowMicroseconds > parseInstant(item.dueAt),
    status,
    decision: decision?.payload.decision ?? null,
    decisionId: decision?.id ?? null,
    sync,
    conflict: reopened || (decision !== null && isConflict(item.server, decision, sync)),
    ...(reopened && { reopened }),
    ...(decision !== null && hasLostSecond(state, decision) && { secondLost: true }),
    ...(decision !== null && isOwnByNow(state, decision) && { ownByAlias: true }),
    digest: digestOf(item),
  };
}

/** The row was final for us, and was read open after that; until it was read again, the mirror holds it as it was before. */
function isReopened({ id, server }: Item, state: LedgerState, readAt: number | null): boolean {
  if (server !== null || readAt === null) return false;
  const settled = lastSettled(state.decisions.get(id) ?? []);
  const from = settled && settledFrom(settled);
  return from !== null && from < readAt;
}

/** What is written stays written, whoever turns out to be whom; a second person it still needs. */
function hasLostSecond(state: LedgerState, decision: DecisionRecord): boolean {
  return isWritten(decision) && !isFinal(decisionSecond(state, decision));
}

/** Refused when it is known; an alias that was stated later shows what had been decided by then. */
function isOwnByNow(state: LedgerState, { reviewer, payload }: DecisionRecord): boolean {
  return finalDecisionKinds.includes(payload.decision) && isOwnAction(state, payload.actor, reviewer);
}

/** What {@link awaitsSecond} says, written with a second person who no longer counts, or decided by the person it is about. */
export function lacksSecond(
  review: Pick<Review, 'sync' | 'server' | 'status' | 'secondLost' | 'ownByAlias'>,
): boolean {
  return awaitsSecond(review) || review.secondLost === true || review.ownByAlias === true;
}

/** Decided, but a second person has not spoken or did not concur, and still can. */
export function awaitsSecond({ sync, server, status }: Pick<Review, 'sync' | 'server' | 'status'>): boolean {
  return (sync === 'awaiting-second' || sync === 'disagreed') && server === null && status !== 'gone';
}

/** What was decided before there was a row counts for the row only where that says the same; otherwise the person is asked again. */
function syncOf(item: Item, state: LedgerState, decision: DecisionRecord): SyncState {
  const sync = syncStateOf(state, decision);
  const isEarlier = item.origin === 'database' && decision.payload.origin === 'derived';
  return sync === 'local' && isEarlier && decision.payload.digest !== digestOf(item) ? 'changed' : sync;
}

/** The database, or the second person, did not take it and the row is still open: the item waits for a person again. */
const ineffective: readonly (SyncState | null)[] = ['changed', 'rejected', 'not-visible', 'disagreed'];

/** On its way to a row that is open again; whatever went before counts there no more. */
const leaving: readonly (SyncState | null)[] = ['unsent', 'unknown', 'awaiting-second'];

function statusOf({
  item: { id, server },
  sync,
  decision,
  state,
  reopened,
}: {
  item: Pick<Item, 'id' | 'server'>;
  sync: SyncState | null;
  decision: DecisionRecord | null;
  state: LedgerState;
  reopened: boolean;
}): ReviewStatus {
  if (sync === null || decision === null) return server ? 'reviewed' : 'pending';
  if (reopened) return leaving.includes(sync) ? 'decided' : 'pending';
  const settled = lastSettled(state.decisions.get(id) ?? []);
  if (settled !== null) {
    const held = server ?? settled.outcome?.server ?? null;
    return isWritten(settled) && (held === null || carriesOurs(held, id, state)) ? 'decided' : 'reviewed';
  }
  // Sent, the answer lost: what the row holds may be ours. The next sync finds out.
  if (server) return sync === 'unknown' || isOurs(server, state) ? 'decided' : 'reviewed';
  const isFinalKind = finalDecisionKinds.includes(decision.payload.decision);
  return isFinalKind && !ineffective.includes(sync) ? 'decided' : 'pending';
}

/** The row holds one of the decisions that were made here and sent, whichever of them. */
function carriesOurs({ reviewer, notes }: ServerDecision, id: string, state: LedgerState): boolean {
  const row = { id, reviewerId: reviewer, reviewedAtMicroseconds: 0, notes };
  return carriesOwnDecision(row, ownDecisionOf(state));
}

/** The row carries the mark of a decision made in this workspace, although no answer to it is on record. */
function isOurs(server: ServerDecision, state: LedgerState): boolean {
  const claim = parseNotes(server.notes);
  return claim !== null && state.decisionsById.has(claim.decisionId);
}

function isConflict(
  server: ServerDecision | null,
  decision: DecisionRecord,
  sync: SyncState | null,
): boolean {
  const { payload } = decision;
  if (sync === 'superseded') return true;
  if (isWritten(decision)) {
    const held = server ?? decision.outcome?.server ?? null;
    return held !== null && isAltered(held, decision);
  }
  // Abstaining and escalating ask for somebody else's decision; getting it is no conflict.
  if (!server || !finalDecisionKinds.includes(payload.decision)) return false;
  if (sync === 'unsent' || ineffective.includes(sync)) return true;
  if (sync !== 'local' && sync !== 'awaiting-second') return false;
  // A correction that came after the row was closed: one of the same opinion corroborates, any other differs for good.
  return parseNotes(server.notes)?.decision !== payload.decision;
}

/** SHA-256 of what the reviewer is shown of the item itself. */
export function digestOf(
  item: Pick<Review, 'id' | 'tenant' | 'auditLogId' | 'action' | 'actor' | 'dueAt' | 'notes'>,
): string {
  const { id, tenant, auditLogId, action, actor, dueAt, notes } = item;
  return createHash('sha256')
    .update(
      // Members in their canonical order need not be put into it, ten thousand times for each list.
      canonicalJson({ action, actor, auditLogId, dueAt, id, ...(notes !== undefined && { notes }), tenant }),
      'utf8',
    )
    .digest('hex');
}
