// What the reviewer does in the queue right now: filters, checked items, the decision being written, what may be undone.
import { create } from 'zustand';
import type { DecisionKind } from '#shared/model/review.ts';

export type QueueFilter =
  'pending' | 'overdue' | 'second' | 'decided' | 'reviewed' | 'gone' | 'conflict' | 'all';

/** An item as the person sees it: what it says, and which decision stands. */
export type ShownItem = {
  readonly id: string;
  /** Digest of what is shown. */
  readonly shown: string;
  /** Id of the decision shown as standing; null for none. */
  readonly standing: string | null;
};

type QueueView = {
  filter: QueueFilter;
  text: string;
  checked: ReadonlySet<string>;
  /** The dialog that asks for a reason, and the items it is about, as they stood when it was opened. */
  draft: { decision: DecisionKind; reviews: readonly ShownItem[] } | null;
  /** Items decided in this window, the latest last. */
  decidedHere: readonly string[];
  setFilter: (filter: QueueFilter) => void;
  setText: (text: string) => void;
  setChecked: (checked: ReadonlySet<string>) => void;
  setDraft: (draft: QueueView['draft']) => void;
  setDecidedHere: (decidedHere: readonly string[]) => void;
};

const decidedHereKey = 'countersign.decided-here';
/** Enough to take back what somebody still remembers. */
const mostKept = 200;

/** A reload of the window forgets nothing that can be undone; what is stored is checked against the queue before it is offered. */
function keptDecidedHere(): readonly string[] {
  const kept = globalThis.sessionStorage?.getItem(decidedHereKey) ?? '';
  return kept === '' ? [] : kept.split('\n');
}

function keepDecidedHere(decidedHere: readonly string[]): void {
  globalThis.sessionStorage?.setItem(decidedHereKey, decidedHere.slice(-mostKept).join('\n'));
}

export const useQueueView = create<QueueView>()((set) => ({
  filter: 'pending',
  text: '',
  checked: new Set<string>(),
  draft: null,
  decidedHere: keptDecidedHere(),
  setFilter: (filter) => set({ filter }),
  setText: (text) => set({ text }),
  setChecked: (checked) => set({ checked }),
  setDraft: (draft) => set({ draft }),
  setDecidedHere: (decidedHere) => {
    keepDecidedHere(decidedHere);
    set({ decidedHere });
  },
}));
