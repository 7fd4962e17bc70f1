// Appends thousands of acts as one: nobody waits for it, anybody else’s act goes before it, and it is recorded whole or not at all.
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { Problem } from '#shared/model/problem.ts';
import { beginSeries, type OpenSeries } from '../store/ledger/append-series.ts';
import type { DatabaseHandle } from '../store/database.ts';
import type { EntryClock, EntryDraft } from '../store/ledger/entries.ts';
import type { LedgerAct } from './act.ts';
import { assertKeyInForce } from './key-in-force.ts';
import type { LedgerState } from './projection.ts';

export type ActSeries = {
  /**
   * Asked under the write lock, each time it is begun: false where something was recorded that the acts were not decided on.
   * What it throws refuses all of them.
   */
  readonly holds: (state: LedgerState) => boolean;
  /** The acts in order, some at a time; asked for anew each time it is begun. What it throws refuses all of them. */
  readonly acts: () => AsyncIterable<readonly LedgerAct[]>;
  readonly signal: AbortSignal;
  /** @param recorded written so far; it starts again from none when somebody else’s act went before */
  readonly progress: (recorded: number) => void;
};

/** What a series needs of the ledger it is appended to. */
export type SeriesHost = {
  readonly database: DatabaseHandle;
  /** The state, everything read. */
  readonly catchUp: () => LedgerState;
  readonly draftOf: (act: LedgerAct) => EntryDraft;
  /** The clock as it is, and the act that has to go first where it was found set back. */
  readonly startClock: (state: LedgerState) => {
    readonly clock: () => EntryClock;
    readonly first: readonly LedgerAct[];
  };
  /** Told of what is under way, so that an act of somebody else can take it back; null when nothing is. */
  readonly underWay: (series: { readonly rollBack: () => void } | null) => void;
  /** Called once it is recorded, before its entries are read. */
  readonly recorded: () => void;
};

const sliceMs = 8;
const settledEvery = 4_000;
const lockWaitMs = 15_000;
/** Begun so often, it makes room; whoever asked may ask again. */
const mostBeginnings = 50;

/**
 * @returns how many acts were recorded; null, with nothing recorded, where they no longer hold
 * @throws Problem `locked` where others never let it come to its end, or the signal’s reason; nothing is recorded then
 */
export async function appendSeries(host: SeriesHost, series: ActSeries): Promise<number | null> {
  for (let beginnings = 0; beginnings < mostBeginnings; beginnings += 1) {
    const outcome = await once(host, series);
    if (outcome !== 'taken-back') return outcome;
    await turn();
  }
  throw new Problem(
    'locked',
    'Other things were recorded in this workspace all the time, so this did not come to its end. Nothing of it was recorded.',
    { next: 'Try again when less is going on.' },
  );
}

async function once(host: SeriesHost, series: ActSeries): Promise<number | null | 'taken-back'> {
  const open = await begin(host, series.signal);
  let isTakenBack = false;
  host.underWay({
    rollBack: () => {
      isTakenBack = true;
      open.rollBack();
    },
  });
  try {
    const state = host.catchUp();
    if (!series.holds(state)) return null;
    const { clock, first } = host.startClock(state);
    open.add(clock(), first.map(host.draftOf));
    let [written, unsettled, until] = [0, 0, performance.now() + sliceMs];
    for await (const acts of series.acts()) {
      if (isTakenBack) return 'taken-back';
      series.signal.throwIfAborted();
      assertKeyInForce(state, acts);
      open.add(clock(), acts.map(host.draftOf));
      [written, unsettled] = [written + acts.length, unsettled + acts.length];
      series.progress(written);
      if (performance.now() < until) continue;
      if (unsettled >= settledEvery) {
        await open.settle();
        unsettled = 0;
      } else await turn();
      until = performance.now() + sliceMs;
    }
    await open.settle();
    if (isTakenBack) return 'taken-back';
    series.signal.throwIfAborted();
    open.commit();
    host.recorded();
    return written;
  } finally {
    host.underWay(null);
    open.rollBack();
  }
}

/** @throws Problem `locked` where another program keeps the lock */
async function begin({ database }: SeriesHost, signal: AbortSignal): Promise<OpenSeries> {
  const until = performance.now() + lockWaitMs;
  for (;;) {
    signal.throwIfAborted();
    const open = beginSeries(database);
    if (open) return open;
    if (performance.now() > until)
      throw new Problem('locked', 'Another program is using this workspace right now. Nothing was changed.', {
        next: 'Wait for it to finish, then try again.',
      });
    await wait(50);
  }
}
