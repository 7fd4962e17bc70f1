// The keys of the findings: moving through the list, and saying what is to become of one.
import { dispositions, type Disposition } from '#shared/model/finding.ts';
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useSelection } from '../../state/selection.ts';
import { dispositionWords } from './finding-rules.ts';

const group = 'Findings';

/** @param order ids as they are on screen */
export function useMoveKeys(order: () => readonly string[], open: () => void): void {
  const move = (steps: number) => {
    const { selected, select } = useSelection.getState();
    select('findings', movedSelection(order(), selected.findings, steps));
  };
  useShortcuts([
    { keys: 'j', label: 'Next row', group, repeats: true, run: () => move(1) },
    { keys: 'k', label: 'Row before', group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: 'Next row', group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: 'Row before', group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: 'Read it in full', group, run: open },
  ]);
}

type Acts = {
  dispose: (disposition: Disposition) => void;
  letPass: () => void;
  /** Opens or closes the selected story. */
  expand: () => void;
};

export function useDispositionKeys(dispose: Acts['dispose']): void {
  useShortcuts(dispositionKeys(dispose));
}

function dispositionKeys(dispose: Acts['dispose']) {
  return dispositions.map((disposition) => ({
    keys: dispositionWords[disposition].key,
    label: dispositionWords[disposition].label,
    group,
    run: () => dispose(disposition),
  }));
}

export function useActKeys({ dispose, letPass, expand }: Acts): void {
  useShortcuts([
    ...dispositionKeys(dispose),
    { keys: 'p', label: 'Let pass for a while', group, run: letPass },
    { keys: 'o', label: 'Open or close the story', group, run: expand },
  ]);
}
