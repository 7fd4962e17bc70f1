// One account's events per hour, and what was usual for each hour of the week before a day.
import type { GapParameters } from './gap-parameters.ts';
import type { WeekCalendar } from './week-calendar.ts';

/** What was usual before a judged day. */
export interface GapBaseline {
  /** By hour of the week, 0–167: events in the window's hours of that name, and how many such hours were known. */
  readonly sums: Float64Array;
  readonly hours: Float64Array;
  /** Variance = mean + dispersion × mean², pooled over all hours of the week. */
  readonly dispersion: number;
  /** Events of the window, and known hours. */
  readonly events: number;
  readonly knownHours: number;
}

/** What is usual in one hour; null is not known. */
export interface UsualHour {
  /** (Σ + ½) / n over the same hours of the week. */
  readonly mean: number;
  /** Σ + ½. */
  readonly alpha: number;
  readonly dispersion: number;
  /** Whether enough is usual then for silence to mean something. */
  readonly isExpected: boolean;
}

export class AccountHours {
  readonly group: number;
  /** Hours with events, ascending, and their counts. */
  readonly hours: Int32Array;
  readonly counts: Uint32Array;
  /** Hour of the account's first event: before it nothing is known, not even silence. */
  readonly firstHour: number;
  readonly parameters: GapParameters;
  readonly #calendar: WeekCalendar;
  readonly #baselines = new Map<number, GapBaseline | null>();

  constructor(
    group: number,
    hours: Int32Array,
    counts: Uint32Array,
    firstHour: number,
    calendar: WeekCalendar,
    parameters: GapParameters,
  ) {
    this.group = group;
    this.hours = hours;
    this.counts = counts;
    this.firstHour = firstHour;
    this.#calendar = calendar;
    this.parameters = parameters;
  }

  /** Place of the first hour with events at or after an hour. */
  placeFrom(hour: number): number {
    let low = 0;
    let high = this.hours.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.hours[middle]! < hour) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  usualAt(hour: number): UsualHour | null {
    const baseline = this.baselineOf(Math.floor(hour / 24));
    if (baseline === null) return null;
    const at = this.#calendar.hourOfWeek(hour);
    const known = baseline.hours[at]!;
    if (known < this.parameters.minimumWeeks) return null;
    const alpha = baseline.sums[at]! + 0.5;
    const mean = alpha / known;
    const average = baseline.events / baseline.knownHours;
    const isExpected = mean >= this.parameters.expectedShare * average;
    return { mean, alpha, dispersion: baseline.dispersion, isExpected };
  }

  /** Null when too little is known before the day. */
  baselineOf(day: number): GapBaseline | null {
    const known = this.#baselines.get(day);
    if (known !== undefined) return known;
    const baseline = this.#computeBaseline(day);
    this.#baselines.set(day, baseline);
    return baseline;
  }

  #computeBaseline(day: number): GapBaseline | null {
    const { windowDays, minimumEvents } = this.parameters;
    const fromHour = Math.max((day - windowDays) * 24, this.firstHour);
    const toHour = day * 24;
    const from = this.placeFrom(fromHour);
    const to = this.placeFrom(toHour);
    let events = 0;
    for (let place = from; place < to; place += 1) events += this.counts[place]!;
    if (events < minimumEvents) return null;
    const sums = new Float64Array(168);
    const squares = new Float64Array(168);
    const hours = new Float64Array(168);
    this.#calendar.countHours(fromHour, toHour, hours);
    for (let place = from; place < to; place += 1) {
      const at = this.#calendar.hourOfWeek(this.hours[place]!);
      sums[at]! += this.counts[place]!;
      squares[at]! += this.counts[place]! ** 2;
    }
    const dispersion = this.#dispersionOf(sums, squares, hours);
    return { sums, hours, dispersion, events, knownHours: toHour - fromHour };
  }

  /** Σ n (s² − m) / Σ n m² over the hours of the week known at least twice; m mean, s² sample variance of each. */
  #dispersionOf(sums: Float64Array, squares: Float64Array, hours: Float64Array): number {
    const { dispersionFloor, dispersionCeiling } = this.parameters;
    let excess = 0;
    let scale = 0;
    for (let at = 0; at < 168; at += 1) {
      const n = hours[at]!;
      if (n < 2) continue;
      const mean = sums[at]! / n;
      const variance = (squares[at]! - sums[at]! * mean) / (n - 1);
      excess += n * (variance - mean);
      scale += n * mean ** 2;
    }
    const dispersion = scale > 0 ? excess / scale : dispersionCeiling;
    return Math.min(Math.max(dispersion, dispersionFloor), dispersionCeiling);
  }
}
