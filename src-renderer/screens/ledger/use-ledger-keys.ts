// The keys of the ledger: moving through its entries, reading one, searching.
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useSelection } from '../../state/selection.ts';

type LedgerKeys = {
  /** Ids as they are on screen. */
  order: () => readonly string[];
  open: () => void;
  search: () => void;
};

export function useLedgerKeys({ order, open, search }: LedgerKeys): void {
  const move = (steps: number) => {
    const { selected, select } = useSelection.getState();
    const moved = movedSelection(order(), selected.ledger, steps);
    if (moved !== null) select('ledger', moved);
  };
  const group = 'Ledger';
  useShortcuts([
    { keys: 'j', label: 'Next entry', group, repeats: true, run: () => move(1) },
    { keys: 'k', label: 'Entry before', group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: 'Next entry', group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Entry before', group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: 'Read the entry in full', group, run: open },
    { keys: '/', label: 'Search the ledger', group, run: search },
  ]);
}
