// While items are checked: of which action they are, and the decisions about all of them.
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { SelectionBar } from '../../domain/selection-bar.tsx';
import { useQueueView } from '../../state/queue-view.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';

type CheckedBarProps = {
  checked: readonly Review[];
  /** How many of them the list does not show at present. */
  hidden: number;
  isBusy: boolean;
  onDecide: (decision: DecisionKind) => void;
};

export function CheckedBar({ checked, ...rest }: CheckedBarProps) {
  const setChecked = useQueueView((state) => state.setChecked);
  const [first] = checked;
  if (first === undefined) return null;
  return (
    <SelectionBar {...rest} onClear={() => setChecked(new Set())}>
      <Rich
        of="queue:selection.of"
        values={{ items: text('queue:items', { count: checked.length }) }}
        parts={{ strong: <strong />, action: <Verbatim value={first.action} most={40} /> }}
      />
    </SelectionBar>
  );
}
