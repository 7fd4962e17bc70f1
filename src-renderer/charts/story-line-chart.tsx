// Draws when each part of a story was, numbered as in the list beside it, which says the same in words.
import styles from './story-line-chart.module.css';
import { storyLine, type Stretch } from './story-line.ts';

const width = 400;
const start = 22;
const end = 18;
const mostHeight = 260;
const roomyLane = 16;
const foot = 20;

type Lane = Stretch & { severity: 'critical' | 'high' | 'medium' | 'low'; title: string };

type StoryLineChartProps = {
  lanes: readonly Lane[];
  label: string;
  /** What stands below a tick. */
  tickWords: (ms: number) => string;
};

export function StoryLineChart({ lanes, label, tickWords }: StoryLineChartProps) {
  const line = storyLine(lanes, width - start - end);
  const laneHeight = Math.min(roomyLane, mostHeight / Math.max(1, lanes.length));
  const axisY = lanes.length * laneHeight + 4;
  return (
    <figure aria-label={label}>
      <svg viewBox={`0 0 ${width} ${axisY + foot}`} className={styles.chart} aria-hidden="true">
        <g transform={`translate(${start} 0)`}>
          {line.ticks.map(({ ms, x }) => (
            <g key={ms} transform={`translate(${x} 0)`}>
              <line className={styles.grid} y2={axisY} />
              <text className={styles.tick} y={axisY + 14}>
                {tickWords(ms)}
              </text>
            </g>
          ))}
          {lanes.map(({ id, severity, title }, place) => {
            const bar = line.bars[place]!;
            return (
              <g key={id} transform={`translate(0 ${place * laneHeight})`}>
                {laneHeight >= 10 && (
                  <text className={styles.number} x={-6} y={laneHeight - 4}>
                    {place + 1}
                  </text>
                )}
                <rect
                  className={styles[severity]}
                  x={bar.x}
                  y={2}
                  width={bar.width}
                  height={Math.max(1, laneHeight - 4)}
                  rx={2}
                >
                  <title>{title}</title>
                </rect>
              </g>
            );
          })}
        </g>
      </svg>
    </figure>
  );
}
