// A history as a small line. Whoever draws it tells the numbers in words or in a table beside it.
import { sparkLine } from './spark-line.ts';
import styles from './spark-line-chart.module.css';

const width = 120;
const height = 26;
const margin = 3;

export function SparkLineChart({ values, top }: { values: readonly number[]; top: number }) {
  const drawn = sparkLine(values, { width: width - 2 * margin, height: height - 2 * margin, top });
  return (
    <svg className={styles.chart} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <g transform={`translate(${margin} ${margin})`}>
        <path className={styles.area} d={drawn.area} />
        <path className={styles.line} d={drawn.line} />
        {drawn.last !== null && (
          <circle className={styles.point} cx={drawn.last.x} cy={drawn.last.y} r={2.4} />
        )}
      </g>
    </svg>
  );
}
