// Sends batches of opinions, the next one on its way while the last is looked at; halves around a bad row.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Problem } from '#shared/model/problem.ts';
import { cancelledProblem, endsTheSession, sourceProblem, sqlStateOf } from './problems.ts';
import { isLockWait, isSerializationFailure, rejectionSentence } from './rejection.ts';

/** One sort of opinions and its table: how a batch is written by compare-and-set, and how it is told what became of each. */
export interface Delivery<Intent, Result extends object> {
  /** In sentences: what is sent, in the plural, and where to. */
  readonly words: { readonly sent: string; readonly table: string };
  /**
   * Writes whatever is still open and as shown, in one statement and one transaction. Answers what was written, by position
   * in the batch.
   */
  readonly apply: (batch: readonly Intent[]) => Promise<ReadonlyMap<number, Result>>;
  /** Says of each why it stayed unwritten, from its row as it is now; `open` when nothing of the row explains it. */
  readonly explain: (batch: readonly Intent[]) => Promise<readonly (Result | 'open')[]>;
  readonly reject: (intent: Intent, detail: string, isTransient: boolean) => Result;
  /** Whether the table is still the one the statements were made for. @throws Problem when it cannot be written to at all */
  readonly isTableAsBefore: () => Promise<boolean>;
}

export interface SendOptions<Result> {
  /** Batches that may be under way beside the one whose outcomes are awaited; 0 sends the next only when the last is settled. */
  readonly ahead: number;
  /** Looked at before each batch; a statement on its way is always awaited, so that its outcome is known. */
  readonly signal?: AbortSignal | undefined;
  /** Receives outcomes as soon as they are certain. */
  readonly settle: (results: readonly Result[]) => void | Promise<void>;
}

interface Sending<Intent, Result extends object> {
  readonly delivery: Delivery<Intent, Result>;
  /** Certain, but not yet handed on. */
  readonly certain: Result[];
  lockWaits: number;
}

/** What the first attempt at a batch came to. */
type Attempt<Result> = { readonly written: ReadonlyMap<number, Result> } | { readonly error: unknown };
interface Underway<Intent, Result> {
  readonly batch: readonly Intent[];
  readonly attempt: Promise<Attempt<Result>>;
  isAnswered: boolean;
}

const longestBunch = 2_000;
const longestRetry = 3;
/** One stubborn row is set aside; when every row is locked, waiting for each would take hours. */
const patienceWithLocks = 3;

/**
 * Sends batches in order; each is taken from `batches` only just before it leaves. No batch may hold two opinions about one row.
 * @throws Problem when the table, a right or the connection is missing, or the person stopped it. What was settled is certain.
 */
export async function sendBatches<Intent, Result extends object>(
  delivery: Delivery<Intent, Result>,
  batches: Iterable<readonly Intent[]> | AsyncIterable<readonly Intent[]>,
  { ahead, signal, settle }: SendOptions<Result>,
): Promise<void> {
  const sending: Sending<Intent, Result> = { delivery, certain: [], lockWaits: 0 };
  const handOn = async () => {
    const certain = sending.certain.splice(0);
    if (certain.length > 0) await settle(certain);
  };
  const waiting =
    Symbol.asyncIterator in batches ? batches[Symbol.asyncIterator]() : batches[Symbol.iterator]();
  const underway: Underway<Intent, Result>[] = [];
  let hasMore = true;
  // Why no further batch comes; those under way are concluded all the same.
  const endings: unknown[] = [];
  const mayGoOn = () => hasMore && endings.length === 0 && signal?.aborted !== true;
  const fill = async () => {
    while (mayGoOn() && underway.length <= ahead) {
      const next = await nextOf(waiting, endings);
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
    for (const { batch, attempt } of underway) noteWritten(sending, batch, await attempt);
    await handOn();
    throw error;
  }
  if (endings.length > 0) throw endings[0];
  if (hasMore) throw cancelledProblem(signal?.reason);
}

async function nextOf<T>(
  waiting: Iterator<T> | AsyncIterator<T>,
  endings: unknown[],
): Promise<IteratorResult<T> | null> {
  try {
    return await waiting.next();
  } catch (error) {
    endings.push(error);
    return null;
  }
}

function launch<Intent, Result extends object>(
  sending: Sending<Intent, Result>,
  batch: readonly Intent[],
): Underway<Intent, Result> {
  const underway: Underway<Intent, Result> = {
    batch,
    attempt: attemptAt(sending, batch).finally(() => (underway.isAnswered = true)),
    isAnswered: false,
  };
  return underway;
}

async function attemptAt<Intent, Result extends object>(
  { delivery }: Sending<Intent, Result>,
  batch: readonly Intent[],
): Promise<Attempt<Result>> {
  try {
    return { written: await repeatOnConflict(() => delivery.apply(batch)) };
  } catch (error) {
    return { error };
  }
}

async function conclude<Intent, Result extends object>(
  sending: Sending<Intent, Result>,
  batch: readonly Intent[],
  attempt: Attempt<Result>,
  isLastTry: boolean,
): Promise<void> {
  if ('error' in attempt) {
    await giveUpUnlessRowIsAtFault(sending, attempt.error);
    return isolate(sending, batch, isLastTry, attempt.error);
  }
  sending.lockWaits = 0;
  noteWritten(sending, batch, attempt);
  const unchanged = batch.filter((_, position) => !attempt.written.has(position));
  if (unchanged.length > 0) await explain(sending, unchanged, isLastTry);
}

function noteWritten<Intent, Result extends object>(
  { certain }: Sending<Intent, Result>,
  batch: readonly Intent[],
  attempt: Attempt<Result>,
): void {
  if ('error' in attempt) return;
  for (const position of batch.keys()) {
    const result = attempt.written.get(position);
    if (result !== undefined) certain.push(result);
  }
}

/** Splits a failed batch until the bad row stands alone. */
async function isolate<Intent, Result extends object>(
  sending: Sending<Intent, Result>,
  batch: readonly Intent[],
  isLastTry: boolean,
  error: unknown,
): Promise<void> {
  const [only] = batch;
  if (batch.length > 1) {
    const middle = Math.ceil(batch.length / 2);
    for (const half of [batch.slice(0, middle), batch.slice(middle)])
      await conclude(sending, half, await attemptAt(sending, half), isLastTry);
  } else if (only !== undefined) {
    if (isLockWait(error)) sending.lockWaits += 1;
    if (sending.lockWaits >= patienceWithLocks) throw rowsLocked(sending, error);
    const isTransient = isLockWait(error) || isSerializationFailure(error);
    sending.certain.push(sending.delivery.reject(only, rejectionSentence(error), isTransient));
  }
}

/** Says of each unchanged row why; rows that are still open and as shown are tried once more. */
async function explain<Intent, Result extends object>(
  sending: Sending<Intent, Result>,
  unchanged: readonly Intent[],
  isLastTry: boolean,
): Promise<void> {
  const { delivery, certain } = sending;
  const verdicts = await delivery.explain(unchanged).catch((error: unknown) => lost(sending, error));
  const open: Intent[] = [];
  for (const [position, intent] of unchanged.entries()) {
    const verdict = verdicts[position]!;
    if (verdict === 'open') open.push(intent);
    else certain.push(verdict);
  }
  if (open.length === 0) return;
  if (!isLastTry) return conclude(sending, open, await attemptAt(sending, open), true);
  const sentence =
    'The database left the row unchanged and gave no reason; a row-level policy or a trigger may forbid it.';
  certain.push(...open.map((intent) => delivery.reject(intent, sentence, false)));
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
async function giveUpUnlessRowIsAtFault<Intent, Result extends object>(
  sending: Sending<Intent, Result>,
  error: unknown,
): Promise<void> {
  const state = sqlStateOf(error);
  if (state === null || endsTheSession(error)) lost(sending, error);
  if (state === '25006' || state === '25P02') throw sourceProblem(error);
  if (!/^(42|0A|3F)/.test(state)) return;
  const isAsBefore = await sending.delivery.isTableAsBefore().catch((cause: unknown) => lost(sending, cause));
  if (!isAsBefore) throw sourceProblem(error);
}

function lost<Intent, Result extends object>({ delivery }: Sending<Intent, Result>, error: unknown): never {
  if (!endsTheSession(error)) throw error;
  throw new Problem(
    'source-unreachable',
    `The connection to the audit database broke while ${delivery.words.sent} were being sent. Confirmed outcomes are kept; the others stay in the queue and cannot be applied twice.`,
    { next: 'Check the network, then send again.', cause: error },
  );
}

function rowsLocked<Intent, Result extends object>(
  { delivery }: Sending<Intent, Result>,
  cause: unknown,
): Problem {
  const { sent, table } = delivery.words;
  return new Problem(
    'conflict',
    `Another session holds the rows of the ${table} locked. Confirmed outcomes are kept; the other ${sent} stay in the queue.`,
    { next: 'Send again in a moment; if it stays so, ask the DBA which session holds the lock.', cause },
  );
}
