// Says on every screen that the heatmap narrows what is listed, and lifts it.
import { Filter } from 'lucide-react';
import { hoursOfWeekWords } from '../charts/hours-of-week.ts';
import { Button } from '../components/button.tsx';
import { visibleText } from '../components/visible-text.ts';
import { useActivityFilter } from '../state/activity-filter.ts';
import { text } from '../texts/text.ts';
import styles from './activity-filter-banner.module.css';

export function ActivityFilterBanner() {
  const { filter, set } = useActivityFilter();
  if (filter === null) return null;
  const { actors, hours, action, zone } = filter;
  return (
    <section className={styles.banner} aria-label={text('heatmap:filter.label')}>
      <Filter size={14} aria-hidden="true" />
      <p>
        {text('heatmap:filter.words', {
          who:
            actors.length === 0
              ? text('heatmap:filter.everybody')
              : text('heatmap:actors', { count: actors.length }),
          hours:
            hours === null
              ? text('heatmap:filter.anyHour')
              : `${hoursOfWeekWords(hours[0], hours[1])} (${zone})`,
          action: action === null ? '' : text('heatmap:filter.onlyAction', { action: visibleText(action) }),
        })}
      </p>
      <Button size="small" onClick={() => set(null)}>
        {text('heatmap:filter.lift')}
      </Button>
    </section>
  );
}
