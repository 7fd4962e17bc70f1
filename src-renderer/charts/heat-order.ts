// Orders the rows of a heatmap: by how much, by name, or so that rows with alike hours lie beside each other.
import type { HeatGrid, HeatRow } from './heat-grid.ts';

export const heatOrders = ['busiest', 'name', 'alike'] as const;
export type HeatOrder = (typeof heatOrders)[number];

/** The same rows in another order; the unattributed stays last. */
export function inOrder(grid: HeatGrid, order: HeatOrder, nameOf: (row: HeatRow) => string): HeatGrid {
  if (order === 'busiest') return grid;
  const named = grid.rows.filter(({ id }) => id !== '');
  const others = grid.rows.filter(({ id }) => id === '');
  const rows =
    order === 'alike'
      ? byLikeness(named, grid.columns)
      : named.toSorted((left, right) => nameOf(left).localeCompare(nameOf(right), 'en'));
  return { ...grid, rows: [...rows, ...others] };
}

/**
 * Angular order of the first two principal components of the rows' shares (M. Friendly, “Corrgrams”, The American
 * Statistician 56, 2002): rows of like shape end up together, at a cost that grows only linearly with their number.
 */
function byLikeness(rows: readonly HeatRow[], columns: number): HeatRow[] {
  const shapes = rows.map((row) => centred(row, columns));
  const first = principal(shapes, columns, null);
  const second = principal(shapes, columns, first);
  const angles = shapes.map((shape) => Math.atan2(dot(shape, second), dot(shape, first)));
  const order = [...angles.keys()].toSorted((left, right) => angles[left]! - angles[right]!);
  const start = widestGap(order.map((place) => angles[place]!));
  return [...order.slice(start), ...order.slice(0, start)].map((place) => rows[place]!);
}

/** What share of its events a row has in each column, less what an even spread would have. */
function centred({ counts, total }: HeatRow, columns: number): Float64Array {
  return Float64Array.from(counts, (count) =>
    total === 0 ? 0 : (Number.isNaN(count) ? 0 : count) / total - 1 / columns,
  );
}

/** Enough for an order; the last digits of a direction move no row. */
const powerSteps = 24;

/** Power iteration for the direction of most variance, perpendicular to `other`. */
function principal(
  shapes: readonly Float64Array[],
  columns: number,
  other: Float64Array | null,
): Float64Array {
  // A start without symmetry, so that it is perpendicular to nothing in particular.
  let direction: Float64Array = Float64Array.from({ length: columns }, (_, column) =>
    Math.cos(column * 1.7 + 0.3),
  );
  for (let step = 0; step < powerSteps; step += 1) {
    const next = new Float64Array(columns);
    for (const shape of shapes) addTimes(next, shape, dot(shape, direction));
    if (other !== null) addTimes(next, other, -dot(next, other));
    const length = Math.sqrt(dot(next, next));
    if (length === 0) return direction;
    direction = next.map((value) => value / length);
  }
  return direction;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) sum += left[place]! * right[place]!;
  return sum;
}

function addTimes(to: Float64Array, from: Float64Array, factor: number): void {
  for (let place = 0; place < to.length; place += 1) to[place]! += from[place]! * factor;
}

/** Where a circle of ascending angles is cut: after its widest gap, so that no group is torn in two. */
function widestGap(angles: readonly number[]): number {
  let start = 0;
  let widest = angles.length === 0 ? 0 : angles[0]! - angles.at(-1)! + 2 * Math.PI;
  for (let place = 1; place < angles.length; place += 1) {
    const gap = angles[place]! - angles[place - 1]!;
    if (gap > widest) [start, widest] = [place, gap];
  }
  return start;
}
