// What a box of cells holds, and what can be done with it.
import { Filter } from 'lucide-react';
import { boxOf, type HeatBrush } from '../../charts/heat-brush.ts';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { hoursOfWeekWords } from '../../charts/hours-of-week.ts';
import { Button } from '../../components/button.tsx';
import { useActivityFilter } from '../../state/activity-filter.ts';
import { text } from '../../texts/text.ts';
import styles from './heatmap-screen.module.css';

type ChosenCellsProps = {
  brush: HeatBrush;
  grid: HeatGrid;
  counts: HeatGrid;
  action: string;
  zone: string;
  onClear: () => void;
};

export function ChosenCells({ brush, grid, counts, action, zone, onClear }: ChosenCellsProps) {
  const setFilter = useActivityFilter((state) => state.set);
  const {
    rows: [top, bottom],
    columns: [first, last],
  } = boxOf(brush);
  const chosen = new Set(grid.rows.slice(top, bottom + 1).map(({ id }) => id));
  const events = counts.rows
    .filter(({ id }) => chosen.has(id))
    .flatMap((row) => Array.from(row.counts.subarray(first, last + 1)))
    .reduce((sum, count) => sum + (Number.isNaN(count) ? 0 : count), 0);
  return (
    <section className={styles.chosen} aria-label={text('heatmap:chosen.label')}>
      <p>
        {text('heatmap:chosen.words', {
          actors: text('heatmap:actors', { count: chosen.size }),
          hours: hoursOfWeekWords(first, last),
          events: text('heatmap:events', { count: events }),
        })}
      </p>
      <Button
        size="small"
        icon={Filter}
        onClick={() =>
          setFilter({
            actors: [...chosen],
            hours: [first, last],
            action: action === '' ? null : action,
            zone,
          })
        }
      >
        {text('heatmap:chosen.filter')}
      </Button>
      <Button size="small" weight="quiet" onClick={onClear}>
        {text('heatmap:chosen.clear')}
      </Button>
    </section>
  );
}
