// Who is active when: actors by hour of the week, in the workspace's zone, with the events behind every cell.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import type { Heatmap } from '#shared/model/workspace.ts';
import { coveredHours } from '#shared/time/covered-hours.ts';
import { HeatChart } from '../../charts/heat-chart.tsx';
import { heatColour } from '../../charts/heat-colour.ts';
import type { HeatCellAt } from '../../charts/heat-geometry.ts';
import { heatGrid, hourOfWeekWords } from '../../charts/heat-grid.ts';
import type { HeatGrid } from '../../charts/heat-grid.ts';
import { HeatLegend } from '../../charts/heat-legend.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SelectField } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { shortened } from '../../components/shortened.ts';
import { visibleText } from '../../components/visible-text.ts';
import { useApi } from '../../domain/api.ts';
import { countWords, formatCount } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { quoted } from '../../domain/event-words.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { useTheme } from '../../state/theme.ts';
import { CellEvents } from './cell-events.tsx';
import { ExportHeatmap } from './export-heatmap.tsx';
import { HeatTable } from './heat-table.tsx';
import styles from './heatmap-screen.module.css';

/** So many actors are asked for at once, and so many at most. */
const actorsAtOnce = 500;
const mostActors = 10_000;

/** A list of choices is as wide as its widest. */
const mostInOption = 80;

const forms = [
  { value: 'chart', label: 'Heatmap' },
  { value: 'table', label: 'Table' },
] as const;

export function HeatmapScreen() {
  const { orpc } = useApi();
  const { action, form, setAction, setForm } = useHeatmapView();
  const actions = useQuery(orpc.activity.actions.queryOptions());
  const [top, setTop] = useState(actorsAtOnce);
  const heatmap = useQuery(
    orpc.activity.heatmap.queryOptions({
      input: { rows: 'actor', top, ...(action === '' ? {} : { action }) },
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>Activity by hour of the week</h1>
        <div className={styles.controls}>
          <SelectField label="Action" value={action} onChange={(event) => setAction(event.target.value)}>
            <option value="">All actions</option>
            {actions.data?.map((entry) => (
              <option key={entry.action} value={entry.action}>
                {`${shortened(visibleText(entry.action), mostInOption)} (${formatCount(entry.count)})`}
              </option>
            ))}
          </SelectField>
          <Segmented label="Form" value={form} choices={forms} onChange={setForm} />
          <ExportHeatmap action={action} top={top} />
        </div>
      </header>
      {heatmap.isError && <ProblemNotice error={heatmap.error} />}
      {heatmap.isPending && <EmptyState title="Adding up the hours…" />}
      {heatmap.data !== undefined && (
        <Loaded heatmap={heatmap.data} onMore={top < mostActors ? () => setTop(top + actorsAtOnce) : null} />
      )}
    </div>
  );
}

/** Names of actors, where the source records any. */
function namesOf({ rows }: Heatmap): ReadonlyMap<string, string> {
  return new Map(rows.flatMap(({ actor, actorName }) => (actorName === null ? [] : [[actor, actorName]])));
}

/** `onMore` asks for further actors; null when no more can be had. */
type LoadedProps = { heatmap: Heatmap; onMore: (() => void) | null };

function Loaded({ heatmap, onMore }: LoadedProps) {
  const status = useStatus();
  const from = heatmap.from ?? status.firstEventAt;
  const to = heatmap.to ?? status.lastRefresh?.asOf ?? null;
  const { action, form, open, setOpen } = useHeatmapView();
  const theme = useTheme((state) => state.theme);
  const grid = useMemo(() => heatGrid(heatmap.rows), [heatmap]);
  const names = useMemo(() => namesOf(heatmap), [heatmap]);
  const covered = useMemo(() => coveredHours(from, to, heatmap.zone), [from, to, heatmap.zone]);
  const colour = useMemo(() => heatColour(theme, grid.highest), [theme, grid]);
  const [cursor, setCursor] = useState<HeatCellAt | null>(null);
  const readOutId = useId();
  const openAt = (cell: HeatCellAt) => {
    const row = grid.rows[cell.row];
    setCursor(cell);
    if (row !== undefined) setOpen({ actor: row.actor, hourOfWeek: cell.hour });
  };
  return (
    <>
      <output id={readOutId} className={styles.readOut} aria-label="Cell">
        {readOut(grid, names, covered, cursor, heatmap.zone)}
      </output>
      <div className={styles.line}>
        <p className={styles.note}>
          {countWords(heatmap.total, 'event')} of {countWords(grid.rows.length + heatmap.otherRows, 'actor')},
          hours in {heatmap.zone}, from <InstantText instant={from} /> to <InstantText instant={to} />
        </p>
        {heatmap.otherRows > 0 && (
          <p className={styles.note}>
            Not shown: {countWords(heatmap.otherTotal, 'event')} of {countWords(heatmap.otherRows, 'actor')}{' '}
            less active{' '}
            {onMore !== null && (
              <Button size="small" onClick={onMore}>
                Show more actors
              </Button>
            )}
          </p>
        )}
        <HeatLegend highest={grid.highest} hasGaps={covered.includes(false)} colour={colour} />
      </div>
      <div className={styles.plot}>
        {grid.rows.length === 0 ? (
          <EmptyState title="No events in this selection" />
        ) : form === 'chart' ? (
          <HeatChart
            label="Heatmap of actors by hour of the week"
            describedBy={readOutId}
            grid={grid}
            names={names}
            covered={covered}
            colour={colour}
            cursor={cursor}
            onCursor={setCursor}
            onOpen={openAt}
          />
        ) : (
          <HeatTable grid={grid} names={names} onOpen={setOpen} />
        )}
      </div>
      {open !== null && (
        <CellEvents
          cell={open}
          name={names.get(open.actor) ?? null}
          action={action}
          zone={heatmap.zone}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function readOut(
  grid: HeatGrid,
  names: ReadonlyMap<string, string>,
  covered: readonly boolean[],
  cursor: HeatCellAt | null,
  zone: string,
): string {
  const row = cursor === null ? undefined : grid.rows[cursor.row];
  if (cursor === null || row === undefined) {
    return 'Point at a cell, or move with the arrow keys; Enter shows its events.';
  }
  const name = names.get(row.actor);
  const actor = [name, row.actor].filter((part) => part !== undefined && part !== '');
  const who = actor.length === 0 ? 'Unattributed' : actor.map((part) => quoted(part ?? '')).join(' ');
  const count = row.counts[cursor.hour] ?? 0;
  const amount = covered[cursor.hour] === true ? countWords(count, 'event') : 'not covered by the data';
  return `${who} · ${hourOfWeekWords(cursor.hour)} (${zone}) · ${amount}`;
}
