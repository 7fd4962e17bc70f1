// The keys of the review queue.
import type { RefObject } from 'react';
import { decisionKinds } from '#shared/model/review.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { decisionWords } from '../../domain/decision-words.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';

type QueueKeys = {
  /** Ids of all rows, and of those that are items, in their order on screen. */
  rows: () => readonly string[];
  items: () => readonly string[];
  selectedId: string | null;
  filterInput: RefObject<HTMLInputElement | null>;
  decide: (decision: DecisionKind) => void;
  undo: (() => void) | null;
  toggle: (id: string) => void;
  open: () => void;
  back: () => void;
};

export function useQueueKeys(keys: QueueKeys): void {
  const { rows, items, selectedId, filterInput, decide, undo, toggle, open, back } = keys;
  const select = useSelection((state) => state.select);
  // Asked when the key is pressed: a quick hand is ahead of what was drawn last.
  const current = () => useSelection.getState().selected.queue;
  const move = (order: readonly string[], steps: number) => {
    const moved = movedSelection(order, current(), steps);
    if (moved !== null) select('queue', moved);
  };
  /** From the heading of a group, to the first item below it or the last one above. */
  const moveItem = (steps: number) => {
    const [every, own, from] = [rows(), items(), rows().indexOf(current() ?? '')];
    if (from < 0 || own.includes(current() ?? '')) return move(own, steps);
    const isItem = new Set(own);
    const found =
      steps > 0
        ? every.slice(from + 1).find((id) => isItem.has(id))
        : every.slice(0, Math.max(0, from)).findLast((id) => isItem.has(id));
    if (found !== undefined) select('queue', found);
  };
  const group = text('queue:keys.group');
  const next = text('queue:keys.next');
  const before = text('queue:keys.before');
  useShortcuts([
    { keys: 'j', label: next, group, repeats: true, run: () => moveItem(1) },
    { keys: 'k', label: before, group, repeats: true, run: () => moveItem(-1) },
    { keys: 'ArrowDown', label: next, group, repeats: true, run: () => move(rows(), 1) },
    { keys: 'ArrowUp', label: before, group, repeats: true, run: () => move(rows(), -1) },
    { keys: 'Enter', label: text('queue:keys.open'), group, run: open },
    { keys: 'Escape', label: text('queue:keys.back'), group, run: back },
    ...decisionKinds.map((decision) => ({
      keys: decisionWords[decision].key,
      label: decisionWords[decision].label,
      group,
      run: () => decide(decision),
    })),
    { keys: 'u', label: text('queue:keys.undo'), group, run: () => undo?.() },
    {
      keys: 'x',
      label: text('queue:keys.check'),
      group,
      run: () => {
        if (selectedId !== null) toggle(selectedId);
      },
    },
    { keys: '/', label: text('queue:keys.filter'), group, run: () => filterInput.current?.focus() },
  ]);
}
