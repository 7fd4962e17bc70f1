// Writes dispositions of anomalies exactly once: compare-and-set by batch, a second look at what stayed unchanged, halving around a bad row.
import { Problem } from '#shared/model/problem.ts';
import {
  classifyAnomaly,
  resultOf,
  type DispositionIntent,
  type DispositionResult,
} from './anomaly-outcomes.ts';
import type { AnomalyTable } from './anomaly-table.ts';
import {
  anomalyIdentityComparison,
  applyDispositions,
  readAnomalyRows,
  type AppliedDisposition,
} from './anomaly-write-query.ts';
import type { SourceClient } from './client.ts';
import { endsTheSession, sourceProblem, sqlStateOf } from './problems.ts';
import { isLockWait, isSerializationFailure, rejectionSentence } from './rejection.ts';

export interface DispositionWriting {
  client: SourceClient;
  anomalyTable: AnomalyTable;
  /** Receives outcomes as soon as they are certain. */
  onSettled: (results: readonly DispositionResult[]) => void;
}

const longestRetry = 3;

/**
 * Writes one batch on a session opened for writing. Sending the same dispositions again is safe: a row is changed at most
 * once, and our own are recognised by the moment they were stamped with.
 * @param batch at most one disposition of each row
 * @throws Problem when the connection or a right is lost; what `onSettled` received is certain.
 */
export async function writeDispositions(
  writing: DispositionWriting,
  batch: readonly DispositionIntent[],
  isLastTry = false,
): Promise<void> {
  let applied: Map<number, AppliedDisposition>;
  try {
    applied = await repeatOnConflict(() => applyDispositions(writing.client, writing.anomalyTable, batch));
  } catch (error) {
    giveUpUnlessRowIsAtFault(error);
    await isolate(writing, batch, isLastTry, error);
    return;
  }
  writing.onSettled(
    batch.flatMap((intent, position) => {
      const row = applied.get(position);
      return row ? [resultOf(intent, 'applied', row, null)] : [];
    }),
  );
  const unchanged = batch.filter((_, position) => !applied.has(position));
  if (unchanged.length > 0) await explain(writing, unchanged, isLastTry);
}

/** Splits a failed batch until the bad row stands alone. */
async function isolate(
  writing: DispositionWriting,
  batch: readonly DispositionIntent[],
  isLastTry: boolean,
  error: unknown,
): Promise<void> {
  const [only] = batch;
  if (batch.length > 1) {
    const middle = Math.ceil(batch.length / 2);
    await writeDispositions(writing, batch.slice(0, middle), isLastTry);
    await writeDispositions(writing, batch.slice(middle), isLastTry);
  } else if (only) {
    const isTransient = isLockWait(error) || isSerializationFailure(error);
    writing.onSettled([resultOf(only, 'rejected', null, rejectionSentence(error), isTransient)]);
  }
}

/** Says of each unchanged row why; rows that are still open and as shown are tried once more. */
async function explain(
  writing: DispositionWriting,
  unchanged: readonly DispositionIntent[],
  isLastTry: boolean,
): Promise<void> {
  const { client, anomalyTable } = writing;
  const rows = await readAnomalyRows(client, anomalyTable, unchanged).catch(lost);
  const isSameIdentity = anomalyIdentityComparison(anomalyTable);
  const verdicts = unchanged.map((intent, position) =>
    classifyAnomaly(intent, rows.get(position) ?? null, isSameIdentity),
  );
  writing.onSettled(verdicts.filter((verdict) => verdict !== 'open'));
  const open = unchanged.filter((_, position) => verdicts[position] === 'open');
  if (open.length === 0) return;
  if (!isLastTry) return writeDispositions(writing, open, true);
  const sentence =
    'The database left the row unchanged and gave no reason; a row-level policy or a trigger may forbid it.';
  writing.onSettled(open.map((intent) => resultOf(intent, 'rejected', null, sentence)));
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

/** Errors that concern every row alike end the sending; policies and triggers raise some of these codes for one row, too. */
function giveUpUnlessRowIsAtFault(error: unknown): void {
  const state = sqlStateOf(error);
  if (state === null || endsTheSession(error)) lost(error);
  if (state === '25006' || state === '25P02' || /^(42(?!501)|0A|3F)/.test(state)) throw sourceProblem(error);
}

function lost(error: unknown): never {
  if (!endsTheSession(error)) throw error;
  throw new Problem(
    'source-unreachable',
    'The connection to the audit database broke while dispositions were being sent. Confirmed outcomes are kept; the others stay in the queue and cannot be applied twice.',
    { next: 'Check the network, then send again.', cause: error },
  );
}
