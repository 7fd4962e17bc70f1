// The hours of one day as columns of events, with a strip below that says which hours are covered.
import { dayHourColumns, type HourCount, type HourGap } from './day-hours-layout.ts';
import styles from './day-hours.module.css';
import { StretchedDrawing } from './stretched-drawing.tsx';

const width = 720;
const height = 84;
const margin = { top: 4, bottom: 16 };
const foot = { from: height - margin.bottom + 4, height: 10 };

type DayHoursProps = {
  hours: readonly HourCount[];
  gaps: readonly HourGap[];
  /** What it shows, in words. */
  label: string;
  /** What stands below the first hour and some others. */
  clockOf: (instant: string) => string;
  /** Words for one hour, shown on hover. */
  titleOf: (hour: HourCount) => string;
};

/** Gaps that stand in the way are filled and crossed, others hatched; the reasons stand in the list beside it. */
export function DayHours({ hours, gaps, label, clockOf, titleOf }: DayHoursProps) {
  const box = { width, height: height - margin.top - margin.bottom };
  const { columns, stretches } = dayHourColumns(hours, gaps, box);
  const base = height - margin.bottom;
  return (
    <StretchedDrawing
      label={label}
      width={width}
      height={height}
      className={styles.chart}
      below={
        <p className={styles.clocks} aria-hidden="true">
          {columns
            .filter((_, hour) => hour % 6 === 0)
            .map(({ from, x }) => (
              <span key={from} className={styles.clock} style={{ left: `${(x / width) * 100}%` }}>
                {clockOf(from)}
              </span>
            ))}
        </p>
      }
    >
      {columns.map((column) => (
        <g key={column.from}>
          <title>{titleOf(column)}</title>
          <rect className={styles.reach} x={column.x} width={column.width} height={base} />
          <rect
            className={styles.events}
            x={column.x}
            y={base - column.height}
            width={column.width}
            height={column.height}
          />
        </g>
      ))}
      <line className={styles.base} x1={0} x2={width} y1={base} y2={base} />
      <rect className={styles.covered} y={foot.from} width={width} height={foot.height} />
      {stretches.map(({ x, width: length, blocks, from, why }) => (
        <g key={`${from} ${why}`}>
          <title>{why}</title>
          <rect
            className={blocks ? styles.blocking : styles.named}
            x={x}
            y={foot.from}
            width={length}
            height={foot.height}
          />
          {crossesOf(x, length, blocks).map((at) => (
            <path key={at} className={styles.cross} d={`M${at} ${foot.from + 2} l6 6 m0 -6 l-6 6`} />
          ))}
        </g>
      ))}
    </StretchedDrawing>
  );
}

const crossEvery = 15;

function crossesOf(x: number, length: number, blocks: boolean): number[] {
  if (!blocks) return [];
  const count = Math.floor(length / crossEvery);
  return Array.from({ length: count }, (_, place) => x + 5 + place * crossEvery);
}
