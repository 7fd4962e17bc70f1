// Sends open decisions and records each answer: before anything leaves, the ledger says it is about to; after, what came of it.
import type { SyncItem, SyncReport } from '#shared/model/workspace.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { Ledger } from '../review/ledger.ts';
import type { DecisionRecord } from '../review/projection.ts';
import type { SourceClient } from '../source/client.ts';
import { formatNotes } from '../source/notes.ts';
import { writeDecisions, type WriteResult } from '../source/write-back.ts';
import { openIntents } from './outbox.ts';

const batchSize = 500;

/**
 * Writes every open intent by compare-and-set. Safe to kill anywhere: an intent without an outcome is sent again, and the
 * database recognises its own decision id.
 */
export async function pushDecisions(
  ledger: Ledger,
  client: SourceClient,
  options: { readonly onProgress: (done: number, total: number) => void; readonly signal: AbortSignal },
): Promise<SyncReport> {
  const intents = openIntents(ledger.state());
  const items: SyncItem[] = [];
  for (let start = 0; start < intents.length; start += batchSize) {
    options.signal.throwIfAborted();
    options.onProgress(items.length, intents.length);
    const batch = announce(ledger, intents.slice(start, start + batchSize));
    const results = await writeDecisions(client, batch.map(toIntent), {
      batchSize,
      signal: options.signal,
      onBatch: (settled: readonly WriteResult[]) => recordOutcomes(ledger, settled),
    });
    items.push(...results.map(toItem));
  }
  options.onProgress(items.length, intents.length);
  return summarise(items);
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
  if (settled.length === 0) return;
  ledger.append((state) => [
    {
      type: 'sync-outcome',
      subject: null,
      actor: state.reviewer?.id ?? '',
      payload: { items: settled.map((result) => ({ ...toItem(result), server: result.server })) },
    },
  ]);
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
      offsetSeconds: decision.offsetMs === null ? null : Math.round(decision.offsetMs / 1000),
      reason: payload.reason,
    }),
  };
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
