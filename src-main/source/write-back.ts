// Writes decisions exactly once: compare-and-set by batch, a second look at what stayed unchanged, halving around a bad row.
import { Problem } from '#shared/model/problem.ts';
import type { SourceClient } from './client.ts';
import { classify, result, type DecisionIntent, type WriteResult } from './decision-outcomes.ts';
import { titleOf } from './mapping.ts';
import { cancelledProblem, endsTheSession, sourceProblem, sqlStateOf } from './problems.ts';
import { isLockWait, isSerializationFailure, rejectionSentence } from './rejection.ts';
import { findReviewTable, type ReviewTable } from './review-table.ts';
import { assertSendable } from './sendable.ts';
import { applyBatch, identityComparison, readRows, type AppliedRow } from './write-back-query.ts';

export type { DecisionIntent, WriteResult };

export interface WriteOptions {
  batchSize?: number;
  /** Looked at between batches; a statement on its way is always awaited, so that its outcome is known. */
  signal?: AbortSignal;
  /** Receives outcomes as soon as they are certain. */
  onBatch?: (results: readonly WriteResult[]) => void | Promise<void>;
}

interface Sending {
  client: SourceClient;
  reviewTable: ReviewTable;
  settle: (results: WriteResult[]) => Promise<void>;
  lockWaits: number;
}

const longestBatch = 500;
const longestRetry = 3;
/** One stubborn row is set aside; when every row is locked, waiting for each would take hours. */
const patienceWithLocks = 3;

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
  const settle = async (settled: WriteResult[]) => {
    if (settled.length === 0) return;
    for (const item of settled) results.set(item.decisionId, item);
    await options.onBatch?.(settled);
  };
  const sending: Sending = { client, reviewTable, settle, lockWaits: 0 };
  for (const batch of batchesOf(intents, options.batchSize ?? longestBatch)) {
    if (options.signal?.aborted) throw cancelledProblem(options.signal.reason);
    await send(sending, batch, false);
  }
  return intents.map((intent) => results.get(intent.decisionId)).filter((item) => item !== undefined);
}

async function send(sending: Sending, batch: DecisionIntent[], isLastTry: boolean): Promise<void> {
  let applied: Map<number, AppliedRow>;
  try {
    applied = await repeatOnConflict(() => applyBatch(sending.client, sending.reviewTable, batch));
  } catch (error) {
    await giveUpUnlessRowIsAtFault(sending, error);
    await isolate(sending, batch, isLastTry, error);
    return;
  }
  sending.lockWaits = 0;
  await sending.settle(
    batch.flatMap((intent, position) => {
      const row = applied.get(position);
      return row ? [result(intent, 'applied', row, null)] : [];
    }),
  );
  const unchanged = batch.filter((_, position) => !applied.has(position));
  if (unchanged.length > 0) await explain(sending, unchanged, isLastTry);
}

/** Splits a failed batch until the bad row stands alone. */
async function isolate(
  sending: Sending,
  batch: DecisionIntent[],
  isLastTry: boolean,
  error: unknown,
): Promise<void> {
  const [only] = batch;
  if (batch.length > 1) {
    const middle = Math.ceil(batch.length / 2);
    await send(sending, batch.slice(0, middle), isLastTry);
    await send(sending, batch.slice(middle), isLastTry);
  } else if (only) {
    if (isLockWait(error)) sending.lockWaits += 1;
    if (sending.lockWaits >= patienceWithLocks) throw rowsLocked(error);
    const isTransient = isLockWait(error) || isSerializationFailure(error);
    await sending.settle([result(only, 'rejected', null, rejectionSentence(error), isTransient)]);
  }
}

/** Says of each unchanged row why; rows that are still open and as shown are tried once more. */
async function explain(sending: Sending, unchanged: DecisionIntent[], isLastTry: boolean): Promise<void> {
  const { client, reviewTable } = sending;
  const rows = await readRows(client, reviewTable, unchanged).catch(lost);
  const verdicts = unchanged.map((intent, position) =>
    classify(intent, rows.get(position) ?? null, identityComparison(reviewTable)),
  );
  const open = unchanged.filter((_, position) => verdicts[position] === 'open');
  await sending.settle(verdicts.filter((verdict) => verdict !== 'open'));
  if (open.length === 0) return;
  if (!isLastTry) return send(sending, open, true);
  const sentence =
    'The database left the row unchanged and gave no reason; a row-level policy or a trigger may forbid it.';
  await sending.settle(open.map((intent) => result(intent, 'rejected', null, sentence)));
}

async function repeatOnConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === longestRetry || !isSerializationFailure(error)) throw error;
    }
  }
}

/** Errors that concern every row alike end the sending; a right or column is looked up again, as triggers raise the same codes. */
async function giveUpUnlessRowIsAtFault(sending: Sending, error: unknown): Promise<void> {
  const state = sqlStateOf(error);
  if (state === null || endsTheSession(error)) lost(error);
  if (state === '25006' || state === '25P02') throw sourceProblem(error);
  if (!/^(42|0A|3F)/.test(state)) return;
  const now = await requireDecidableTable(sending.client).catch(lost);
  const isSame = (column: 'id' | 'reviewer_id') =>
    now.columns[column].type === sending.reviewTable.columns[column].type;
  if (now.table.oid !== sending.reviewTable.table.oid || !isSame('id') || !isSame('reviewer_id'))
    throw sourceProblem(error);
}

function lost(error: unknown): never {
  if (!endsTheSession(error)) throw error;
  throw new Problem(
    'source-unreachable',
    'The connection to the audit database broke while decisions were being sent. Confirmed outcomes are kept; the others stay in the queue and cannot be applied twice.',
    { next: 'Check the network, then send again.', cause: error },
  );
}

function rowsLocked(cause: unknown): Problem {
  return new Problem(
    'conflict',
    'Another session holds the rows of the review table locked. Confirmed outcomes are kept; the other decisions stay in the queue.',
    { next: 'Send again in a moment; if it stays so, ask the DBA which session holds the lock.', cause },
  );
}

/**
 * The review table, when decisions can be written to it.
 * @throws Problem when it is missing, not as published, or may not be written to.
 */
export async function requireDecidableTable(client: SourceClient): Promise<ReviewTable> {
  const state = await findReviewTable(client);
  if (state.state === 'unavailable') {
    const code = { absent: 'source-missing', denied: 'source-denied', changed: 'source-changed' } as const;
    throw new Problem(code[state.cause], `${state.sentence} Nothing was sent; every decision is kept.`, {
      next: 'Check with the DBA, then connect again to inspect the source.',
    });
  }
  if (state.reviewTable.canDecide) return state.reviewTable;
  throw new Problem(
    'source-denied',
    `This user may not write decisions to ${titleOf(state.reviewTable.table)}. Nothing was sent; every decision is kept.`,
    { next: 'Ask the DBA to grant UPDATE on its columns reviewer_id, reviewed_at and notes.' },
  );
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
