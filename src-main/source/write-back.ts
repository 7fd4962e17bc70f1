// Writes decisions exactly once: compare-and-set by batch, a second look at what stayed unchanged, halving around a bad row.
import type { SourceClient } from './client.ts';
import { classify, result, written, type DecisionIntent, type WriteResult } from './decision-outcomes.ts';
import { requireDecidableTable } from './require-decidable-table.ts';
import type { ReviewTable } from './review-table.ts';
import { assertSendable } from './sendable.ts';
import { sendBatches, type Delivery } from './send-batches.ts';
import { applyBatch, identityComparison, readRows } from './write-back-query.ts';

export type { DecisionIntent, WriteResult };

/** How decisions reach their table; each must be sendable. */
export function decisionDelivery(
  client: SourceClient,
  reviewTable: ReviewTable,
): Delivery<DecisionIntent, WriteResult> {
  const isSameIdentity = identityComparison(reviewTable);
  return {
    words: { sent: 'decisions', table: 'review table' },
    apply: async (batch) => {
      const rows = await applyBatch(client, reviewTable, batch);
      const results = new Map<number, WriteResult>();
      for (const [position, row] of rows) results.set(position, written(batch[position]!, row));
      return results;
    },
    explain: async (batch) => {
      const rows = await readRows(client, reviewTable, batch);
      return batch.map((intent, position) => classify(intent, rows.get(position) ?? null, isSameIdentity));
    },
    reject: (intent, detail, isTransient) => result(intent, 'rejected', null, detail, isTransient),
    isTableAsBefore: async () => {
      const { table, columns } = await requireDecidableTable(client);
      return (
        table.oid === reviewTable.table.oid &&
        columns.id.type === reviewTable.columns.id.type &&
        columns.reviewer_id.type === reviewTable.columns.reviewer_id.type
      );
    },
  };
}

export interface WriteOptions {
  batchSize?: number;
  /** Looked at between batches; a statement on its way is always awaited, so that its outcome is known. */
  signal?: AbortSignal;
  /** Receives outcomes as soon as they are certain. */
  onBatch?: (results: readonly WriteResult[]) => void | Promise<void>;
}

const longestBatch = 500;

/**
 * Writes decisions on a session opened for writing and answers one result each, in the order given.
 * Sending the same decisions again is safe: a row is changed at most once, and our own are recognised.
 * @throws Problem when the table, a right or the connection is missing. What `onBatch` received is certain; of the rest,
 *   at most one batch may have reached the server, and sending it again answers `already-mine`.
 */
export async function writeDecisions(
  client: SourceClient,
  intents: readonly DecisionIntent[],
  options: WriteOptions = {},
): Promise<WriteResult[]> {
  if (intents.length === 0) return [];
  const reviewTable = await requireDecidableTable(client);
  assertSendable(intents, reviewTable);
  const results = new Map<string, WriteResult>();
  const batches = batchesOf(intents, options.batchSize ?? longestBatch);
  await sendBatches(decisionDelivery(client, reviewTable), batches, {
    ahead: 0,
    signal: options.signal,
    settle: async (settled) => {
      for (const item of settled) results.set(item.decisionId, item);
      await options.onBatch?.(settled);
    },
  });
  return intents.map((intent) => results.get(intent.decisionId)).filter((item) => item !== undefined);
}

/** Batches in the order given; two decisions about one row never share one, because a statement can change a row only once. */
function batchesOf(intents: readonly DecisionIntent[], size: number): DecisionIntent[][] {
  const batches: DecisionIntent[][] = [];
  const nextFree = new Map<string, number>();
  let first = 0;
  for (const intent of intents) {
    while ((batches[first]?.length ?? 0) >= size) first += 1;
    let index = Math.max(first, nextFree.get(intent.reviewId) ?? 0);
    while ((batches[index]?.length ?? 0) >= size) index += 1;
    (batches[index] ??= []).push(intent);
    nextFree.set(intent.reviewId, index + 1);
  }
  return batches;
}
