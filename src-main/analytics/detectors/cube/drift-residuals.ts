// How far each active day of each actor lies from what was usual before it; formulas in the docstring of the detector.
import type { CellCalendar } from './cell-calendar.ts';
import type { DailyCounts } from './day-rows.ts';
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

const unknown = 0;
const none = 1;
const some = 2;

/** Computed when asked for, and once: by place in the lists of daily counts. */
export class DriftResiduals {
  readonly #daily: DailyCounts;
  readonly #roots: Float64Array;
  readonly #isWeekend: Uint8Array;
  readonly #parameters: DriftParameters;
  readonly #state: Uint8Array;
  readonly #values: Float64Array;
  readonly #classDays: Uint32Array;
  /** Roots of the baseline being looked at, ascending. */
  #sorted = new Float64Array(64);

  /** @param daily active days with their totals; far enough back for the days that will be asked for. */
  constructor(daily: DailyCounts, calendar: CellCalendar, parameters: DriftParameters) {
    const length = daily.days.length;
    this.#daily = daily;
    this.#roots = new Float64Array(length);
    for (let place = 0; place < length; place += 1) this.#roots[place] = rootOf(daily.counts[place]!);
    this.#isWeekend = weekends(daily.days, calendar);
    this.#parameters = parameters;
    this.#state = new Uint8Array(length);
    this.#values = new Float64Array(length);
    this.#classDays = new Uint32Array(length);
  }

  /** The residual of a place; NaN where too little is known. @param first first place of the same actor. */
  valueAt(place: number, first: number): number {
    if (this.#state[place] === unknown) this.#compute(place, first);
    return this.#state[place] === some ? this.#values[place]! : NaN;
  }

  /** Of a place that has a residual. */
  classDaysAt(place: number): number {
    return this.#classDays[place]!;
  }

  countAt(place: number): number {
    return this.#daily.counts[place]!;
  }

  /** Everything about a place that has a residual. */
  describe(place: number, first: number): Residual {
    const { classDays, activeDays } = this.#readBaseline(place, first);
    const { usual, deviation } = usualOf(this.#sorted, classDays, this.#parameters.smallestDeviationShare);
    return {
      day: this.#daily.days[place]!,
      count: this.#daily.counts[place]!,
      usual: medianCount(this.#sorted.subarray(0, classDays)),
      usualRoot: usual,
      deviation,
      classDays,
      activeDays,
      isWeekend: this.#isWeekend[place] === 1,
      value: this.valueAt(place, first),
    };
  }

  #compute(place: number, first: number): void {
    const { minimumActiveDays, minimumClassDays, residualLimit, smallestDeviationShare } = this.#parameters;
    const { classDays, activeDays } = this.#readBaseline(place, first);
    this.#state[place] = none;
    if (activeDays < minimumActiveDays || classDays < minimumClassDays) return;
    const { usual, deviation } = usualOf(this.#sorted, classDays, smallestDeviationShare);
    const residual = (this.#roots[place]! - usual) / deviation;
    this.#state[place] = some;
    this.#classDays[place] = classDays;
    this.#values[place] = Math.min(Math.max(residual, -residualLimit), residualLimit);
  }

  /** Puts the roots of the days of the same class before a place in order. */
  #readBaseline(place: number, first: number): { classDays: number; activeDays: number } {
    const { days } = this.#daily;
    const oldest = days[place]! - this.#parameters.baselineDays;
    const isWeekend = this.#isWeekend[place]!;
    if (this.#sorted.length < place - first) this.#sorted = new Float64Array(2 * (place - first));
    let classDays = 0;
    let at = place - 1;
    for (; at >= first && days[at]! >= oldest; at -= 1)
      if (this.#isWeekend[at] === isWeekend) insert(this.#sorted, classDays++, this.#roots[at]!);
    return { classDays, activeDays: place - 1 - at };
  }
}

/** One flag a place. The newest day of each slot is remembered, because days may lie thousands of years apart. */
function weekends(days: Int32Array, calendar: CellCalendar): Uint8Array {
  const flags = new Uint8Array(days.length);
  const dayOf = new Float64Array(weekendSlots).fill(NaN);
  const flagOf = new Uint8Array(weekendSlots);
  for (let place = 0; place < days.length; place += 1) {
    const day = days[place]!;
    const slot = day & (weekendSlots - 1);
    if (dayOf[slot] !== day) {
      dayOf[slot] = day;
      flagOf[slot] = calendar.isWeekend(day) ? 1 : 0;
    }
    flags[place] = flagOf[slot]!;
  }
  return flags;
}

const weekendSlots = 1024;

/** √(y + 3/8): Anscombe's transform. The root of a count spreads by about ½ whatever its mean is, and evenly to both sides. */
function rootOf(count: number): number {
  return Math.sqrt(count + 3 / 8);
}

/** Median and robust deviation; 1.4826 and 1.2533 make both agree with the standard deviation of a normal distribution. */
function usualOf(
  sorted: Float64Array,
  length: number,
  smallestShare: number,
): { usual: number; deviation: number } {
  const usual = medianOf(sorted, length);
  const mad = medianDistance(sorted, length, usual);
  const robust = mad > 0 ? 1.4826 * mad : (1.2533 * sumOfDistances(sorted, length, usual)) / length;
  return { usual, deviation: Math.max(robust, 0.5, (smallestShare / 2) * usual) };
}

/** The median of |value − usual|: distances ascend to both sides of the usual, so the nearer side is taken until half are. */
function medianDistance(sorted: Float64Array, length: number, usual: number): number {
  let above = length >> 1;
  while (above > 0 && sorted[above - 1]! >= usual) above -= 1;
  let below = above - 1;
  let before = 0;
  let last = 0;
  for (let taken = 0; taken <= length >> 1; taken += 1) {
    before = last;
    const isBelow = above >= length || (below >= 0 && usual - sorted[below]! <= sorted[above]! - usual);
    last = isBelow ? usual - sorted[below--]! : sorted[above++]! - usual;
  }
  return length % 2 === 1 ? last : (before + last) / 2;
}

function sumOfDistances(sorted: Float64Array, length: number, usual: number): number {
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += Math.abs(sorted[at]! - usual);
  return sum;
}

/** Puts a value in its place among the first `length`, which ascend: for some thirty values the fastest way to sort. */
function insert(values: Float64Array, length: number, value: number): void {
  let at = length;
  for (; at > 0 && values[at - 1]! > value; at -= 1) values[at] = values[at - 1]!;
  values[at] = value;
}

function medianOf(sorted: Float64Array, length: number): number {
  const middle = length >> 1;
  return length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The median of the counts whose roots these are: counts are whole, so what the root lost comes back. */
function medianCount(sortedRoots: Float64Array): number {
  const counts = sortedRoots.map((root) => Math.round(root ** 2 - 3 / 8));
  return medianOf(counts, counts.length);
}
