// The keys of the review queue.
import type { RefObject } from 'react';
import { decisionKinds } from '#shared/model/review.ts';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { decisionWords } from '../../domain/decision-words.ts';
import { announce, dismissNotice } from '../../state/dialogs.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { useSelection } from '../../state/selection.ts';
import { refusalToJoin } from './queue-rules.ts';

const notJoining = 'selection';

/** Puts an item into the selection or takes it out; says why when it may not join. */
export function useToggleChecked(reviews: readonly Review[]): (id: string) => void {
  const { checked, setChecked } = useQueueView();
  return (id) => {
    const candidate = reviews.find((review) => review.id === id);
    if (candidate === undefined) return;
    const next = new Set(checked);
    if (next.delete(id)) {
      setChecked(next);
      return;
    }
    const refusal = refusalToJoin(
      reviews.filter((review) => checked.has(review.id)),
      candidate,
    );
    if (refusal === null) {
      dismissNotice(notJoining);
      setChecked(next.add(id));
    } else {
      announce({ id: notJoining, tone: 'info', message: refusal, next: null });
    }
  };
}

type QueueKeys = {
  order: readonly Review[];
  selectedId: string | null;
  filterInput: RefObject<HTMLInputElement | null>;
  decide: (decision: DecisionKind) => void;
  undo: (() => void) | null;
  toggle: (id: string) => void;
  open: () => void;
};

export function useQueueKeys({
  order,
  selectedId,
  filterInput,
  decide,
  undo,
  toggle,
  open,
}: QueueKeys): void {
  const select = useSelection((state) => state.select);
  const move = (steps: number) => {
    const ids = order.map((review) => review.id);
    const moved = movedSelection(ids, selectedId, steps);
    if (moved !== null) select('queue', moved);
  };
  const group = 'Review queue';
  useShortcuts([
    { keys: 'j', label: 'Next item', group, repeats: true, run: () => move(1) },
    { keys: 'k', label: 'Item before', group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: 'Next item', group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Item before', group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: 'Read the item in full', group, run: open },
    ...decisionKinds.map((decision) => ({
      keys: decisionWords[decision].key,
      label: decisionWords[decision].label,
      group,
      run: () => decide(decision),
    })),
    { keys: 'u', label: 'Undo, until it is sent', group, run: () => undo?.() },
    {
      keys: 'x',
      label: 'Select for a decision together',
      group,
      run: () => {
        if (selectedId !== null) toggle(selectedId);
      },
    },
    { keys: '/', label: 'Filter items', group, run: () => filterInput.current?.focus() },
  ]);
}
