// Where cells are on screen, and where the cursor goes from one.
import type { HeatGrid } from './heat-grid.ts';

export type HeatCellAt = { row: number; column: number };

/** Pixels. */
export type HeatLayout = { cellWidth: number; rowHeight: number; labelWidth: number };

const leastLabelWidth = 150;
const mostLabelWidth = 260;

/** Heights of a row in pixels, from the whole house to one room; names are written from `leastNamedHeight` on. */
export const zoomHeights = [2, 4, 7, 10, 14, 20, 28] as const;
export const usualZoom = 4;
export const leastNamedHeight = 10;

export function clampZoom(zoom: number): number {
  return Math.min(zoomHeights.length - 1, Math.max(0, zoom));
}

/**
 * Shares a width between the labels and the cells. Cells are whole pixels wide, so that all columns are equal; what is left
 * over goes to the labels. Zoomed in, cells outgrow the width; zoomed out, rows alone get lower.
 */
export function heatLayout(available: number, columns: number, zoom = usualZoom): HeatLayout {
  const rowHeight = zoomHeights[clampZoom(zoom)]!;
  const most = columns <= 24 ? 44 : zoomHeights[usualZoom];
  const fitting = Math.min(most, Math.max(4, Math.floor((available - leastLabelWidth) / columns)));
  const cellWidth = zoom > usualZoom ? Math.max(fitting, rowHeight) : fitting;
  const rest = Math.floor(available - cellWidth * columns);
  return { cellWidth, rowHeight, labelWidth: Math.min(mostLabelWidth, Math.max(leastLabelWidth, rest)) };
}

/** The cell under a point of the drawn grid; null outside of it. */
export function cellAtPoint(
  x: number,
  y: number,
  { cellWidth, rowHeight }: HeatLayout,
  grid: Pick<HeatGrid, 'rows' | 'columns'>,
): HeatCellAt | null {
  const [column, row] = [Math.floor(x / cellWidth), Math.floor(y / rowHeight)];
  const isInside = column >= 0 && column < grid.columns && row >= 0 && row < grid.rows.length;
  return isInside ? { row, column } : null;
}

const steps: Record<string, readonly [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/** The cursor after a key, stopping at the edges; null when the key moves nothing. The first key shows the first cell. */
export function movedCell(
  from: HeatCellAt | null,
  key: string,
  grid: Pick<HeatGrid, 'rows' | 'columns'>,
): HeatCellAt | null {
  const step = steps[key];
  if (step === undefined || grid.rows.length === 0) return null;
  if (from === null) return { row: 0, column: 0 };
  return {
    row: Math.min(grid.rows.length - 1, Math.max(0, from.row + step[0])),
    column: Math.min(grid.columns - 1, Math.max(0, from.column + step[1])),
  };
}
