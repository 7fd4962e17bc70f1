// The control chart of one actor's daily totals; formulas in the docstring of the detector.
import type { CellCalendar } from './cell-calendar.ts';
import type { DriftParameters } from './drift-parameters.ts';

export interface Residual {
  readonly day: number;
  readonly count: number;
  /** Median of the totals. */
  readonly usual: number;
  /** Median of their roots √(y + 3/8), and the deviation of these that was used. */
  readonly usualRoot: number;
  readonly deviation: number;
  /** Active days of the same class in the baseline. */
  readonly classDays: number;
  readonly activeDays: number;
  readonly isWeekend: boolean;
  readonly value: number;
}

export interface DriftCrossing {
  readonly day: number;
  readonly direction: 'up' | 'down';
  readonly average: number;
  readonly limit: number;
  /** Null when the day before was not on a chart. */
  readonly previousAverage: number | null;
  readonly previousLimit: number | null;
  /** Oldest first; the last is the crossing day's. */
  readonly residuals: readonly Residual[];
}

interface ChartPoint {
  readonly average: number;
  readonly limit: number;
  readonly residuals: readonly Residual[];
}

export class DriftChart {
  readonly #days: Int32Array;
  readonly #counts: Float64Array;
  readonly #roots: Float64Array;
  readonly #isWeekend: Uint8Array;
  readonly #parameters: DriftParameters;
  readonly #residuals: (Residual | null)[] = [];

  /** @param days active days, ascending, with their totals; far enough back for the days that will be asked for. */
  constructor(days: Int32Array, counts: Float64Array, calendar: CellCalendar, parameters: DriftParameters) {
    this.#days = days;
    this.#counts = counts;
    this.#roots = counts.map(rootOf);
    this.#isWeekend = Uint8Array.from(days, (day) => (calendar.isWeekend(day) ? 1 : 0));
    this.#parameters = parameters;
  }

  /** The crossing on the active day at a place of the list; null when there is none. */
  crossingAt(place: number, isComplete: boolean): DriftCrossing | null {
    const { lambda, limitSigmas, minimumCount, direction } = this.#parameters;
    const residual = this.#residualAt(place);
    if (residual === null) return null;
    const mayGoDown = direction === 'both' && isComplete;
    const sign = residual.value > 0 ? 1 : -1;
    if (sign < 0 ? !mayGoDown : residual.count < minimumCount) return null;
    if (sign * residual.value <= limitSigmas * lambda) return null;
    const point = this.#pointAt(place);
    if (point === null || sign * point.average <= point.limit) return null;
    const previous = this.#previousPoint(place);
    if (previous !== null && sign * previous.average > previous.limit) return null;
    return {
      day: residual.day,
      direction: sign > 0 ? 'up' : 'down',
      average: point.average,
      limit: point.limit,
      previousAverage: previous?.average ?? null,
      previousLimit: previous?.limit ?? null,
      residuals: point.residuals,
    };
  }

  /** The newest point before a place that still lies on its chart. */
  #previousPoint(place: number): ChartPoint | null {
    const oldest = this.#days[place]! - this.#parameters.chartDays;
    for (let before = place - 1; before >= 0 && this.#days[before]! > oldest; before -= 1) {
      const point = this.#pointAt(before);
      if (point !== null) return point;
    }
    return null;
  }

  /** Null when the day itself has no residual, or too few days have one. */
  #pointAt(place: number): ChartPoint | null {
    const { lambda, limitSigmas, chartDays, minimumChartedDays } = this.#parameters;
    const newest = this.#residualAt(place);
    if (newest === null) return null;
    const residuals: Residual[] = [];
    for (let at = place; at >= 0 && this.#days[at]! > newest.day - chartDays; at -= 1) {
      const residual = this.#residualAt(at);
      if (residual !== null) residuals.unshift(residual);
    }
    if (residuals.length < minimumChartedDays) return null;
    const average = residuals.reduce((sum, { value }) => (1 - lambda) * sum + lambda * value, 0);
    const forgotten = (1 - lambda) ** residuals.length;
    const variance = (lambda / (2 - lambda)) * (1 - forgotten ** 2);
    const baselineError = (Math.PI / (2 * newest.classDays)) * (1 - forgotten) ** 2;
    return { average, limit: limitSigmas * Math.sqrt(variance + baselineError), residuals };
  }

  #residualAt(place: number): Residual | null {
    const known = this.#residuals[place];
    if (known !== undefined) return known;
    const residual = this.#computeResidual(place);
    this.#residuals[place] = residual;
    return residual;
  }

  #computeResidual(place: number): Residual | null {
    const { baselineDays, minimumActiveDays, minimumClassDays, residualLimit } = this.#parameters;
    const day = this.#days[place]!;
    const isWeekend = this.#isWeekend[place]!;
    const sorted = new Float64Array(Math.min(baselineDays, place));
    let classDays = 0;
    let at = place - 1;
    for (; at >= 0 && this.#days[at]! >= day - baselineDays; at -= 1) {
      if (this.#isWeekend[at] === isWeekend) insert(sorted, classDays++, this.#roots[at]!);
    }
    const activeDays = place - 1 - at;
    if (activeDays < minimumActiveDays || classDays < minimumClassDays) return null;
    const { usual, deviation } = usualOf(
      sorted.subarray(0, classDays),
      this.#parameters.smallestDeviationShare,
    );
    const residual = (this.#roots[place]! - usual) / deviation;
    return {
      day,
      count: this.#counts[place]!,
      usual: medianCount(sorted.subarray(0, classDays)),
      usualRoot: usual,
      deviation,
      classDays,
      activeDays,
      isWeekend: isWeekend === 1,
      value: Math.min(Math.max(residual, -residualLimit), residualLimit),
    };
  }
}

/** √(y + 3/8): Anscombe's transform. The root of a count spreads by about ½ whatever its mean is, and evenly to both sides. */
function rootOf(count: number): number {
  return Math.sqrt(count + 3 / 8);
}

/** Median and robust deviation; 1.4826 and 1.2533 make both agree with the standard deviation of a normal distribution. */
function usualOf(sorted: Float64Array, smallestShare: number): { usual: number; deviation: number } {
  const usual = medianOf(sorted);
  const distances = new Float64Array(sorted.length);
  let sum = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const distance = Math.abs(sorted[at]! - usual);
    insert(distances, at, distance);
    sum += distance;
  }
  const mad = medianOf(distances);
  const robust = mad > 0 ? 1.4826 * mad : (1.2533 * sum) / sorted.length;
  return { usual, deviation: Math.max(robust, 0.5, (smallestShare / 2) * usual) };
}

/** Puts a value in its place among the first `length`, which ascend: for some thirty values the fastest way to sort. */
function insert(values: Float64Array, length: number, value: number): void {
  let at = length;
  for (; at > 0 && values[at - 1]! > value; at -= 1) values[at] = values[at - 1]!;
  values[at] = value;
}

function medianOf(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of the counts whose roots these are: counts are whole, so what the root lost comes back. */
function medianCount(sortedRoots: Float64Array): number {
  return medianOf(sortedRoots.map((root) => Math.round(root ** 2 - 3 / 8)));
}
