// A heatmap with its summary, its legend, the cell in hand in words, what is chosen, and the events of an opened cell.
import { useId, useMemo, useState, type ReactNode } from 'react';
import { changePaint, type HeatPeriod } from '../../charts/heat-change.ts';
import { heatPaint } from '../../charts/heat-colour.ts';
import type { HeatBrush } from '../../charts/heat-brush.ts';
import { HeatChart } from '../../charts/heat-chart.tsx';
import type { HeatCellAt } from '../../charts/heat-geometry.ts';
import { hasGaps, type HeatGrid, type HeatRow } from '../../charts/heat-grid.ts';
import { ChangeLegend, CountLegend } from '../../charts/heat-legend.tsx';
import { inOrder } from '../../charts/heat-order.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { visibleText } from '../../components/visible-text.ts';
import type { Bounds } from '../../domain/period.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { useTheme } from '../../state/theme.ts';
import { text } from '../../texts/text.ts';
import { CellEvents } from './cell-events.tsx';
import { cellAt, type CellAt, type HeatKind } from './cell-at.ts';
import { CellReadOut } from './cell-read-out.tsx';
import { ChosenCells } from './chosen-cells.tsx';
import { HeatTable } from './heat-table.tsx';
import styles from './heatmap-screen.module.css';
import { useCellLedTo } from './use-cell-led-to.ts';

export type HeatPlotProps = {
  kind: HeatKind;
  /** What is painted: counts, or how they changed. */
  grid: HeatGrid;
  /** The counts of the period, and of the one it is compared with. */
  counts: HeatPeriod;
  before: HeatPeriod | null;
  /** Names of actors, where they are recorded. */
  names: ReadonlyMap<string, string>;
  zone: string;
  bounds: Bounds;
  summary: ReactNode;
};

export function HeatPlot({ kind, grid: given, counts, before, names, zone, bounds, summary }: HeatPlotProps) {
  const { action, form, scale, order, zoom, zoomBy } = useHeatmapView();
  const theme = useTheme((state) => state.theme);
  const [brush, setBrush] = useState<HeatBrush | null>(null);
  const readOutId = useId();
  const grid = useMemo(
    () => (kind === 'week' ? inOrder(given, order, (row) => names.get(row.id) ?? row.id) : given),
    [kind, given, order, names],
  );
  const ledTo = useCellLedTo(kind, grid);
  const [cursor, setCursor] = useState<HeatCellAt | null>(ledTo?.cursor ?? null);
  const [open, setOpen] = useState<CellAt | null>(ledTo?.open ?? null);
  const paint = useMemo(
    () => (before === null ? heatPaint(theme, scale, given.highest) : changePaint(theme)),
    [before, theme, scale, given],
  );
  const isGapped = useMemo(() => hasGaps(given), [given]);
  const openAt = (at: HeatCellAt) => {
    const cell = cellAt(kind, grid, at);
    setCursor(at);
    if (cell !== null) setOpen(cell);
  };
  return (
    <>
      <output id={readOutId} className={styles.readOut} aria-label={text('heatmap:cell')}>
        <CellReadOut shown={{ kind, grid, counts, before, zone }} cursor={cursor} names={names} />
      </output>
      <div className={styles.line}>
        {summary}
        {before === null ? (
          <CountLegend scale={scale} highest={given.highest} hasGaps={isGapped} paint={paint} />
        ) : (
          <ChangeLegend paint={paint} hasGaps={isGapped} />
        )}
      </div>
      {brush !== null && kind === 'week' && (
        <ChosenCells
          brush={brush}
          grid={grid}
          counts={counts.grid}
          action={action}
          zone={zone}
          onClear={() => setBrush(null)}
        />
      )}
      <div className={styles.plot}>
        {grid.rows.length === 0 ? (
          <EmptyState title={text('heatmap:none')} />
        ) : form === 'chart' ? (
          <HeatChart
            label={text(before === null ? `heatmap:chart.${kind}` : 'heatmap:chart.change')}
            describedBy={readOutId}
            grid={grid}
            labelOf={(row) => rowLabel(row, kind, names)}
            paint={paint}
            zoom={zoom}
            onZoom={zoomBy}
            cursor={cursor}
            onCursor={setCursor}
            brush={brush}
            onBrush={setBrush}
            onOpen={openAt}
          />
        ) : (
          <HeatTable kind={kind} grid={grid} isChange={before !== null} names={names} onOpen={setOpen} />
        )}
      </div>
      {open !== null && (
        <CellEvents
          cell={open}
          name={open.kind === 'week' ? (names.get(open.actor) ?? null) : null}
          action={action}
          bounds={bounds}
          zone={zone}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function rowLabel({ id, total }: HeatRow, kind: HeatKind, names: ReadonlyMap<string, string>) {
  const name = kind === 'days' ? id : id === '' ? text('heatmap:unattributed') : (names.get(id) ?? id);
  const events = text('heatmap:events', { count: total });
  return {
    name,
    title: text('heatmap:rowTitle', {
      name: visibleText(name),
      id: visibleText(name === id ? '' : id),
      events,
    }),
  };
}
