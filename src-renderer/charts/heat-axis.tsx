// The axes of the heatmap, its day boundaries, and the frame around the cell in hand.
import type { VirtualItem } from '@tanstack/react-virtual';
import { visibleText } from '../components/visible-text.ts';
import { formatCount } from '../domain/count-words.ts';
import styles from './heat-chart.module.css';
import { rowHeight } from './heat-geometry.ts';
import type { HeatCellAt } from './heat-geometry.ts';
import type { HeatGrid } from './heat-grid.ts';
import { hoursPerWeek } from './heat-grid.ts';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const hours = [0, 6, 12, 18];

export function HeatAxis({ cellWidth }: { cellWidth: number }) {
  return (
    <div className={styles.axis} aria-hidden="true">
      <svg width={hoursPerWeek * cellWidth} height={34}>
        {days.map((day, index) => (
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

type HeatLabelsProps = { grid: HeatGrid; names: ReadonlyMap<string, string>; items: readonly VirtualItem[] };

export function HeatLabels({ grid, names, items }: HeatLabelsProps) {
  return (
    <div className={styles.labels} aria-hidden="true">
      {items.map((item) => {
        const row = grid.rows[item.index];
        if (row === undefined) return null;
        const name = row.actor === '' ? 'unattributed' : (names.get(row.actor) ?? row.actor);
        return (
          <div
            key={item.index}
            className={styles.label}
            title={`${name} ${row.actor}: ${formatCount(row.total)} events`}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <bdi>{visibleText(name)}</bdi>
          </div>
        );
      })}
    </div>
  );
}

type HeatOverlayProps = { cellWidth: number; rows: number; cursor: HeatCellAt | null };

export function HeatOverlay({ cellWidth, rows, cursor }: HeatOverlayProps) {
  const height = rows * rowHeight;
  return (
    <svg
      className={styles.overlay}
      width={hoursPerWeek * cellWidth}
      height={height}
      aria-hidden="true"
      pointerEvents="none"
    >
      {days.slice(1).map((day, index) => (
        <line
          key={day}
          className={styles.boundary}
          x1={(index + 1) * 24 * cellWidth}
          x2={(index + 1) * 24 * cellWidth}
          y2={height}
        />
      ))}
      {cursor !== null &&
        ['halo', 'cursor'].map((part) => (
          <rect
            key={part}
            className={styles[part]}
            x={cursor.hour * cellWidth - 1}
            y={cursor.row * rowHeight - 1}
            width={cellWidth + 2}
            height={rowHeight + 2}
          />
        ))}
    </svg>
  );
}
