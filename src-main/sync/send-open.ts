// The one way opinions leave: the ledger says they are about to, they are sent batch by batch, and the ledger says what came of each.
import { Problem } from '#shared/model/problem.ts';
import type { SyncItem } from '#shared/model/workspace.ts';
import type { Ledger } from '../review/ledger.ts';
import type { LedgerState } from '../review/projection.ts';
import { cancelledProblem } from '../source/problems.ts';
import { sendBatches, type Delivery } from '../source/send-batches.ts';

/** Small enough that one locked row holds up few others. */
const longestBatch = 1_000;
/** Large enough that the statement costs little beside its rows. */
const shortestSplit = 250;
/** Enough to keep the server busy over a slow network. */
const batchesAhead = 4;
/** Announced by one entry, and sent to the last once announced: a kill leaves no more than some of these to be asked about again. */
const longestAnnouncement = 2_000;

/** A decision or disposition, as the ledger knows it. */
interface Opinion {
  readonly id: string;
  /** True when it left before and no answer is on record. */
  readonly inFlight: boolean;
}

/** Unlike an item, with what the server holds. */
interface Answer {
  readonly outcome: SyncItem['outcome'];
  /** A passing obstacle settles nothing: such an opinion stays under way and is sent again by the next sync. */
  readonly isTransient: boolean;
}

type Payload = Record<string, unknown>;

/** One sort of opinions: where they go, and what the ledger says about them. */
export interface Outgoing<O extends Opinion, Intent, Result extends Answer, Item> {
  readonly delivery: Delivery<Intent, Result>;
  /** The opinion as it is now, if it still has to be sent: it may have been withdrawn or settled meanwhile. */
  readonly stillOpen: (state: LedgerState, id: string) => O | null;
  /** Why it cannot be sent at all; such a one is settled without leaving, so that it holds up nobody else’s. */
  readonly whyUnfit: (state: LedgerState, opinion: O) => string | null;
  readonly reject: (opinion: O, why: string) => Result;
  /** Makes ready for an announcement; then says what the entry holds, null when all of it is on record already. */
  readonly prepareAnnouncement: () => Promise<(leaving: readonly O[]) => Payload | null>;
  readonly toIntent: (state: LedgerState, opinion: O) => Intent;
  readonly idOf: (result: Result) => string;
  readonly isSettled: (state: LedgerState, id: string) => boolean;
  readonly toItem: (result: Result) => Item;
  /** What the entry about outcomes holds. */
  readonly outcomes: (results: readonly Result[]) => Payload;
}

export interface SendOpenOptions<Item> {
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  /** What earlier attempts of the same sync settled, by opinion; this one adds to it as outcomes become certain. */
  readonly settled: Map<string, Item>;
}

/**
 * Writes every opinion by compare-and-set. Safe to kill anywhere: one without an outcome is sent again, and its row tells
 * whether it had arrived.
 * @param open one of each row, in the order in which they are to leave
 * @throws Problem when the table, a right or the connection is lost. Problem `cancelled` when stopped: the outcomes of all
 *   that left are on record, and the next sync goes on from there.
 */
export async function sendOpen<O extends Opinion, Intent, Result extends Answer, Item>(
  ledger: Ledger,
  outgoing: Outgoing<O, Intent, Result, Item>,
  open: readonly O[],
  { onProgress, signal, settled }: SendOpenOptions<Item>,
): Promise<void> {
  const total = settled.size + open.length;
  const note = (results: readonly Result[]) => {
    for (const result of results) settled.set(outgoing.idOf(result), outgoing.toItem(result));
    onProgress(settled.size, total);
  };
  const settle = (results: readonly Result[]) => {
    record(ledger, outgoing, results);
    note(results);
  };
  onProgress(settled.size, total);
  try {
    const batches = leavingBatches(ledger, outgoing, open, { note, signal });
    await sendBatches(outgoing.delivery, batches, { ahead: batchesAhead, settle });
  } catch (error) {
    if (!signal.aborted || !isCancellation(error)) throw error;
    throw stopped(settled.size, total, outgoing.delivery.words.sent);
  }
}

interface Leaving<Result> {
  /** Told what is on record. */
  readonly note: (results: readonly Result[]) => void;
  readonly signal: AbortSignal;
}

/** Opinions are put on record as about to leave only when they are asked for; what is on record so does leave. */
async function* leavingBatches<O extends Opinion, Intent, Result extends Answer, Item>(
  ledger: Ledger,
  outgoing: Outgoing<O, Intent, Result, Item>,
  open: readonly O[],
  { note, signal }: Leaving<Result>,
): AsyncGenerator<Intent[]> {
  for (let start = 0; start < open.length; start += longestAnnouncement) {
    if (signal.aborted) throw cancelledProblem(signal.reason);
    const waiting = open.slice(start, start + longestAnnouncement);
    const { leaving, unfit } = announce(ledger, outgoing, waiting, await outgoing.prepareAnnouncement());
    if (unfit.length > 0) note(unfit);
    const size = batchSizeFor(leaving.length);
    for (let first = 0; first < leaving.length; first += size) {
      const now = ledger.state();
      yield leaving.slice(first, first + size).map((opinion) => outgoing.toIntent(now, opinion));
    }
  }
}

/** Two batches at least, where that is worth it: the server works on the first while the second is made ready. */
function batchSizeFor(leaving: number): number {
  return Math.min(longestBatch, Math.max(shortestSplit, Math.ceil(leaving / 2)));
}

/** Puts on record that these are about to leave, and which cannot; ones withdrawn or settled meanwhile stay. */
function announce<O extends Opinion, Intent, Result extends Answer, Item>(
  ledger: Ledger,
  { stillOpen, whyUnfit, reject, outcomes }: Outgoing<O, Intent, Result, Item>,
  waiting: readonly O[],
  announcementOf: (leaving: readonly O[]) => Payload | null,
): { leaving: O[]; unfit: Result[] } {
  const leaving: O[] = [];
  const unfit: Result[] = [];
  ledger.append((state) => {
    for (const { id } of waiting) {
      const now = stillOpen(state, id);
      const why = now === null ? null : whyUnfit(state, now);
      if (now === null) continue;
      if (why === null) leaving.push(now);
      else unfit.push(reject(now, why));
    }
    const settled = unfit.length === 0 ? null : outcomes(unfit);
    const sent = leaving.length === 0 ? null : announcementOf(leaving);
    return [
      ...(settled === null ? [] : [aboutSync(state, 'sync-outcome', settled)]),
      ...(sent === null ? [] : [aboutSync(state, 'sync-sent', sent)]),
    ];
  });
  return { leaving, unfit };
}

function aboutSync(state: LedgerState, type: 'sync-sent' | 'sync-outcome', payload: Payload) {
  return { type, subject: null, actor: state.reviewer?.id ?? '', payload };
}

/** One outcome an opinion: another process may have sent the same ones at the same moment and been answered first. */
function record<O extends Opinion, Intent, Result extends Answer, Item>(
  ledger: Ledger,
  { idOf, isSettled, outcomes }: Outgoing<O, Intent, Result, Item>,
  results: readonly Result[],
): void {
  const certain = results.filter(({ isTransient }) => !isTransient);
  if (certain.length === 0) return;
  ledger.append((state) => {
    const fresh = certain.filter((result) => !isSettled(state, idOf(result)));
    return fresh.length === 0 ? [] : [aboutSync(state, 'sync-outcome', outcomes(fresh))];
  });
}

function isCancellation(error: unknown): boolean {
  return error instanceof Problem && error.code === 'cancelled';
}

function stopped(done: number, total: number, sent: string): Problem {
  return new Problem(
    'cancelled',
    `Stopped as you asked: ${done} of ${total} ${sent} were sent and what came of each is on record; the others stay in the queue.`,
    { next: 'Send again to go on from there.' },
  );
}
