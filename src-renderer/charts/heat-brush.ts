// A rectangle of cells somebody chose: from where they began to where they are.
import type { HeatCellAt } from './heat-geometry.ts';

export type HeatBrush = { from: HeatCellAt; to: HeatCellAt };

/** Both ends included. */
export type HeatBox = { rows: readonly [number, number]; columns: readonly [number, number] };

export function boxOf({ from, to }: HeatBrush): HeatBox {
  return {
    rows: [Math.min(from.row, to.row), Math.max(from.row, to.row)],
    columns: [Math.min(from.column, to.column), Math.max(from.column, to.column)],
  };
}

export function isOneCell({ from, to }: HeatBrush): boolean {
  return from.row === to.row && from.column === to.column;
}
