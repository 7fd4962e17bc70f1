// Sends open decisions and records each answer: before anything leaves, the ledger says it is about to; after, what came of it.
import type { ServerDecision } from '#shared/model/review.ts';
import type { SyncItem, SyncReport } from '#shared/model/workspace.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { Ledger } from '../review/ledger.ts';
import type { DecisionRecord } from '../review/projection.ts';
import type { SourceClient } from '../source/client.ts';
import { formatNotes } from '../source/notes.ts';
import { canBeReviewer } from '../source/sendable.ts';
import { requireDecidableTable, writeDecisions, type WriteResult } from '../source/write-back.ts';
import { openIntents } from './outbox.ts';

const batchSize = 500;

/**
 * Writes every open intent by compare-and-set. Safe to kill anywhere: an intent without an outcome is sent again, and the
 * database recognises its own decision id.
 * @throws Problem when the review table cannot be written to; nothing is announced then, so everything can still be undone.
 */
export async function pushDecisions(
  ledger: Ledger,
  client: SourceClient,
  options: { readonly onProgress: (done: number, total: number) => void; readonly signal: AbortSignal },
): Promise<SyncReport> {
  const intents = openIntents(ledger.state());
  const items: SyncItem[] = [];
  if (intents.length === 0) return summarise(items);
  const { columns } = await requireDecidableTable(client);
  const isSendable = (decision: DecisionRecord) => canBeReviewer(decision.reviewer, columns.reviewer_id);
  for (let start = 0; start < intents.length; start += batchSize) {
    options.signal.throwIfAborted();
    options.onProgress(items.length, intents.length);
    const batch = intents.slice(start, start + batchSize);
    const unfit = rejectUnfit(
      ledger,
      batch.filter((decision) => !isSendable(decision)),
      columns.reviewer_id.type,
    );
    const leaving = announce(ledger, batch);
    const results = await writeDecisions(client, leaving.map(toIntent), {
      batchSize,
      signal: options.signal,
      onBatch: (settled: readonly WriteResult[]) => recordOutcomes(ledger, settled),
    });
    items.push(...unfit, ...results.map(toItem));
  }
  options.onProgress(items.length, intents.length);
  return summarise(items);
}

/** Settles decisions of somebody the database cannot name, so that they hold up nobody else's. They never left. */
function rejectUnfit(ledger: Ledger, unfit: readonly DecisionRecord[], columnType: string): SyncItem[] {
  const items = unfit.map((decision) => ({
    review: decision.payload.review,
    decisionId: decision.id,
    outcome: 'rejected' as const,
    detail: `The reviewer id of this decision cannot be stored in the review table, whose column has the type ${columnType}. Decide again as a reviewer with the id under which the audited system knows you.`,
  }));
  if (items.length > 0)
    settle(
      ledger,
      items.map((item) => ({ ...item, server: null })),
    );
  return items;
}

/** Puts on record that these decisions are about to leave; ones withdrawn meanwhile stay. */
function announce(ledger: Ledger, batch: readonly DecisionRecord[]): DecisionRecord[] {
  let leaving: DecisionRecord[] = [];
  ledger.append((state) => {
    const open = new Set(openIntents(state).map((decision) => decision.id));
    leaving = batch.filter((decision) => open.has(decision.id));
    const fresh = leaving.filter((decision) => !state.decisionsById.get(decision.id)!.inFlight);
    if (fresh.length === 0) return [];
    return [
      {
        type: 'sync-sent',
        subject: null,
        actor: state.reviewer?.id ?? '',
        payload: { decisions: fresh.map((decision) => decision.id) },
      },
    ];
  });
  return leaving;
}

/** A passing obstacle settles nothing: such a decision stays under way and is sent again by the next sync. */
function recordOutcomes(ledger: Ledger, results: readonly WriteResult[]): void {
  const settled = results.filter((result) => !result.isTransient);
  settle(
    ledger,
    settled.map((result) => ({ ...toItem(result), server: result.server })),
  );
}

type Outcome = SyncItem & { readonly server: ServerDecision | null };

/** One outcome a decision: another process may have sent the same ones at the same moment and been answered first. */
function settle(ledger: Ledger, outcomes: readonly Outcome[]): void {
  ledger.append((state) => {
    const items = outcomes.filter(({ decisionId }) => !state.decisionsById.get(decisionId)?.outcome);
    if (items.length === 0) return [];
    return [{ type: 'sync-outcome', subject: null, actor: state.reviewer?.id ?? '', payload: { items } }];
  });
}

function toIntent(decision: DecisionRecord) {
  const { payload } = decision;
  return {
    decisionId: decision.id,
    reviewId: payload.review,
    tenantId: payload.tenant,
    auditLogId: payload.auditLogId,
    action: payload.action,
    actorId: payload.actor,
    dueAtMicroseconds: parseInstant(payload.dueAt),
    reviewerId: decision.reviewer,
    notes: formatNotes({
      decision: payload.decision,
      decisionId: decision.id,
      entryHash: decision.hash,
      decidedAt: decision.decidedAt,
      offsetSeconds: offsetSecondsOf(decision),
      reason: payload.reason,
    }),
  };
}

/** A clock that is decades off (a dead battery) tells nothing, and would not fit the notes. */
function offsetSecondsOf({ offsetMs }: DecisionRecord): number | null {
  if (offsetMs === null) return null;
  const seconds = Math.round(offsetMs / 1000);
  return Math.abs(seconds) < 1_000_000_000 ? seconds : null;
}

function toItem(result: WriteResult): SyncItem {
  const { reviewId, decisionId, outcome, detail } = result;
  return { review: reviewId, decisionId, outcome, detail };
}

function summarise(items: SyncItem[]): SyncReport {
  const count = (outcome: SyncItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
  return {
    sent: items.length,
    applied: count('applied'),
    alreadyMine: count('already-mine'),
    superseded: count('superseded'),
    changed: count('changed'),
    notVisible: count('not-visible'),
    rejected: count('rejected'),
    items,
  };
}
