// When somebody decided: a column a day, decisions made together with others hatched on top. Whoever draws it tells the same in words.
import { useId } from 'react';
import { decisionStrip, stripDate, type StripDay, type StripSpan } from './decision-strip-layout.ts';
import styles from './decision-strip.module.css';
import { StretchedDrawing } from './stretched-drawing.tsx';

const width = 360;
const height = 44;

type DecisionStripProps = {
  days: readonly StripDay[];
  span: StripSpan;
  /** The date at whose end everything is due; null where none is drawn. */
  dueOn: string | null;
  /** What it shows, in words. */
  label: string;
  /** Words for one day, shown on hover. */
  titleOf: (day: StripDay) => string;
};

export function DecisionStrip({ days, span, dueOn, label, titleOf }: DecisionStripProps) {
  const pattern = useId();
  const columns = decisionStrip(days, span, { width, height });
  const due = dueOn === null ? null : stripDate(dueOn, span, width);
  return (
    <StretchedDrawing label={label} width={width} height={height + 1} className={styles.strip}>
      <pattern id={pattern} width={3} height={3} patternUnits="userSpaceOnUse">
        <rect className={styles.togetherGround} width={3} height={3} />
        <rect className={styles.togetherLine} width={3} height={1.4} />
      </pattern>
      <line className={styles.base} x1={0} x2={width} y1={height} y2={height} />
      {columns.map((column) => (
        <g key={column.date}>
          <title>{titleOf(column)}</title>
          <rect
            className={styles.alone}
            x={column.x}
            y={column.aloneY}
            width={column.width}
            height={column.aloneHeight}
          />
          <rect
            fill={`url(#${pattern})`}
            x={column.x}
            y={column.togetherY}
            width={column.width}
            height={column.togetherHeight}
          />
        </g>
      ))}
      {due !== null && <line className={styles.due} x1={due} x2={due} y1={0} y2={height} />}
    </StretchedDrawing>
  );
}
