// What the reviewer does in the queue right now: filters, checked items, the decision being written, what may be undone.
import { create } from 'zustand';
import type { DecisionKind } from '#shared/model/review.ts';
import type { QueueGrouping, QueueSort, QueueTab } from '#shared/model/triage.ts';

export type QueueFilter = QueueTab;

/** An item as the person sees it: what it says, and which decision stands. */
export type ShownItem = {
  readonly id: string;
  /** Digest of what is shown. */
  readonly shown: string;
  /** Id of the decision shown as standing; null for none. */
  readonly standing: string | null;
};

/** How the list is narrowed and ordered: what a saved view keeps. */
export type QueueChoice = { filter: QueueFilter; text: string; sort: QueueSort; grouping: QueueGrouping };

/** The parts of an item in full that open and close. */
export const detailParts = [
  'findings',
  'usual',
  'earlier',
  'peers',
  'nearby',
  'event',
  'item',
  'decisions',
  'history',
] as const;
export type DetailPart = (typeof detailParts)[number];

type QueueView = QueueChoice & {
  /** Keys of groups whose items are folded away. */
  folded: ReadonlySet<string>;
  closedParts: ReadonlySet<DetailPart>;
  checked: ReadonlySet<string>;
  /** The dialog that asks for a reason, and the items it is about, as they stood when it was opened. */
  draft: { decision: DecisionKind; reviews: readonly ShownItem[] } | null;
  /** Items decided in this window, the latest last. */
  decidedHere: readonly string[];
  setFilter: (filter: QueueFilter) => void;
  setText: (text: string) => void;
  choose: (choice: Partial<QueueChoice>) => void;
  fold: (group: string, isFolded: boolean) => void;
  togglePart: (part: DetailPart) => void;
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

const closedPartsKey = 'countersign.queue-closed-parts';

function keptClosedParts(): ReadonlySet<DetailPart> {
  const kept = new Set((globalThis.localStorage?.getItem(closedPartsKey) ?? '').split(' '));
  return new Set(detailParts.filter((part) => kept.has(part)));
}

export const useQueueView = create<QueueView>()((set) => ({
  filter: 'pending',
  text: '',
  sort: 'urgency',
  grouping: 'none',
  folded: new Set<string>(),
  closedParts: keptClosedParts(),
  checked: new Set<string>(),
  draft: null,
  decidedHere: keptDecidedHere(),
  setFilter: (filter) => set({ filter }),
  setText: (text) => set({ text }),
  choose: (choice) => set('grouping' in choice ? { ...choice, folded: new Set<string>() } : choice),
  fold: (group, isFolded) =>
    set(({ folded }) => {
      const next = new Set(folded);
      if (isFolded) next.add(group);
      else next.delete(group);
      return { folded: next };
    }),
  togglePart: (part) =>
    set(({ closedParts }) => {
      const next = new Set(closedParts);
      if (!next.delete(part)) next.add(part);
      globalThis.localStorage?.setItem(closedPartsKey, [...next].join(' '));
      return { closedParts: next };
    }),
  setChecked: (checked) => set({ checked }),
  setDraft: (draft) => set({ draft }),
  setDecidedHere: (decidedHere) => {
    keepDecidedHere(decidedHere);
    set({ decidedHere });
  },
}));
