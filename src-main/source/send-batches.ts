// Sends batches of decisions, the next one on its way while the last is looked at; halves around a bad row.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Problem } from '#shared/model/problem.ts';
import type { SourceClient } from './client.ts';
import { classify, result, type DecisionIntent, type WriteResult } from './decision-outcomes.ts';
import { cancelledProblem, endsTheSession, sourceProblem, sqlStateOf } from './problems.ts';
import { isLockWait, isSerializationFailure, rejectionSentence } from './rejection.ts';
import type { ReviewTable } from './review-table.ts';
import { requireDecidableTable } from './require-decidable-table.ts';
import { applyBatch, identityComparison, readRows, type AppliedRow } from './write-back-query.ts';

export interface SendOptions {
  /** Batches that may be under way beside the one whose outcomes are awaited; 0 sends the next only when the last is settled. */
  readonly ahead: number;
  /** Looked at before each batch; a statement on its way is always awaited, so that its outcome is known. */
  readonly signal?: AbortSignal | undefined;
  /** Receives outcomes as soon as they are certain. */
  readonly settle: (results: readonly WriteResult[]) => void | Promise<void>;
}

interface Sending {
  readonly client: SourceClient;
  readonly reviewTable: ReviewTable;
  /** Certain, but not yet handed on. */
  readonly certain: WriteResult[];
  lockWaits: number;
}

/** What the first attempt at a batch came to. */
type Attempt = { readonly applied: Map<number, AppliedRow> } | { readonly error: unknown };
type Underway = {
  readonly batch: readonly DecisionIntent[];
  readonly attempt: Promise<Attempt>;
  isAnswered: boolean;
};

const longestBunch = 1_000;
const longestRetry = 3;
/** One stubborn row is set aside; when every row is locked, waiting for each would take hours. */
const patienceWithLocks = 3;

/**
 * Sends batches in order; each is taken from `batches` only just before it leaves. No batch may hold two decisions about
 * one row, and each decision must be sendable.
 * @throws Problem when the table, a right or the connection is missing, or the person stopped it. What was settled is certain.
 */
export async function sendBatches(
  client: SourceClient,
  reviewTable: ReviewTable,
  batches: Iterable<readonly DecisionIntent[]>,
  { ahead, signal, settle }: SendOptions,
): Promise<void> {
  const sending: Sending = { client, reviewTable, certain: [], lockWaits: 0 };
  const handOn = async () => {
    const certain = sending.certain.splice(0);
    if (certain.length > 0) await settle(certain);
  };
  const waiting = batches[Symbol.iterator]();
  const underway: Underway[] = [];
  let hasMore = true;
  // Why no further batch comes; those under way are concluded all the same.
  const endings: unknown[] = [];
  const mayGoOn = () => hasMore && endings.length === 0 && signal?.aborted !== true;
  const fill = async () => {
    while (mayGoOn() && underway.length <= ahead) {
      const next = nextOf(waiting, endings);
      if (next === null) return;
      if (next.done) hasMore = false;
      else if (next.value.length > 0) underway.push(launch(sending, next.value));
      // The driver lets go of the bytes only then; they should be on their way while the next batch is made ready.
      if (ahead > 0) await nextTurn();
    }
  };
  try {
    for (await fill(); underway.length > 0; await fill()) {
      const { batch, attempt } = underway[0]!;
      const first = await attempt;
      underway.shift();
      // The next batch leaves before the outcomes of this one are put on record.
      if (ahead > 0) await fill();
      await conclude(sending, batch, first, false);
      // Answers that came in a bunch are handed on together.
      if (!underway[0]?.isAnswered || sending.certain.length >= longestBunch) await handOn();
    }
  } catch (error) {
    for (const { batch, attempt } of underway) noteApplied(sending, batch, await attempt);
    await handOn();
    throw error;
  }
  if (endings.length > 0) throw endings[0];
  if (hasMore) throw cancelledProblem(signal?.reason);
}

function nextOf<T>(waiting: Iterator<T>, endings: unknown[]): IteratorResult<T> | null {
  try {
    return waiting.next();
  } catch (error) {
    endings.push(error);
    return null;
  }
}

function launch(sending: Sending, batch: readonly DecisionIntent[]): Underway {
  const underway: Underway = {
    batch,
    attempt: attemptAt(sending, batch).finally(() => (underway.isAnswered = true)),
    isAnswered: false,
  };
  return underway;
}

async function attemptAt(sending: Sending, batch: readonly DecisionIntent[]): Promise<Attempt> {
  try {
    return {
      applied: await repeatOnConflict(() => applyBatch(sending.client, sending.reviewTable, batch)),
    };
  } catch (error) {
    return { error };
  }
}

async function send(sending: Sending, batch: readonly DecisionIntent[], isLastTry: boolean): Promise<void> {
  await conclude(sending, batch, await attemptAt(sending, batch), isLastTry);
}

async function conclude(
  sending: Sending,
  batch: readonly DecisionIntent[],
  attempt: Attempt,
  isLastTry: boolean,
): Promise<void> {
  if ('error' in attempt) {
    await giveUpUnlessRowIsAtFault(sending, attempt.error);
    return isolate(sending, batch, isLastTry, attempt.error);
  }
  sending.lockWaits = 0;
  noteApplied(sending, batch, attempt);
  const unchanged = batch.filter((_, position) => !attempt.applied.has(position));
  if (unchanged.length > 0) await explain(sending, unchanged, isLastTry);
}

function noteApplied(sending: Sending, batch: readonly DecisionIntent[], attempt: Attempt): void {
  if ('error' in attempt) return;
  for (const [position, intent] of batch.entries()) {
    const row = attempt.applied.get(position);
    if (row) sending.certain.push(result(intent, 'applied', row, null));
  }
}

/** Splits a failed batch until the bad row stands alone. */
async function isolate(
  sending: Sending,
  batch: readonly DecisionIntent[],
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
    sending.certain.push(result(only, 'rejected', null, rejectionSentence(error), isTransient));
  }
}

/** Says of each unchanged row why; rows that are still open and as shown are tried once more. */
async function explain(
  sending: Sending,
  unchanged: readonly DecisionIntent[],
  isLastTry: boolean,
): Promise<void> {
  const { client, reviewTable } = sending;
  const rows = await readRows(client, reviewTable, unchanged).catch(lost);
  const verdicts = unchanged.map((intent, position) =>
    classify(intent, rows.get(position) ?? null, identityComparison(reviewTable)),
  );
  const open = unchanged.filter((_, position) => verdicts[position] === 'open');
  sending.certain.push(...verdicts.filter((verdict) => verdict !== 'open'));
  if (open.length === 0) return;
  if (!isLastTry) return send(sending, open, true);
  const sentence =
    'The database left the row unchanged and gave no reason; a row-level policy or a trigger may forbid it.';
  sending.certain.push(...open.map((intent) => result(intent, 'rejected', null, sentence)));
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
