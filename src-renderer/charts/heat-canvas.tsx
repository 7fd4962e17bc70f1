// Paints the heatmap: one texel a cell on a canvas that the browser scales without smoothing.
import { useEffect, useRef } from 'react';
import type { Rgb } from '#shared/charts/heat-scale.ts';
import type { HeatGrid } from './heat-grid.ts';
import { hoursPerWeek } from './heat-grid.ts';
import styles from './heat-chart.module.css';
import { rowHeight } from './heat-geometry.ts';
import { heatTexels } from './heat-colour.ts';

type HeatCanvasProps = {
  grid: HeatGrid;
  covered: readonly boolean[];
  colour: (count: number) => Rgb;
  cellWidth: number;
};

export function HeatCanvas({ grid, covered, colour, cellWidth }: HeatCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = grid.rows.length;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || rows === 0) return;
    context.imageSmoothingEnabled = false;
    context.putImageData(new ImageData(heatTexels(grid, covered, colour), hoursPerWeek, rows), 0, 0);
  }, [grid, covered, colour, rows]);
  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      width={hoursPerWeek}
      height={Math.max(1, rows)}
      aria-hidden="true"
      style={{ width: `${hoursPerWeek * cellWidth}px`, height: `${rows * rowHeight}px` }}
    />
  );
}
