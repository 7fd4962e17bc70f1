// The keys of the conflicts: moving through the list, closing with a note, printing both sides.
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';

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
  const group = text('conflicts:title');
  useShortcuts([
    { keys: 'j', label: text('conflicts:keys.next'), group, repeats: true, run: () => move(1) },
    { keys: 'k', label: text('conflicts:keys.before'), group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: text('conflicts:keys.next'), group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: text('conflicts:keys.before'), group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: text('conflicts:keys.read'), group, run: open },
    { keys: 'x', label: text('conflicts:act.close'), group, run: close },
    { keys: 'p', label: text('conflicts:keys.print'), group, run: print },
  ]);
}
