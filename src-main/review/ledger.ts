// The ledger as the rest of the workstation sees it: append acts of people, read the state they add up to.
import { setImmediate as turn } from 'node:timers/promises';
import { ZodError } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { genesisHash } from '../evidence/entry-hash.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { appendEntries, readEntries, type EntryDraft, type StoredEntry } from '../store/ledger/entries.ts';
import {
  clockJump,
  comparisonAcrossJump,
  comparisonInForce,
  wasMoved,
  type ClockComparison,
} from './clock-jump.ts';
import type { LedgerAct } from './act.ts';
import { assertKeyInForce } from './key-in-force.ts';
import { appendSeries, type ActSeries } from './append-series.ts';
import { applyEntry, emptyState, type LedgerState } from './projection.ts';

export type Clock = {
  /** Milliseconds since the epoch by this computer's clock. */
  readonly nowMs: () => number;
  /** Milliseconds since some fixed moment; never runs backwards. */
  readonly monotonicMs: () => number;
  /** Milliseconds since this computer was started, sleep included; absent where nobody can tell. */
  readonly uptimeMs?: () => number;
};

export type Act = LedgerAct;

export type Ledger = {
  /** The current state, including what another process appended meanwhile. */
  readonly state: () => LedgerState;
  readonly entries: () => StoredEntry[];
  /** Runs a query that only reads. */
  readonly read: <T>(query: (database: DatabaseHandle) => T) => T;
  /**
   * Appends acts durably and in order, all or none. `decide` sees the state as of the append itself, under the write lock,
   * and returns the acts; what it throws refuses the append.
   */
  readonly append: (decide: (state: LedgerState) => readonly Act[]) => StoredEntry[];
  /**
   * Appends acts by the thousand, durably, in order, all or none, while others go on: an act appended meanwhile goes before them.
   * Until it resolves, {@link state} may not tell of all of them yet; what is decided under the lock of `append` always does.
   * @returns false, with nothing recorded, where they no longer held
   */
  readonly appendSeries: (series: ActSeries) => Promise<boolean>;
  /** Server clock minus ours as just measured; stored in every entry until this computer's clock is found set back. */
  readonly setClockOffset: (offsetMs: number) => void;
  /** The same, as another program measured and noted it. */
  readonly takeClockOffset: (noted: Omit<ClockComparison, 'entries' | 'isNoted'>) => void;
  /** The same as it is now; null when it was never measured, or no longer holds. */
  readonly clockOffset: () => number | null;
  readonly newId: () => string;
};

/** The state a ledger adds up to, read entry by entry from the first. */
export function foldLedger(database: DatabaseHandle): LedgerState {
  const state = emptyState(genesisHash);
  follow(state, database);
  return state;
}

/** @throws Problem `store-newer` for an entry that is intact but says something this version does not know. */
function follow(state: LedgerState, database: DatabaseHandle, atMost?: number): number {
  const found = readEntries(database, state.entries, state.headHash, atMost);
  for (const stored of found) {
    try {
      applyEntry(state, stored);
    } catch (error) {
      if (error instanceof ZodError) throw unknownAct(stored.entry.seq, error);
      throw error;
    }
  }
  return found.length;
}

const followedAtOnce = 100;
/** What this many entries leave in the log is more than one step should have to bring into the file. */
const longSeries = 2_000;

export type LedgerOptions = {
  /** Called after a long series, which leaves much in the ledger’s log. Must not throw. */
  readonly settleLog?: () => Promise<void>;
  /** What was read from the same file before, so that it need not be read again. */
  readonly state?: LedgerState;
  /** Called after each append, with the state it led to. Must not throw: the entries are recorded by then. */
  readonly onAppended?: (state: LedgerState) => void;
  /** Told whenever the clocks were compared; null when that no longer holds. Must not throw. */
  readonly onClockCompared?: (compared: ClockComparison | null) => void;
};

export function openLedger(
  database: DatabaseHandle,
  clock: Clock,
  newId: () => string,
  options: LedgerOptions = {},
): Ledger {
  const state = options.state ?? emptyState(genesisHash);
  let compared: ClockComparison | null = null;
  const holdToComparison = (now: ClockComparison | null) => {
    if (compared !== null && now === null) options.onClockCompared?.(null);
    compared = now;
  };
  const catchUp = (): LedgerState => {
    follow(state, database);
    // Another program may have found the clock set back.
    holdToComparison(comparisonInForce(compared, state));
    return state;
  };
  catchUp();
  const uptimeMs = () => clock.uptimeMs?.() ?? null;
  const readClock = () => {
    const wallMs = clock.nowMs();
    if (compared !== null && wasMoved(compared, wallMs, uptimeMs())) holdToComparison(null);
    return {
      wallTime: new Date(wallMs).toISOString(),
      wallMs,
      offsetMs: compared?.offsetMs ?? null,
      monotonicMs: Math.round(clock.monotonicMs()),
    };
  };
  const draftOf = (act: Act): EntryDraft => ({ ...act, id: act.id ?? newId(), tenant: act.tenant ?? null });
  let series: { readonly rollBack: () => void } | null = null;
  /** True while the entries of a series are read bit by bit. */
  let isFollowing = false;
  const append: Ledger['append'] = (decide) => {
    // Nobody waits for a series: it is begun again behind this.
    series?.rollBack();
    const entryClock = readClock();
    let jump: Act | null = null;
    let isPutOff = false;
    const stored = appendEntries(database, entryClock, () => {
      const acts = decide(catchUp());
      assertKeyInForce(state, acts);
      // Read again under the lock, so that no other process's entry can come between the clock and this one.
      const { wallMs } = Object.assign(entryClock, readClock());
      jump = acts.length === 0 ? null : clockJump(state, wallMs);
      if (jump !== null) entryClock.offsetMs = comparisonAcrossJump(compared, state)?.offsetMs ?? null;
      // A checkpoint counts the entries before it, so behind a jump it has to be decided on anew.
      isPutOff = jump !== null && acts.some(({ type }) => type === 'checkpoint');
      return [...(jump ? [jump] : []), ...(isPutOff ? [] : acts)].map(draftOf);
    });
    if (jump !== null) holdToComparison(comparisonAcrossJump(compared, state));
    for (const entry of stored) applyEntry(state, entry);
    if (stored.length > 0) options.onAppended?.(state);
    if (isPutOff) return append(decide);
    return jump ? stored.slice(1) : stored;
  };
  const followInSlices = async (signal: AbortSignal): Promise<void> => {
    isFollowing = true;
    try {
      // Whoever asks next reads the rest.
      while (!signal.aborted && follow(state, database, followedAtOnce) > 0) await turn();
    } finally {
      isFollowing = false;
    }
    holdToComparison(comparisonInForce(compared, state));
    options.onAppended?.(state);
  };
  const appendMany: Ledger['appendSeries'] = async (acts) => {
    if (series !== null || isFollowing)
      throw new Problem('locked', 'Other decisions are being recorded at the moment. Nothing was recorded.', {
        next: 'Wait until they are, then try again.',
      });
    let jump: Act | null = null;
    const recorded = await appendSeries(
      {
        database,
        catchUp,
        draftOf,
        startClock: (now) => {
          const from = readClock();
          jump = clockJump(now, from.wallMs);
          const offsetMs = jump ? (comparisonAcrossJump(compared, now)?.offsetMs ?? null) : undefined;
          // A clock set back while they are written is found by whatever is recorded next.
          const forward = (read: typeof from) => (read.wallMs < from.wallMs ? from : read);
          return {
            first: jump ? [jump] : [],
            clock: () => ({ ...forward(readClock()), ...(offsetMs === undefined ? {} : { offsetMs }) }),
          };
        },
        underWay: (begun) => void (series = begun),
        recorded: () => {
          if (jump !== null) holdToComparison(comparisonAcrossJump(compared, state));
        },
      },
      acts,
    );
    if (recorded === null) return false;
    const settled = recorded < longSeries ? undefined : options.settleLog?.();
    await Promise.all([settled, followInSlices(acts.signal)]);
    return true;
  };
  return {
    newId,
    appendSeries: appendMany,
    state: () => (isFollowing ? state : catchUp()),
    entries: () => readEntries(database, 0, genesisHash),
    read: (query) => query(database),
    setClockOffset: (offsetMs) => {
      const { entries } = catchUp();
      const [atMs, runningMs] = [clock.nowMs(), uptimeMs()];
      const startedMs = runningMs === null ? null : atMs - runningMs;
      compared = { offsetMs, atMs, startedMs, entries, isNoted: false };
      options.onClockCompared?.(compared);
    },
    takeClockOffset: (noted) => {
      compared = { ...noted, entries: state.entries, isNoted: true };
    },
    clockOffset: () => {
      const wallMs = clock.nowMs();
      if (compared !== null && wasMoved(compared, wallMs, uptimeMs())) return null;
      const isSetBack = clockJump(state, wallMs) !== null;
      return (isSetBack ? comparisonAcrossJump(compared, state) : compared)?.offsetMs ?? null;
    },
    append,
  };
}

function unknownAct(seq: number, cause: unknown): Problem {
  return new Problem(
    'store-newer',
    `Entry ${seq} of the decision ledger records an act in a form that this version of Countersign does not know. Nothing was changed.`,
    { next: 'Update Countersign on this computer, then open the workspace again.', cause },
  );
}
