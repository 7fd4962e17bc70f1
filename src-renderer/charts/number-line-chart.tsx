// Draws a finding's numbers on a line. Everything on it is also in the table beside it.
import { Spoken } from '../components/spoken.tsx';
import { formatCount, formatMeasure } from '../domain/count-words.ts';
import styles from './number-line-chart.module.css';
import type { NumberLine, NumberLineInput } from './number-line.ts';
import { numberLine, spreadLabels } from './number-line.ts';

const width = 400;
const margin = 10;
const axisY = 74;
const labelCharacterWidth = 5.6;

export function NumberLineChart({ input }: { input: NumberLineInput }) {
  const line = numberLine(input, width - 2 * margin);
  return (
    <figure className={styles.figure}>
      <Spoken>
        {`Usual: ${input.meanName ?? 'mean'} ${formatMeasure(input.mean)}, highest ${formatCount(input.highest)}, threshold ` +
          `${formatMeasure(line.limit)}, observed ${formatCount(input.count)} events in the hour.`}
      </Spoken>
      <svg viewBox={`0 0 ${width} 96`} className={styles.chart} aria-hidden="true">
        <g transform={`translate(${margin} 0)`}>
          <Axis line={line} />
          <rect
            className={styles.usual}
            x={line.usual.from}
            y={axisY - 16}
            width={Math.max(2, line.usual.to - line.usual.from)}
            height={16}
          />
          <line className={styles.threshold} x1={line.limitAt} x2={line.limitAt} y1={axisY - 30} y2={axisY} />
          <Marks line={line} input={input} />
        </g>
      </svg>
      <figcaption className={styles.caption}>
        Events in one hour, {line.scaleName} scale. The band is the {input.meanName ?? 'mean'} ± one standard
        deviation.
      </figcaption>
    </figure>
  );
}

function Axis({ line }: { line: NumberLine }) {
  return (
    <>
      <line className={styles.axis} x1={0} x2={width - 2 * margin} y1={axisY} y2={axisY} />
      {line.ticks.map((tick) => (
        <g key={tick.value} transform={`translate(${tick.at} ${axisY})`}>
          <line className={styles.axis} y2={4} />
          <text className={styles.tick} y={16}>
            {formatCount(tick.value)}
          </text>
        </g>
      ))}
    </>
  );
}

function Marks({ line, input }: { line: NumberLine; input: NumberLineInput }) {
  const marks = [
    { name: 'mean', at: line.mean, text: `${input.meanName ?? 'mean'} ${formatMeasure(input.mean)}` },
    { name: 'highest', at: line.highest, text: `highest ${formatCount(input.highest)}` },
    { name: 'limit', at: line.limitAt, text: `threshold ${formatMeasure(line.limit)}` },
    { name: 'observed', at: line.observed, text: `observed ${formatCount(input.count)}` },
  ];
  const centres = spreadLabels(
    marks.map((mark) => ({ at: mark.at, width: mark.text.length * labelCharacterWidth })),
    width - 2 * margin,
    8,
  );
  return marks.map((mark, index) => {
    const centre = centres[index] ?? mark.at;
    return (
      <g key={mark.name} className={styles[mark.name]}>
        <path className={styles.leader} d={`M${centre} 22 V30 L${mark.at} 46 V${axisY}`} />
        {mark.name === 'observed' && (
          <path className={styles.point} d={`M${mark.at} ${axisY - 8} l6 8 l-6 8 l-6 -8 z`} />
        )}
        {mark.name !== 'observed' && mark.name !== 'limit' && (
          <circle className={styles.point} cx={mark.at} cy={axisY} r={4} />
        )}
        <text className={styles.label} x={centre} y={15}>
          {mark.text}
        </text>
      </g>
    );
  });
}
