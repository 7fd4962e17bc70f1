// How findings are listed: ours by case, by actor and day or one by one, or those of the source's own scorer.
import { Segmented } from '../../components/segmented.tsx';
import { groupings, useFindingsView } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';

export function FindingsGrouping() {
  const { grouping, setGrouping } = useFindingsView();
  const choices = groupings.map((value) => ({ value, label: text(`findings:group.${value}`) }));
  return (
    <Segmented
      label={text('findings:group.label')}
      value={grouping}
      choices={choices}
      onChange={setGrouping}
    />
  );
}
