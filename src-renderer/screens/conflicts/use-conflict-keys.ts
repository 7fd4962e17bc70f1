// The keys of the conflicts: moving through the list, closing with a note, printing both sides.
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useSelection } from '../../state/selection.ts';

type ConflictKeys = {
  /** Ids as they are on screen. */
  order: () => readonly string[];
  open: () => void;
  close: () => void;
  print: () => void;
};

export function useConflictKeys({ order, open, close, print }: ConflictKeys): void {
  const move = (steps: number) => {
    const { selected, select } = useSelection.getState();
    const moved = movedSelection(order(), selected.conflicts, steps);
    if (moved !== null) select('conflicts', moved);
  };
  const group = 'Conflicts';
  useShortcuts([
    { keys: 'j', label: 'Next conflict', group, repeats: true, run: () => move(1) },
    { keys: 'k', label: 'Conflict before', group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: 'Next conflict', group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Conflict before', group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: 'Read both sides', group, run: open },
    { keys: 'x', label: 'Close with a note', group, run: close },
    { keys: 'p', label: 'Print both sides', group, run: print },
  ]);
}
