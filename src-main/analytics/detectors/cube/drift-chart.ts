// The control charts of actors' daily totals; formulas in the docstring of the detector.
import type { CellCalendar } from './cell-calendar.ts';
import type { DailyCounts } from './day-rows.ts';
import type { DriftParameters } from './drift-parameters.ts';
import { DriftResiduals, type Residual } from './drift-residuals.ts';

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
  /** Places with a residual, oldest first. */
  readonly charted: readonly number[];
}

/** More than rounding can make of a sum of such size. */
const roundingMargin = 1e-9;

export class DriftCharts {
  readonly #days: Int32Array;
  readonly #residuals: DriftResiduals;
  readonly #parameters: DriftParameters;

  constructor(daily: DailyCounts, calendar: CellCalendar, parameters: DriftParameters) {
    this.#days = daily.days;
    this.#residuals = new DriftResiduals(daily, calendar, parameters);
    this.#parameters = parameters;
  }

  /**
   * The crossing on the active day at a place of the daily counts; null when there is none.
   * @param first first place of the same actor.
   */
  crossingAt(place: number, first: number, isComplete: boolean): DriftCrossing | null {
    const { lambda, limitSigmas, minimumCount, direction } = this.#parameters;
    const residual = this.#residuals.valueAt(place, first);
    if (Number.isNaN(residual)) return null;
    const mayGoDown = direction === 'both' && isComplete;
    const sign = residual > 0 ? 1 : -1;
    if (sign < 0 ? !mayGoDown : this.#residuals.countAt(place) < minimumCount) return null;
    if (sign * residual <= limitSigmas * lambda) return null;
    if (!this.#mayCross(place, first, sign)) return null;
    const point = this.#pointAt(place, first);
    if (point === null || sign * point.average <= point.limit) return null;
    const previous = this.#previousPoint(place, first);
    if (previous !== null && sign * previous.average > previous.limit) return null;
    return {
      day: this.#days[place]!,
      direction: sign > 0 ? 'up' : 'down',
      average: point.average,
      limit: point.limit,
      previousAverage: previous?.average ?? null,
      previousLimit: previous?.limit ?? null,
      residuals: point.charted.map((at) => this.#residuals.describe(at, first)),
    };
  }

  /**
   * False as soon as the newest residuals tell that the average stays below the limit whatever the older ones are, which no
   * more than the residual limit lets count: most charts need not be read to their end.
   */
  #mayCross(place: number, first: number, sign: 1 | -1): boolean {
    const { lambda, chartDays, minimumChartedDays, residualLimit } = this.#parameters;
    const oldest = this.#days[place]! - chartDays;
    const classDays = this.#residuals.classDaysAt(place);
    const margin = roundingMargin * (1 + residualLimit);
    let sum = 0;
    let rest = 1;
    let charted = 0;
    for (let at = place; at >= first && this.#days[at]! > oldest; at -= 1) {
      const residual = this.#residuals.valueAt(at, first);
      if (Number.isNaN(residual)) continue;
      sum += lambda * rest * sign * residual;
      rest *= 1 - lambda;
      charted += 1;
      const most = sum + rest * residualLimit;
      // The limit grows with the days on the chart.
      const least = this.#limitOf(Math.max(charted, minimumChartedDays), classDays);
      if (most < least - margin) return false;
    }
    return true;
  }

  /** The newest point before a place that still lies on its chart. */
  #previousPoint(place: number, first: number): ChartPoint | null {
    const oldest = this.#days[place]! - this.#parameters.chartDays;
    for (let before = place - 1; before >= first && this.#days[before]! > oldest; before -= 1) {
      const point = this.#pointAt(before, first);
      if (point !== null) return point;
    }
    return null;
  }

  /** Null when the day itself has no residual, or too few days have one. */
  #pointAt(place: number, first: number): ChartPoint | null {
    const { lambda, chartDays, minimumChartedDays } = this.#parameters;
    if (Number.isNaN(this.#residuals.valueAt(place, first))) return null;
    const charted: number[] = [];
    const oldest = this.#days[place]! - chartDays;
    for (let at = place; at >= first && this.#days[at]! > oldest; at -= 1)
      if (!Number.isNaN(this.#residuals.valueAt(at, first))) charted.push(at);
    charted.reverse();
    if (charted.length < minimumChartedDays) return null;
    let average = 0;
    for (const at of charted) average = (1 - lambda) * average + lambda * this.#residuals.valueAt(at, first);
    const limit = this.#limitOf(charted.length, this.#residuals.classDaysAt(place));
    return { average, limit, charted };
  }

  #limitOf(chartedDays: number, classDays: number): number {
    const { lambda, limitSigmas } = this.#parameters;
    const forgotten = (1 - lambda) ** chartedDays;
    const variance = (lambda / (2 - lambda)) * (1 - forgotten ** 2);
    const baselineError = (Math.PI / (2 * classDays)) * (1 - forgotten) ** 2;
    return limitSigmas * Math.sqrt(variance + baselineError);
  }
}
