// Who is active when: by hour of the week, by day, by action; each cell with the events behind it.
import { text } from '../../texts/text.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { ActionsView } from './actions-view.tsx';
import { DaysView } from './days-view.tsx';
import { HeatmapControls } from './heatmap-controls.tsx';
import styles from './heatmap-screen.module.css';
import { WeekView } from './week-view.tsx';

export function HeatmapScreen() {
  const view = useHeatmapView((state) => state.view);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{text(`heatmap:title.${view}`)}</h1>
        <HeatmapControls />
      </header>
      {view === 'week' && <WeekView />}
      {view === 'days' && <DaysView />}
      {view === 'actions' && <ActionsView />}
    </div>
  );
}
