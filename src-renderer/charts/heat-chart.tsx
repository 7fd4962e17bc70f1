// The heatmap with its axes, its cell cursor and its brush, for the pointer and for the keyboard.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { HeatAxis, HeatLabels, HeatOverlay, type RowLabel } from './heat-axis.tsx';
import { boxOf, isOneCell, type HeatBrush } from './heat-brush.ts';
import { HeatCanvas } from './heat-canvas.tsx';
import styles from './heat-chart.module.css';
import type { HeatPaint } from './heat-colour.ts';
import { cellAtPoint, heatLayout, movedCell, type HeatCellAt } from './heat-geometry.ts';
import type { HeatGrid, HeatRow } from './heat-grid.ts';
import { useWidth } from './use-width.ts';

/** Room at the right for the frame of the last cell and the scroll bar. */
const edge = 18;

type HeatChartProps = {
  label: string;
  describedBy: string;
  grid: HeatGrid;
  labelOf: (row: HeatRow) => RowLabel;
  paint: HeatPaint;
  zoom: number;
  onZoom: (step: 1 | -1) => void;
  cursor: HeatCellAt | null;
  onCursor: (cell: HeatCellAt | null) => void;
  brush: HeatBrush | null;
  onBrush: (brush: HeatBrush | null) => void;
  onOpen: (cell: HeatCellAt) => void;
};

export function HeatChart(props: HeatChartProps) {
  const { label, describedBy, grid, labelOf, paint, zoom, cursor, brush } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller, 1180 + edge) - edge;
  const layout = heatLayout(width, grid.columns, zoom);
  const rows = grid.rows.length;
  // oxlint-disable-next-line react/incompatible-library -- a warning to the React Compiler, which is not used
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => layout.rowHeight,
    overscan: 8,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, layout.rowHeight]);
  const hand = useHand(props, layout, (row) => virtualizer.scrollToIndex(row, { align: 'auto' }));
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      style={{ '--label-width': `${layout.labelWidth}px`, '--row-height': `${layout.rowHeight}px` }}
    >
      <HeatAxis columns={grid.columns} layout={layout} />
      <div className={styles.body} style={{ height: `${rows * layout.rowHeight}px` }}>
        <HeatLabels grid={grid} labelOf={labelOf} items={virtualizer.getVirtualItems()} layout={layout} />
        <button
          type="button"
          className={styles.plot}
          aria-roledescription="heatmap"
          aria-label={label}
          aria-describedby={describedBy}
          style={{ width: `${grid.columns * layout.cellWidth}px` }}
          {...hand}
        >
          <HeatCanvas grid={grid} paint={paint} layout={layout} />
          <HeatOverlay
            columns={grid.columns}
            layout={layout}
            rows={rows}
            cursor={cursor}
            chosen={brush === null ? null : boxOf(brush)}
          />
        </button>
      </div>
    </div>
  );
}

/** What pointer and keys do: move the cursor, draw a box with the button or Shift held, open a cell, zoom with + and −. */
function useHand(
  { grid, cursor, onCursor, brush, onBrush, onOpen, onZoom }: HeatChartProps,
  layout: ReturnType<typeof heatLayout>,
  scrollToRow: (row: number) => void,
) {
  const held = useRef<HeatCellAt | null>(null);
  const cellOf = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return cellAtPoint(event.clientX - box.left, event.clientY - box.top, layout, grid);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '+' || event.key === '-') onZoom(event.key === '+' ? 1 : -1);
    if (event.key === 'Escape') onBrush(null);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (cursor !== null) onOpen(cursor);
    }
    const moved = movedCell(cursor, event.key, grid);
    if (moved === null) return;
    event.preventDefault();
    onBrush(event.shiftKey ? { from: brush?.from ?? cursor ?? moved, to: moved } : null);
    onCursor(moved);
    scrollToRow(moved.row);
  };
  return {
    onKeyDown,
    onPointerDown: (event: PointerEvent) => {
      held.current = event.button === 0 ? cellOf(event) : null;
      if (held.current !== null) event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const cell = cellOf(event);
      if (cell?.row === cursor?.row && cell?.column === cursor?.column) return;
      onCursor(cell);
      if (held.current !== null && cell !== null) onBrush({ from: held.current, to: cell });
    },
    onPointerUp: (event: PointerEvent) => {
      const [from, to] = [held.current, cellOf(event)];
      held.current = null;
      if (from === null || to === null || !isOneCell({ from, to })) return;
      onBrush(null);
      onOpen(to);
    },
  };
}
