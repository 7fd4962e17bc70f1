// The keys of the findings: moving through the list, and saying what is to become of one.
import { dispositions, type Disposition } from '#shared/model/finding.ts';
import { useShortcuts } from '../../components/keyboard.tsx';
import { movedSelection } from '../../components/selection-move.ts';
import { useSelection } from '../../state/selection.ts';
import { text } from '../../texts/text.ts';
import { dispositionWords } from './finding-rules.ts';

const groupName = () => text('findings:keys.group');

/** @param order ids as they are on screen */
export function useMoveKeys(order: () => readonly string[], open: () => void): void {
  const group = groupName();
  const [next, before] = [text('findings:keys.next'), text('findings:keys.before')];
  const move = (steps: number) => {
    const { selected, select } = useSelection.getState();
    select('findings', movedSelection(order(), selected.findings, steps));
  };
  useShortcuts([
    { keys: 'j', label: next, group, repeats: true, run: () => move(1) },
    { keys: 'k', label: before, group, repeats: true, run: () => move(-1) },
    { keys: 'ArrowDown', label: next, group, repeats: true, run: () => move(1) },
    { keys: 'ArrowUp', label: before, group, repeats: true, run: () => move(-1) },
    { keys: 'Enter', label: text('findings:keys.open'), group, run: open },
  ]);
}

type Acts = {
  dispose: (disposition: Disposition) => void;
  letPass: () => void;
  /** Opens or closes the selected story. */
  expand: () => void;
  /** Asks about any hour of anybody. */
  askWhyNot: () => void;
};

export function useDispositionKeys(dispose: Acts['dispose']): void {
  useShortcuts(dispositionKeys(dispose));
}

function dispositionKeys(dispose: Acts['dispose']) {
  return dispositions.map((disposition) => ({
    keys: dispositionWords[disposition].key,
    label: dispositionWords[disposition].label,
    group: groupName(),
    run: () => dispose(disposition),
  }));
}

export function useActKeys({ dispose, letPass, expand, askWhyNot }: Acts): void {
  const group = groupName();
  useShortcuts([
    ...dispositionKeys(dispose),
    { keys: 'p', label: text('findings:keys.letPass'), group, run: letPass },
    { keys: 'o', label: text('findings:keys.expand'), group, run: expand },
    { keys: 'w', label: text('findings:keys.whyNot'), group, run: askWhyNot },
  ]);
}
