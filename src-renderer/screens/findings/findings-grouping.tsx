// How findings are listed: ours by case or one by one, or those of the source's own scorer.
import { Segmented } from '../../components/segmented.tsx';
import { useFindingsView } from '../../state/findings-view.ts';

const groupings = [
  { value: 'story', label: 'By case' },
  { value: 'finding', label: 'By finding' },
  { value: 'source', label: 'The source’s own' },
] as const;

export function FindingsGrouping() {
  const { grouping, setGrouping } = useFindingsView();
  return <Segmented label="Group" value={grouping} choices={groupings} onChange={setGrouping} />;
}
