// The cells of many actors as the window moves on from day to day: what enters is added, and what leaves is taken away.
import type { HourlyCounts } from '../../history/activity.ts';
import { limitCount, weighHour, type CellFit, type WeighOutliers } from './fit.ts';
import { measureExposure, type Baseline } from './measure.ts';
import type { NbParameters } from './parameters.ts';
import { cellCount, type Window } from './window.ts';

/**
 * Squares of so many events add up to less than 2^53: all sums are of whole numbers then, and exact in any order. Actors
 * with more events than this have no sums here.
 */
const mostEvents = 2 ** 26;

export class SlidingCells {
  readonly #counts: HourlyCounts;
  /** Cell of the hour at each place of the counts. */
  readonly #cells: Uint8Array;
  readonly #isExact: Uint8Array;
  /** Places of each actor's counts in the window. */
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  /** List l = actor × 48 + cell: its counts by time, which of them are in the window, and what these hold. */
  readonly #listed: Uint32Array;
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #highest: Uint32Array;

  /** @param counts by actor. @param cellAt cell of each hour, whatever the window. */
  constructor(counts: HourlyCounts, cellAt: (hour: number) => number) {
    const actors = counts.offsets.length - 1;
    this.#counts = counts;
    this.#cells = cellsOf(counts.hours, cellAt);
    this.#isExact = Uint8Array.from({ length: actors }, (_, actor) => (isExact(counts, actor) ? 1 : 0));
    this.#from = counts.offsets.slice(0, -1);
    this.#to = counts.offsets.slice(0, -1);
    const { starts, listed } = listByCell(counts, this.#cells);
    this.#listed = listed;
    this.#low = starts.slice();
    this.#high = starts;
    this.#sums = new Float64Array(actors * cellCount);
    this.#squares = new Float64Array(actors * cellCount);
    this.#highest = new Uint32Array(actors * cellCount);
  }

  /** Does what `measure` does; false when it cannot, and nothing was done. Windows of an actor come in ascending order. */
  measure(into: CellFit, actor: number, baseline: Baseline, window: Window): boolean {
    if (this.#isExact[actor] === 0) return false;
    measureExposure(into, baseline, window);
    this.#enter(actor, baseline.high);
    this.#leave(actor, baseline.low);
    let total = 0;
    for (let cell = 0, list = actor * cellCount; cell < cellCount; cell += 1, list += 1) {
      into.sums[cell] = this.#sums[list]!;
      into.squares[cell] = this.#squares[list]!;
      total += this.#sums[list]!;
    }
    into.level = into.hours > 0 ? total / into.hours : 0;
    return true;
  }

  /** Finds the outliers of an actor that was measured in this window, looking only into cells that can have any. */
  outliersOf(actor: number): WeighOutliers {
    return (fit, _baseline, _window, parameters) => {
      for (let cell = 0, list = actor * cellCount; cell < cellCount; cell += 1, list += 1)
        if (mayExceed(this.#highest[list]!, fit.lambda[cell]!, parameters))
          this.#weigh(fit, list, cell, parameters);
    };
  }

  #weigh(fit: CellFit, list: number, cell: number, parameters: NbParameters): void {
    const limit = limitCount(fit.lambda[cell]!, parameters);
    if (this.#highest[list]! <= limit) return;
    for (let at = this.#low[list]!; at < this.#high[list]!; at += 1)
      if (this.#listed[at]! > limit) weighHour(fit, cell, this.#listed[at]!, parameters);
  }

  #enter(actor: number, to: number): void {
    const { counts } = this.#counts;
    for (let at = this.#to[actor]!; at < to; at += 1) {
      const list = actor * cellCount + this.#cells[at]!;
      const count = counts[at]!;
      this.#high[list]! += 1;
      this.#sums[list]! += count;
      this.#squares[list]! += count * count;
      if (count > this.#highest[list]!) this.#highest[list] = count;
    }
    this.#to[actor] = to;
  }

  #leave(actor: number, from: number): void {
    const { counts } = this.#counts;
    for (let at = this.#from[actor]!; at < from; at += 1) {
      const list = actor * cellCount + this.#cells[at]!;
      const count = counts[at]!;
      this.#low[list]! += 1;
      this.#sums[list]! -= count;
      this.#squares[list]! -= count * count;
      if (count === this.#highest[list]) this.#highest[list] = this.#highestOf(list);
    }
    this.#from[actor] = from;
  }

  #highestOf(list: number): number {
    let highest = 0;
    for (let at = this.#low[list]!; at < this.#high[list]!; at += 1)
      if (this.#listed[at]! > highest) highest = this.#listed[at]!;
    return highest;
  }
}

function isExact({ offsets, counts }: HourlyCounts, actor: number): boolean {
  let total = 0;
  for (let at = offsets[actor]!; at < offsets[actor + 1]!; at += 1) total += counts[at]!;
  return total <= mostEvents;
}

function cellsOf(hours: Int32Array, cellAt: (hour: number) => number): Uint8Array {
  const cells = new Uint8Array(hours.length);
  let first = Infinity;
  let last = -Infinity;
  for (const hour of hours) {
    if (hour < first) first = hour;
    if (hour > last) last = hour;
  }
  // Only hours that occur are named: between one misdated event and the others there may be centuries.
  const table = new Uint8Array(Math.max(0, last - first + 1)).fill(unnamed);
  for (let at = 0; at < hours.length; at += 1) {
    const place = hours[at]! - first;
    if (table[place] === unnamed) table[place] = cellAt(hours[at]!);
    cells[at] = table[place]!;
  }
  return cells;
}

/** No cell has this number. */
const unnamed = 255;

/**
 * Whether the largest count of a cell can be above {@link limitCount}, without a root: with a >= R / 1.5 the limit is
 * (√λ + a)^1.5 × √√λ >= λ + 1.5 a √λ >= λ + R √λ. The part taken off is much more than rounding could be.
 */
function mayExceed(highest: number, lambda: number, { residualLimit }: NbParameters): boolean {
  const above = highest - lambda;
  return above > 0 && above * above > 0.99 * residualLimit * residualLimit * lambda;
}

/** The counts of each actor and cell by time: list l begins at starts[l]. */
function listByCell({ offsets, counts }: HourlyCounts, cells: Uint8Array) {
  const actors = offsets.length - 1;
  const starts = new Uint32Array(actors * cellCount);
  const listed = new Uint32Array(counts.length);
  const next = new Uint32Array(cellCount);
  for (let actor = 0; actor < actors; actor += 1) {
    next.fill(0);
    for (let at = offsets[actor]!; at < offsets[actor + 1]!; at += 1) next[cells[at]!]! += 1;
    let start = offsets[actor]!;
    for (let cell = 0; cell < cellCount; cell += 1) {
      starts[actor * cellCount + cell] = start;
      start += next[cell]!;
      next[cell] = start - next[cell]!;
    }
    for (let at = offsets[actor]!; at < offsets[actor + 1]!; at += 1)
      listed[next[cells[at]!]!++] = counts[at]!;
  }
  return { starts, listed };
}
