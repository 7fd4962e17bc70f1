// Where cells are on screen, and where the cursor goes from one.
import { hoursPerWeek } from './heat-grid.ts';

export type HeatCellAt = { row: number; hour: number };

export const rowHeight = 14;

const leastLabelWidth = 150;
const mostLabelWidth = 260;

/**
 * Shares a width between the labels and the cells. Cells are whole pixels wide (4 to 14), so that all columns are equal;
 * what is left over goes to the labels.
 */
export function heatLayout(available: number): { cellWidth: number; labelWidth: number } {
  const cellWidth = Math.min(
    rowHeight,
    Math.max(4, Math.floor((available - leastLabelWidth) / hoursPerWeek)),
  );
  const rest = Math.floor(available - cellWidth * hoursPerWeek);
  return { cellWidth, labelWidth: Math.min(mostLabelWidth, Math.max(leastLabelWidth, rest)) };
}

/** The cell under a point of the drawn grid; null outside of it. */
export function cellAtPoint(x: number, y: number, width: number, rows: number): HeatCellAt | null {
  const hour = Math.floor(x / width);
  const row = Math.floor(y / rowHeight);
  return hour >= 0 && hour < hoursPerWeek && row >= 0 && row < rows ? { row, hour } : null;
}

const steps: Record<string, readonly [rows: number, hours: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-10, 0],
  PageDown: [10, 0],
  Home: [0, -hoursPerWeek],
  End: [0, hoursPerWeek],
};

/** The cursor after a key, stopping at the edges; null when the key moves nothing. The first key shows the first cell. */
export function movedCell(from: HeatCellAt | null, key: string, rows: number): HeatCellAt | null {
  const step = steps[key];
  if (step === undefined || rows === 0) return null;
  if (from === null) return { row: 0, hour: 0 };
  return {
    row: Math.min(rows - 1, Math.max(0, from.row + step[0])),
    hour: Math.min(hoursPerWeek - 1, Math.max(0, from.hour + step[1])),
  };
}
