// Scores over days as a line on a ruled scale. Whoever draws it tells the numbers in words or in a table beside it.
import { useRef } from 'react';
import styles from './day-course-chart.module.css';
import { dayCourse, type DayScore } from './day-course.ts';
import { useWidth } from './use-width.ts';

const usualWidth = 460;
const leastWidth = 200;
const height = 110;
const margin = { top: 6, right: 30, bottom: 18, left: 28 };

export function DayCourseChart({ scores, label }: { scores: readonly DayScore[]; label: string }) {
  const frame = useRef<HTMLElement>(null);
  const width = Math.max(leastWidth, useWidth(frame, usualWidth));
  const inner = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };
  const { line, area, last, rules, labels } = dayCourse(scores, inner);
  return (
    <figure ref={frame} aria-label={label}>
      <svg className={styles.chart} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        <g transform={`translate(${margin.left} ${margin.top})`}>
          {rules.map(({ score, y }) => (
            <g key={score}>
              <line className={styles.rule} x1={0} x2={inner.width} y1={y} y2={y} />
              <text className={styles.scale} x={-6} y={y + 3.5}>
                {score}
              </text>
            </g>
          ))}
          <path className={styles.area} d={area} />
          <path className={styles.line} d={line} />
          {last !== null && <circle className={styles.point} cx={last.x} cy={last.y} r={2.6} />}
          {labels.map(({ day, x }) => (
            <text key={day} className={styles.day} x={x} y={inner.height + 14}>
              {day.slice(5)}
            </text>
          ))}
        </g>
      </svg>
    </figure>
  );
}
