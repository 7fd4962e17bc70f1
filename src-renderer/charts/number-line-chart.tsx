// Draws a finding's numbers on a line, and above it the hours of the baseline by how busy they were. All of it is in words beside it, too.
import { Spoken } from '../components/spoken.tsx';
import { formatCount, formatMeasure } from '../domain/count-words.ts';
import { text } from '../texts/text.ts';
import { hourColumns, type HourColumns, type HoursOfCount } from './hour-columns.ts';
import styles from './number-line-chart.module.css';
import type { NumberLine, NumberLineInput } from './number-line.ts';
import { numberLine, spreadLabels } from './number-line.ts';

const width = 400;
const margin = { start: 30, end: 10 };
const lineWidth = width - margin.start - margin.end;
const labelsEnd = 22;
const bandHeight = 16;
const columnsHeight = 78;
const labelCharacterWidth = 5.6;
const boldCharacterWidth = 6.4;

type NumberLineChartProps = { input: NumberLineInput; hours?: readonly HoursOfCount[] | undefined };

export function NumberLineChart({ input, hours }: NumberLineChartProps) {
  const line = numberLine(input, lineWidth);
  const columns = hours === undefined ? null : hourColumns(hours, line.at, columnsHeight);
  const axisY = labelsEnd + 16 + (columns === null ? 36 : columnsHeight + 12);
  return (
    <figure className={styles.figure}>
      <Spoken>
        {text('findings:line.spoken', {
          usual: meanWords(input),
          mean: formatMeasure(input.mean),
          highest: formatCount(input.highest),
          limit: formatMeasure(line.limit),
          observed: text('domain:count.event', { count: input.count }),
        })}
      </Spoken>
      <svg viewBox={`0 0 ${width} ${axisY + 22}`} className={styles.chart} aria-hidden="true">
        <g transform={`translate(${margin.start} 0)`}>
          {columns !== null && <Columns columns={columns} axisY={axisY} />}
          <Axis line={line} axisY={axisY} />
          <rect
            className={styles.usual}
            x={line.usual.from}
            y={axisY - bandHeight}
            width={Math.max(2, line.usual.to - line.usual.from)}
            height={bandHeight}
          />
          <line
            className={styles.threshold}
            x1={line.limitAt}
            x2={line.limitAt}
            y1={labelsEnd + 22}
            y2={axisY}
          />
          <Marks line={line} input={input} axisY={axisY} />
        </g>
      </svg>
      <figcaption className={styles.caption}>
        {columns !== null && `${text('findings:line.columns', { scale: heightWords(columns) })} `}
        {text('findings:line.caption', { scale: scaleWords(line), usual: meanWords(input) })}
      </figcaption>
    </figure>
  );
}

const meanWords = ({ meanIs = 'mean' }: NumberLineInput) => text(`findings:line.${meanIs}`);
const scaleWords = ({ scaleName }: NumberLine) => text(`findings:line.scale.${scaleName}`);
const heightWords = ({ scaleName }: HourColumns) => text(`findings:line.scale.${scaleName}`);

function Columns({ columns, axisY }: { columns: HourColumns; axisY: number }) {
  return (
    <>
      {columns.ticks.map(({ hours, height }) => (
        <g key={hours} transform={`translate(0 ${axisY - height})`}>
          <line className={styles.grid} x2={lineWidth} />
          <text className={styles.hours} x={-5} y={3.5}>
            {formatCount(hours)}
          </text>
        </g>
      ))}
      {columns.columns.map((column) => (
        <rect
          key={column.from}
          className={styles.column}
          x={column.x + 0.5}
          y={axisY - column.height}
          width={Math.max(1, column.width - 1)}
          height={column.height}
        >
          <title>{columnWords(column)}</title>
        </rect>
      ))}
    </>
  );
}

function columnWords({ from, to, hours }: HourColumns['columns'][number]): string {
  const events =
    from === to
      ? text('findings:line.single', { count: from })
      : text('findings:line.range', { from: formatCount(from), to: formatCount(to) });
  return text('findings:line.column', { count: hours, events });
}

function Axis({ line, axisY }: { line: NumberLine; axisY: number }) {
  return (
    <>
      <line className={styles.axis} x1={0} x2={lineWidth} y1={axisY} y2={axisY} />
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

type MarksProps = { line: NumberLine; input: NumberLineInput; axisY: number };

function Marks({ line, input, axisY }: MarksProps) {
  const marks = [
    { name: 'mean', at: line.mean, text: `${meanWords(input)} ${formatMeasure(input.mean)}` },
    {
      name: 'highest',
      at: line.highest,
      text: text('findings:line.highest', { count: input.highest }),
    },
    {
      name: 'limit',
      at: line.limitAt,
      text: text('findings:line.limit', { limit: formatMeasure(line.limit) }),
    },
    { name: 'observed', at: line.observed, text: text('findings:line.observed', { count: input.count }) },
  ];
  const centres = spreadLabels(
    marks.map(({ name, at, text: words }) => ({
      at,
      width: words.length * (name === 'observed' ? boldCharacterWidth : labelCharacterWidth),
    })),
    lineWidth,
    8,
  );
  return marks.map((mark, index) => {
    const centre = centres[index] ?? mark.at;
    return (
      <g key={mark.name} className={styles[mark.name]}>
        <path
          className={styles.leader}
          d={`M${centre} ${labelsEnd} v6 L${mark.at} ${labelsEnd + 18} V${axisY}`}
        />
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
