// The ledger as the rest of the workstation sees it: append acts of people, read the state they add up to.
import { genesisHash } from '../evidence/entry-hash.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { appendEntries, readEntries, type EntryDraft, type StoredEntry } from '../store/ledger/entries.ts';
import { applyEntry, emptyState, type LedgerState } from './projection.ts';

export type Clock = {
  /** Milliseconds since the epoch by this computer's clock. */
  readonly nowMs: () => number;
  /** Milliseconds since some fixed moment; never runs backwards. */
  readonly monotonicMs: () => number;
};

export type Act = Omit<EntryDraft, 'id' | 'tenant'> & {
  readonly id?: string;
  readonly tenant?: string | null;
};

export type Ledger = {
  /** The current state, including what another process appended meanwhile. */
  readonly state: () => LedgerState;
  readonly entries: () => StoredEntry[];
  /**
   * Appends acts durably and in order, all or none. `decide` sees the state as of the append itself, under the write lock,
   * and returns the acts; what it throws refuses the append.
   */
  readonly append: (decide: (state: LedgerState) => readonly Act[]) => StoredEntry[];
  /** Server clock minus ours as last measured; stored in every entry. */
  readonly setClockOffset: (offsetMs: number) => void;
  readonly newId: () => string;
};

export function openLedger(database: DatabaseHandle, clock: Clock, newId: () => string): Ledger {
  const state = emptyState(genesisHash);
  let offsetMs: number | null = null;
  const catchUp = (): LedgerState => {
    for (const stored of readEntries(database, state.entries, state.headHash)) applyEntry(state, stored);
    return state;
  };
  catchUp();
  return {
    newId,
    state: catchUp,
    entries: () => readEntries(database, 0, genesisHash),
    setClockOffset: (value) => {
      offsetMs = value;
    },
    append: (decide) => {
      const wallMs = clock.nowMs();
      const entryClock = {
        wallTime: new Date(wallMs).toISOString(),
        wallMs,
        offsetMs,
        monotonicMs: Math.round(clock.monotonicMs()),
      };
      const stored = appendEntries(database, entryClock, () =>
        decide(catchUp()).map((act) => ({ ...act, id: act.id ?? newId(), tenant: act.tenant ?? null })),
      );
      for (const entry of stored) applyEntry(state, entry);
      return stored;
    },
  };
}
