// A week on a stamp: seven days by twenty-four hours.
import { useEffect, useRef } from 'react';
import { heatTexels, type HeatPaint } from './heat-colour.ts';
import { weekdayShortNames } from './hours-of-week.ts';
import styles from './mini-week.module.css';

type MiniWeekProps = {
  /** By hour of the week. */
  counts: readonly number[];
  paint: HeatPaint;
  /** What it shows, in words. */
  label: string;
  /** Hour of the week to draw a frame around; the label says which and why. */
  marked?: number | null | undefined;
};

export function MiniWeek({ counts, paint, label, marked = null }: MiniWeekProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const week = { id: '', total: 0, counts: Float64Array.from(counts) };
    // One row of 168 texels is seven rows of 24, byte for byte.
    context.putImageData(new ImageData(heatTexels({ columns: 168, rows: [week] }, paint), 24, 7), 0, 0);
  }, [counts, paint]);
  return (
    <figure className={styles.figure} aria-label={label}>
      <ul className={styles.days} aria-hidden="true">
        {weekdayShortNames().map((day) => (
          <li key={day}>{day}</li>
        ))}
      </ul>
      <div className={styles.field}>
        <canvas ref={canvas} className={styles.canvas} width={24} height={7} aria-hidden="true" />
        {marked !== null && (
          <span
            className={styles.mark}
            style={{ left: `${((marked % 24) / 24) * 100}%`, top: `${(Math.floor(marked / 24) / 7) * 100}%` }}
            aria-hidden="true"
          />
        )}
      </div>
      <ul className={styles.hours} aria-hidden="true">
        {['00', '06', '12', '18'].map((hour) => (
          <li key={hour}>{hour}</li>
        ))}
      </ul>
    </figure>
  );
}
