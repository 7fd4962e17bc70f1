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

/** Sets what {@link measure} says of hours, and leaves what it says of events. */
export function measureExposure(into: CellSums, { firstHour, excluded }: Baseline, window: Window): void {
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
export function exposureInCell(
  { firstHour, excluded }: Pick<Baseline, 'firstHour' | 'excluded'>,
  window: Window,
  cell: number,
): number {
  const { fromHour, toHour, cells, remaining } = window;
  const start = startOf(firstHour, window);
  const exposure = remaining[start * cellCount + cell]!;
  if (excluded.length === 0) return exposure;
  const isLeftOut = (hour: number) =>
    hour >= fromHour + start && hour < toHour && cells[hour - fromHour] === cell;
  return exposure - excluded.filter(isLeftOut).length;
}

/**
 * How many events a cell may hold before its λ, with any prior and no hour weighed down, is above a limit for that alone:
 * tells most hours that cannot be listed without fitting anything.
 * @param exposure hours of the cell in the baseline.
 */
export function mostHeld(limit: number, exposure: number, { kappa, priorFloor }: NbParameters): number {
  return Math.max(0, limit * (kappa + exposure) - kappa * priorFloor);
}

/** Place in the window of the first hour in which the actor was known. */
function startOf(firstHour: number, { fromHour, cells }: Window): number {
  return Math.min(Math.max(firstHour - fromHour, 0), cells.length);
}
