// Local days by their hours, of everybody or of one actor.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { dayGrid } from '../../charts/heat-grid.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { boundsOf, isBackwards } from '../../domain/period.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { HeatPlot } from './heat-plot.tsx';
import styles from './heatmap-screen.module.css';

const nobodyNamed: ReadonlyMap<string, string> = new Map();

export function DaysView() {
  const { orpc } = useApi();
  const { action, actor, period } = useHeatmapView();
  const { connection } = useStatus();
  const bounds = boundsOf(period, connection?.zone ?? 'UTC');
  const query = useQuery(
    orpc.activity.days.queryOptions({
      input: { ...bounds, ...(action === '' ? {} : { action }), ...(actor === null ? {} : { actor }) },
      placeholderData: keepPreviousData,
      enabled: !isBackwards(period),
    }),
  );
  const days = query.data?.days;
  const grid = useMemo(() => (days === undefined ? null : dayGrid(days)), [days]);
  if (query.isError) return <ProblemNotice error={query.error} />;
  if (query.data === undefined || grid === null) return <EmptyState title={text('heatmap:loading')} />;
  const { zone, total, from, to } = query.data;
  return (
    <HeatPlot
      kind="days"
      grid={grid}
      counts={{ grid, weeks: 1 }}
      before={null}
      names={nobodyNamed}
      zone={zone}
      bounds={bounds}
      summary={
        <p className={styles.note}>
          <Rich
            of="heatmap:summaryDays"
            values={{
              events: text('heatmap:events', { count: total }),
              days: text('heatmap:days', { count: grid.rows.length }),
              zone,
            }}
            parts={{ from: <InstantText instant={from} />, to: <InstantText instant={to} /> }}
          />
        </p>
      }
    />
  );
}
