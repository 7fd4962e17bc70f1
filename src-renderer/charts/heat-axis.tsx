// The axes of the heatmap, its boundaries of days, and the frames around the cell in hand and what is chosen.
import type { VirtualItem } from '@tanstack/react-virtual';
import { visibleText } from '../components/visible-text.ts';
import type { HeatBox } from './heat-brush.ts';
import styles from './heat-chart.module.css';
import { leastNamedHeight, type HeatCellAt, type HeatLayout } from './heat-geometry.ts';
import type { HeatGrid } from './heat-grid.ts';
import { hoursPerWeek, weekdayShortNames } from './hours-of-week.ts';

type Columns = { columns: number; layout: HeatLayout };

const daysIn = (columns: number) => (columns === hoursPerWeek ? weekdayShortNames() : ['']);

export function HeatAxis({ columns, layout: { cellWidth } }: Columns) {
  const step = cellWidth * 2 >= 18 ? 2 : 6;
  const hours = Array.from({ length: 24 / step }, (_, index) => index * step);
  return (
    <div className={styles.axis} aria-hidden="true">
      <svg width={columns * cellWidth} height={34}>
        {daysIn(columns).map((day, index) => (
          <g key={day} transform={`translate(${index * 24 * cellWidth} 0)`}>
            <text className={styles.day} x={3} y={13}>
              {day}
            </text>
            {hours.map((hour) => (
              <text key={hour} className={styles.hour} x={hour * cellWidth + 3} y={28}>
                {String(hour).padStart(2, '0')}
              </text>
            ))}
          </g>
        ))}
      </svg>
    </div>
  );
}

/** What stands before a row, and what is said about it in full. */
export type RowLabel = { name: string; title: string };

type HeatLabelsProps = {
  grid: HeatGrid;
  labelOf: (row: HeatGrid['rows'][number]) => RowLabel;
  items: readonly VirtualItem[];
  layout: HeatLayout;
};

/** Rows too low for a name have none; zooming in brings it back, and the cell in hand is always named above. */
export function HeatLabels({ grid, labelOf, items, layout }: HeatLabelsProps) {
  if (layout.rowHeight < leastNamedHeight) return <div className={styles.labels} aria-hidden="true" />;
  return (
    <div className={styles.labels} aria-hidden="true">
      {items.map((item) => {
        const row = grid.rows[item.index];
        if (row === undefined) return null;
        const { name, title } = labelOf(row);
        return (
          <div
            key={item.index}
            className={styles.label}
            title={title}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <bdi>{visibleText(name)}</bdi>
          </div>
        );
      })}
    </div>
  );
}

type HeatOverlayProps = Columns & { rows: number; cursor: HeatCellAt | null; chosen: HeatBox | null };

export function HeatOverlay({ columns, layout, rows, cursor, chosen }: HeatOverlayProps) {
  const { cellWidth, rowHeight } = layout;
  const height = rows * rowHeight;
  const frame = ({ rows: [top, bottom], columns: [left, right] }: HeatBox) => ({
    x: left * cellWidth - 1,
    y: top * rowHeight - 1,
    width: (right - left + 1) * cellWidth + 2,
    height: (bottom - top + 1) * rowHeight + 2,
  });
  const cell: HeatBox | null = cursor && {
    rows: [cursor.row, cursor.row],
    columns: [cursor.column, cursor.column],
  };
  return (
    <svg
      className={styles.overlay}
      width={columns * cellWidth}
      height={height}
      aria-hidden="true"
      pointerEvents="none"
    >
      {Array.from({ length: columns / 24 - 1 }, (_, index) => (
        <line
          key={index}
          className={styles.boundary}
          x1={(index + 1) * 24 * cellWidth}
          x2={(index + 1) * 24 * cellWidth}
          y2={height}
        />
      ))}
      {chosen !== null && <rect className={styles.chosen} {...frame(chosen)} />}
      {cell !== null &&
        ['halo', 'cursor'].map((part) => <rect key={part} className={styles[part]} {...frame(cell)} />)}
    </svg>
  );
}
