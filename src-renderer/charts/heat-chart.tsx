// The heatmap with its axes and its cell cursor, for the pointer and for the keyboard.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';
import type { Rgb } from '#shared/charts/heat-scale.ts';
import { HeatAxis, HeatLabels, HeatOverlay } from './heat-axis.tsx';
import { HeatCanvas } from './heat-canvas.tsx';
import styles from './heat-chart.module.css';
import { cellAtPoint, heatLayout, movedCell, rowHeight } from './heat-geometry.ts';
import type { HeatCellAt } from './heat-geometry.ts';
import type { HeatGrid } from './heat-grid.ts';
import { hoursPerWeek } from './heat-grid.ts';

/** Room at the right for the frame of the last cell and the scroll bar. */
const edge = 18;

type HeatChartProps = {
  label: string;
  describedBy: string;
  grid: HeatGrid;
  /** Names of actors, where they are recorded. */
  names: ReadonlyMap<string, string>;
  covered: readonly boolean[];
  colour: (count: number) => Rgb;
  cursor: HeatCellAt | null;
  onCursor: (cell: HeatCellAt | null) => void;
  onOpen: (cell: HeatCellAt) => void;
};

export function HeatChart({
  label,
  describedBy,
  grid,
  names,
  covered,
  colour,
  cursor,
  onCursor,
  onOpen,
}: HeatChartProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { cellWidth: width, labelWidth } = useLayout(scroller);
  const rows = grid.rows.length;
  // oxlint-disable-next-line react/incompatible-library -- a warning to the React Compiler, which is not used
  const virtualizer = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = movedCell(cursor, event.key, rows);
    if (moved !== null) {
      event.preventDefault();
      onCursor(moved);
      virtualizer.scrollToIndex(moved.row, { align: 'auto' });
    }
  };
  const cellOf = (event: MouseEvent): HeatCellAt | null => {
    const box = event.currentTarget.getBoundingClientRect();
    return cellAtPoint(event.clientX - box.left, event.clientY - box.top, width, rows);
  };
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      style={{ '--label-width': `${labelWidth}px`, '--row-height': `${rowHeight}px` }}
    >
      <HeatAxis cellWidth={width} />
      <div className={styles.body} style={{ height: `${rows * rowHeight}px` }}>
        <HeatLabels grid={grid} names={names} items={virtualizer.getVirtualItems()} />
        <button
          type="button"
          className={styles.plot}
          aria-roledescription="heatmap"
          aria-label={label}
          aria-describedby={describedBy}
          style={{ width: `${hoursPerWeek * width}px` }}
          onKeyDown={onKeyDown}
          onPointerMove={(event) => onCursor(cellOf(event))}
          onClick={(event) => {
            const cell = event.detail === 0 ? cursor : cellOf(event);
            if (cell !== null) onOpen(cell);
          }}
        >
          <HeatCanvas grid={grid} covered={covered} colour={colour} cellWidth={width} />
          <HeatOverlay cellWidth={width} rows={rows} cursor={cursor} />
        </button>
      </div>
    </div>
  );
}

function useLayout(scroller: RefObject<HTMLDivElement | null>): ReturnType<typeof heatLayout> {
  const [width, setWidth] = useState(1180);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(entry.contentRect.width - edge);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return heatLayout(width);
}
