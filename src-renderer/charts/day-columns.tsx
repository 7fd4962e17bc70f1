// Days as columns. A day of which nothing is known is hatched, and so differs from one on which nothing happened.
import { dayColumns, type DayCount } from './day-columns-layout.ts';
import styles from './day-columns.module.css';
import { StretchedDrawing } from './stretched-drawing.tsx';

const width = 360;
const height = 48;
/** Below the columns, for the mark of the day looked at. */
const foot = 5;

type DayColumnsProps = {
  days: readonly DayCount[];
  /** What it shows, in words. */
  label: string;
  /** Words for one day, shown on hover. */
  titleOf: (day: DayCount) => string;
  /** Whether the last day is the one looked at. */
  marksLast?: boolean;
};

export function DayColumns({ days, label, titleOf, marksLast = true }: DayColumnsProps) {
  const { columns } = dayColumns(days, { width, height });
  const last = columns.at(-1);
  return (
    <StretchedDrawing label={label} width={width} height={height + foot} className={styles.chart}>
      <line className={styles.base} x1={0} x2={width} y1={height} y2={height} />
      {columns.map((column) => (
        <g key={column.day}>
          <title>{titleOf(column)}</title>
          <rect
            className={column.all === null ? styles.gap : styles.day}
            x={column.x}
            width={column.width}
            height={height}
          />
          <rect
            className={styles.all}
            x={column.x}
            y={height - column.allHeight}
            width={column.width}
            height={column.allHeight}
          />
          <rect
            className={styles.same}
            x={column.x}
            y={height - column.sameHeight}
            width={column.width}
            height={column.sameHeight}
          />
        </g>
      ))}
      {marksLast && last !== undefined && (
        <rect className={styles.mark} x={last.x} y={height + 2} width={last.width} height={3} />
      )}
    </StretchedDrawing>
  );
}
