// Actors by the hours of the week: the counts of a period, or what changed since an earlier one.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { coveredHours } from '#shared/time/covered-hours.ts';
import type { Heatmap } from '#shared/model/workspace.ts';
import { changeGrid, type HeatPeriod } from '../../charts/heat-change.ts';
import { weekGrid } from '../../charts/heat-grid.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { boundsOf, isBackwards, weeksBetween } from '../../domain/period.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { useHeatmapView, type Period } from '../../state/heatmap-view.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { ExportHeatmap } from './export-heatmap.tsx';
import { HeatPlot } from './heat-plot.tsx';
import styles from './heatmap-screen.module.css';

/** So many actors are asked for at once, and so many at most. */
const actorsAtOnce = 500;
const mostActors = 10_000;

export function WeekView() {
  const { action, period, before } = useHeatmapView();
  const [top, setTop] = useState(actorsAtOnce);
  const now = useWeeks(period, top, true);
  const past = useWeeks(before ?? period, mostActors, before !== null);
  const change = useMemo(
    () =>
      now.counted === null || past.counted === null || before === null
        ? null
        : changeGrid(now.counted, past.counted),
    [now.counted, past.counted, before],
  );
  const error = now.query.error ?? past.query.error;
  if (error !== null) return <ProblemNotice error={error} />;
  if (now.counted === null || (before !== null && past.counted === null))
    return <EmptyState title={text('heatmap:loading')} />;
  const { counted } = now;
  return (
    <HeatPlot
      kind="week"
      grid={change ?? counted.grid}
      counts={counted}
      before={change === null ? null : past.counted}
      names={counted.names}
      zone={counted.zone}
      bounds={counted.bounds}
      summary={
        <>
          <p className={styles.note}>
            {change === null || past.counted === null ? (
              <Rich
                of="heatmap:summary"
                values={{
                  events: text('heatmap:events', { count: counted.total }),
                  actors: text('heatmap:actors', { count: counted.grid.rows.length + counted.otherRows }),
                  zone: counted.zone,
                }}
                parts={{
                  from: <InstantText instant={counted.from} />,
                  to: <InstantText instant={counted.to} />,
                }}
              />
            ) : (
              <Rich
                of="heatmap:summaryChange"
                values={{
                  now: text('heatmap:events', { count: counted.total }),
                  before: text('heatmap:events', { count: past.counted.total }),
                  zone: counted.zone,
                }}
                parts={{
                  from: <InstantText instant={counted.from} />,
                  to: <InstantText instant={counted.to} />,
                  beforeFrom: <InstantText instant={past.counted.from} />,
                  beforeTo: <InstantText instant={past.counted.to} />,
                }}
              />
            )}
          </p>
          {counted.otherRows > 0 && (
            <p className={styles.note}>
              {text('heatmap:otherActors', {
                events: text('heatmap:events', { count: counted.otherTotal }),
                actors: text('heatmap:actors', { count: counted.otherRows }),
              })}{' '}
              {top < mostActors && (
                <Button size="small" onClick={() => setTop(top + actorsAtOnce)}>
                  {text('heatmap:moreActors')}
                </Button>
              )}
            </p>
          )}
          {change === null && counted.bounds.from === undefined && counted.bounds.to === undefined && (
            <ExportHeatmap action={action} top={top} />
          )}
        </>
      }
    />
  );
}

/** One period as it was counted: what it covers, its rows, and who they are. */
export type CountedWeeks = HeatPeriod & {
  zone: string;
  from: string | null;
  to: string | null;
  bounds: ReturnType<typeof boundsOf>;
  total: number;
  otherRows: number;
  otherTotal: number;
  /** Names of actors, where they are recorded. */
  names: ReadonlyMap<string, string>;
};

function useWeeks(period: Period, top: number, isWanted: boolean) {
  const { orpc } = useApi();
  const status = useStatus();
  const action = useHeatmapView((state) => state.action);
  const bounds = boundsOf(period, status.connection?.zone ?? 'UTC');
  const query = useQuery(
    orpc.activity.heatmap.queryOptions({
      input: { rows: 'actor', top, ...bounds, ...(action === '' ? {} : { action }) },
      placeholderData: keepPreviousData,
      enabled: isWanted && !isBackwards(period),
    }),
  );
  const { firstEventAt, lastRefresh } = status;
  const asOf = lastRefresh?.asOf ?? null;
  const counted = useMemo(
    () => (query.data === undefined ? null : countedWeeks(query.data, firstEventAt, asOf)),
    [query.data, firstEventAt, asOf],
  );
  return { query, counted };
}

/** A period covers what lies between the first event and the as-of, however early or late it was asked for. */
function countedWeeks(heatmap: Heatmap, firstEventAt: string | null, asOf: string | null): CountedWeeks {
  const { zone, rows, total, otherRows, otherTotal } = heatmap;
  const from = latest(heatmap.from, firstEventAt);
  const to = earliest(heatmap.to, asOf);
  const bounds = {
    ...(heatmap.from === null ? {} : { from: heatmap.from }),
    ...(heatmap.to === null ? {} : { to: heatmap.to }),
  };
  return {
    zone,
    from,
    to,
    bounds,
    total,
    otherRows,
    otherTotal,
    grid: weekGrid(rows, coveredHours(from, to, zone)),
    weeks: from === null || to === null ? 1 : Math.max(weeksBetween(from, to), 1 / 168),
    names: new Map(rows.flatMap(({ actor, actorName }) => (actorName === null ? [] : [[actor, actorName]]))),
  };
}

const latest = (one: string | null, other: string | null) =>
  one === null || (other !== null && Date.parse(other) > Date.parse(one)) ? other : one;
const earliest = (one: string | null, other: string | null) =>
  one === null || (other !== null && Date.parse(other) < Date.parse(one)) ? other : one;
