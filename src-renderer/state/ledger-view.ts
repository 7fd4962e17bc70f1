// What of the ledger is looked at: its entries, narrowed, or its checks and copies.
import { create } from 'zustand';
import type { LedgerEntryType } from '#shared/model/evidence.ts';

export type LedgerPart = 'entries' | 'checks';

type LedgerView = {
  part: LedgerPart;
  /** Null is every kind. */
  type: LedgerEntryType | null;
  /** A reviewer id, empty for the workstation itself; null is everybody. */
  actor: string | null;
  text: string;
  setPart: (part: LedgerPart) => void;
  setType: (type: LedgerEntryType | null) => void;
  setActor: (actor: string | null) => void;
  setText: (text: string) => void;
};

export const useLedgerView = create<LedgerView>()((set) => ({
  part: 'entries',
  type: null,
  actor: null,
  text: '',
  setPart: (part) => set({ part }),
  setType: (type) => set({ type }),
  setActor: (actor) => set({ actor }),
  setText: (text) => set({ text }),
}));
