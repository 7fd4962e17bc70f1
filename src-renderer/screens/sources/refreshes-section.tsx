// Every refresh there was: how long each took, what it brought, and where the time of the chosen one went.
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { RefreshRecord } from '#shared/model/source-health.ts';
import { DurationColumnsChart, mostColumns } from '../../charts/duration-columns-chart.tsx';
import { DataGrid } from '../../components/data-grid.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useGridTable } from '../../components/grid-table.ts';
import { Panel } from '../../components/panel.tsx';
import { useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { inZone } from '../../domain/zoned-time.ts';
import { text } from '../../texts/text.ts';
import { briefWords } from './brief-words.ts';
import { refreshColumns, refreshLeastWidth, refreshWidths } from './refresh-columns.tsx';
import { RefreshStages } from './refresh-stages.tsx';
import styles from './refreshes-section.module.css';

const mostListed = 500;
const noRefreshes: readonly RefreshRecord[] = [];

export function RefreshesSection({ total }: { total: number }) {
  const { orpc } = useApi();
  const query = useQuery(orpc.sources.refreshes.queryOptions({ input: { limit: mostListed } }));
  const refreshes = query.data?.refreshes ?? noRefreshes;
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = refreshes.find(({ id }) => String(id) === chosen) ?? refreshes[0];
  const table = useGridTable(refreshes, refreshColumns, ({ id }) => String(id));
  const shownId = shown === undefined ? null : String(shown.id);
  return (
    <>
      <Panel
        title={text('sources:refreshes.title')}
        note={text('sources:refreshes.counted', { count: query.data?.total ?? total })}
      >
        <ProblemNotice error={query.error} />
        {query.isPending && <EmptyState title={text('sources:refreshes.reading')} />}
        {query.data?.total === 0 && (
          <EmptyState title={text('sources:refreshes.none')}>
            <p>{text('sources:refreshes.noneHint')}</p>
          </EmptyState>
        )}
        {refreshes.length > 0 && (
          <>
            <Durations refreshes={refreshes} chosen={shownId} onChoose={setChosen} />
            <div className={styles.list} style={{ '--rows': String(refreshes.length + 1) }}>
              <DataGrid
                label={text('sources:refreshes.title')}
                table={table}
                widths={refreshWidths}
                leastWidth={refreshLeastWidth}
                selectedId={shownId}
                onSelect={setChosen}
                empty={null}
              />
            </div>
          </>
        )}
      </Panel>
      {shown !== undefined && <RefreshStages refresh={shown} />}
    </>
  );
}

type DurationsProps = {
  refreshes: readonly RefreshRecord[];
  chosen: string | null;
  onChoose: (id: string) => void;
};

function Durations({ refreshes, chosen, onChoose }: DurationsProps) {
  const zone = useZone();
  const values = useMemo(
    () =>
      refreshes
        .slice(0, mostColumns)
        .toReversed()
        .map(({ id, ms, finishedAt }) => ({
          id: String(id),
          milliseconds: ms,
          title: `${inZone(finishedAt, zone, 'minute')}: ${briefWords(ms)}`,
        })),
    [refreshes, zone],
  );
  const times = values.map(({ milliseconds }) => milliseconds);
  return (
    <DurationColumnsChart
      label={text('sources:refreshes.chart')}
      sentence={text('sources:refreshes.chartRead', {
        count: values.length,
        last: briefWords(times.at(-1) ?? 0),
        longest: briefWords(Math.max(0, ...times)),
      })}
      values={values}
      words={briefWords}
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}
