// How long each of a row of things took, as columns. The table beside it holds the same numbers, and is how keys choose one.
import { Spoken } from '../components/spoken.tsx';
import styles from './duration-columns-chart.module.css';
import { durationColumns } from './duration-columns.ts';

const width = 720;
const height = 108;
const margin = { left: 58, top: 8, bottom: 4 };
const most = 40;

/** How many there is room for. */
export const mostColumns = most;

type DurationColumnsChartProps = {
  label: string;
  /** The same in a sentence. */
  sentence: string;
  values: readonly { id: string; milliseconds: number; title: string }[];
  words: (milliseconds: number) => string;
  chosen: string | null;
  onChoose: (id: string) => void;
};

export function DurationColumnsChart(props: DurationColumnsChartProps) {
  const { label, sentence, values, words, chosen, onChoose } = props;
  const { columns, ticks } = durationColumns(
    values.map(({ milliseconds }) => milliseconds),
    { width: width - margin.left, height: height - margin.top - margin.bottom },
    most,
  );
  return (
    <figure className={styles.figure} aria-label={label}>
      <Spoken>{sentence}</Spoken>
      <svg viewBox={`0 0 ${width} ${height}`} className={styles.chart} aria-hidden="true">
        <g transform={`translate(${margin.left} ${margin.top})`}>
          {ticks.map(({ milliseconds, y }) => (
            <g key={milliseconds} transform={`translate(0 ${y})`}>
              <line className={styles.tick} x2={width - margin.left} />
              <text className={styles.words} x={-6} dy="0.32em">
                {words(milliseconds)}
              </text>
            </g>
          ))}
          {columns.map((column, index) => {
            const { id, title } = values[index]!;
            return (
              <g key={id} onClick={() => onChoose(id)} className={styles.column}>
                <title>{title}</title>
                <rect
                  className={styles.reach}
                  x={column.x}
                  width={column.width}
                  height={column.y + column.height}
                />
                <rect className={id === chosen ? styles.chosen : styles.value} {...column} rx={1} />
                {id === chosen && (
                  <path
                    className={styles.marker}
                    d={`M${column.x + column.width / 2} ${column.y - 2} l-4 -5 h8 z`}
                  />
                )}
              </g>
            );
          })}
        </g>
      </svg>
    </figure>
  );
}
