// What a baseline window holds, cell by cell, before anything is concluded from it.
import type { HourlyCounts } from '../../history/activity.ts';
import type { NbParameters } from './parameters.ts';
import { cellCount, type Window } from './window.ts';

/** Hours of one actor, or of one of its series, within a window. */
export interface Baseline {
  readonly counts: HourlyCounts;
  /** Places [low, high) of `counts`. */
  readonly low: number;
  readonly high: number;
  /** Hour of the actor's first event: hours before it are no hours of the baseline. */
  readonly firstHour: number;
  /** Hours of the actor that are left out because what happened in them was confirmed, ascending; not in `counts` either. */
  readonly excluded: readonly number[];
}

/** Sums of one baseline; made once and filled again for every actor and day, because there are millions. */
export interface CellSums {
  /** Hours of each cell in the baseline, and all of them. */
  readonly exposure: Float64Array;
  hours: number;
  /** Events and squared counts of each cell. */
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Mean events an hour, all cells together; 0 without hours. */
  level: number;
}

/** Counts hours from the actor's first event on, and adds up what they hold. */
export function measure(into: CellSums, baseline: Baseline, window: Window): void {
  measureExposure(into, baseline, window);
  const { counts, low, high } = baseline;
  const { fromHour, cells } = window;
  into.sums.fill(0);
  into.squares.fill(0);
  let total = 0;
  for (let at = low; at < high; at += 1) {
    const cell = cells[counts.hours[at]! - fromHour]!;
    const count = counts.counts[at]!;
    into.sums[cell]! += count;
    into.squares[cell]! += count * count;
    total += count;
  }
  into.level = into.hours > 0 ? total / into.hours : 0;
}

function measureExposure(into: CellSums, { firstHour, excluded }: Baseline, window: Window): void {
  const { fromHour, toHour, cells, remaining } = window;
  const start = startOf(firstHour, window);
  for (let cell = 0; cell < cellCount; cell += 1) into.exposure[cell] = remaining[start * cellCount + cell]!;
  into.hours = cells.length - start;
  for (const hour of excluded) {
    if (hour < fromHour + start || hour >= toHour) continue;
    into.exposure[cells[hour - fromHour]!]! -= 1;
    into.hours -= 1;
  }
}

/** Hours of one cell in a baseline. */
export function exposureInCell({ firstHour, excluded }: Baseline, window: Window, cell: number): number {
  const { fromHour, toHour, cells, remaining } = window;
  const start = startOf(firstHour, window);
  const exposure = remaining[start * cellCount + cell]!;
  if (excluded.length === 0) return exposure;
  const isLeftOut = (hour: number) =>
    hour >= fromHour + start && hour < toHour && cells[hour - fromHour] === cell;
  return exposure - excluded.filter(isLeftOut).length;
}

/**
 * Whether λ of one cell, with any prior and no hour weighed down, would be above a limit already because of what the cell
 * holds: tells most hours that cannot be listed without fitting anything.
 */
export function holdsMoreThan(
  limit: number,
  baseline: Baseline,
  window: Window,
  cell: number,
  { kappa, priorFloor }: NbParameters,
): boolean {
  const { counts, low, high } = baseline;
  const { fromHour, cells } = window;
  const most = limit * (kappa + exposureInCell(baseline, window, cell)) - kappa * priorFloor;
  let sum = 0;
  for (let at = low; at < high; at += 1) {
    if (cells[counts.hours[at]! - fromHour] !== cell) continue;
    sum += counts.counts[at]!;
    if (sum > most) return true;
  }
  return false;
}

/** Place in the window of the first hour in which the actor was known. */
function startOf(firstHour: number, { fromHour, cells }: Window): number {
  return Math.min(Math.max(firstHour - fromHour, 0), cells.length);
}
