// What the reviewer does in the queue right now: filters, checked items, the decision being written, what may be undone.
import { create } from 'zustand';
import type { DecisionKind } from '#shared/model/review.ts';

export type QueueFilter = 'pending' | 'overdue' | 'second' | 'decided' | 'reviewed' | 'conflict' | 'all';

type QueueView = {
  filter: QueueFilter;
  text: string;
  checked: ReadonlySet<string>;
  /** The dialog that asks for a reason, and the items it is about. */
  draft: { decision: DecisionKind; reviews: readonly string[] } | null;
  /** Items decided in this window, the latest last. */
  decidedHere: readonly string[];
  setFilter: (filter: QueueFilter) => void;
  setText: (text: string) => void;
  setChecked: (checked: ReadonlySet<string>) => void;
  setDraft: (draft: QueueView['draft']) => void;
  setDecidedHere: (decidedHere: readonly string[]) => void;
};

export const useQueueView = create<QueueView>()((set) => ({
  filter: 'pending',
  text: '',
  checked: new Set<string>(),
  draft: null,
  decidedHere: [],
  setFilter: (filter) => set({ filter }),
  setText: (text) => set({ text }),
  setChecked: (checked) => set({ checked }),
  setDraft: (draft) => set({ draft }),
  setDecidedHere: (decidedHere) => set({ decidedHere }),
}));
