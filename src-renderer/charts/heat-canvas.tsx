// Paints the heatmap: one texel a cell on a canvas that the browser scales without smoothing.
import { useEffect, useRef } from 'react';
import { heatTexels, type HeatPaint } from './heat-colour.ts';
import type { HeatLayout } from './heat-geometry.ts';
import type { HeatGrid } from './heat-grid.ts';
import styles from './heat-chart.module.css';

type HeatCanvasProps = { grid: HeatGrid; paint: HeatPaint; layout: HeatLayout };

export function HeatCanvas({ grid, paint, layout }: HeatCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { columns, rows } = grid;
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || rows.length === 0) return;
    context.putImageData(new ImageData(heatTexels(grid, paint), columns, rows.length), 0, 0);
  }, [grid, paint, columns, rows]);
  return (
    <canvas
      ref={canvas}
      className={styles.canvas}
      width={columns}
      height={Math.max(1, rows.length)}
      aria-hidden="true"
      style={{
        width: `${columns * layout.cellWidth}px`,
        height: `${rows.length * layout.rowHeight}px`,
      }}
    />
  );
}
