// An act of a person as it goes into the ledger: what the ledger adds by itself is left out.
import type { EntryDraft } from '../store/ledger/entries.ts';

export type LedgerAct = Omit<EntryDraft, 'id' | 'tenant'> & {
  readonly id?: string;
  readonly tenant?: string | null;
};
