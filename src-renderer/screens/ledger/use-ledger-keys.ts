// The keys of the ledger: moving through its entries, reading one, searching.
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';

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
  const group = text('ledger:title');
  useShortcuts([
    { keys: 'j', label: text('ledger:keys.next'), group, repeats: true, run: () => move(1) },
    { keys: 'k', label: text('ledger:keys.before'), group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: text('ledger:keys.next'), group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: text('ledger:keys.before'), group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: text('ledger:keys.read'), group, run: open },
    { keys: '/', label: text('ledger:head.search'), group, run: search },
  ]);
}
