// Detector z3: how far an hour's count lies above the same series' own recent hours, in standard deviations.
import type { HourlyCounts } from '../history/activity.ts';

export const z3Method = {
  id: 'z3',
  version: 'z3/1',
  threshold: 3,
  minimumCount: 3,
  /** Hours of baseline, and hours between its end and the tested hour. */
  windowHours: 672,
  gapHours: 24,
  minimumBaselineHours: 24,
  minimumActiveHours: 5,
} as const;

/** No hour further back than this before a tested hour matters to its judgement. */
export const reachHours = z3Method.windowHours + z3Method.gapHours;

export type HourlySeries = {
  /** Hours since the epoch with at least one event, ascending, with their counts; at least {@link reachHours} back. */
  readonly hours: readonly number[];
  readonly counts: readonly number[];
  /** Hour of the actor's first event of any kind: before it there is nothing to be usual. */
  readonly firstHour: number;
};

/** The same, in whatever holds the numbers. */
type HourlyView = {
  readonly hours: ArrayLike<number>;
  readonly counts: ArrayLike<number>;
  readonly firstHour: number;
};

export type Judgement = {
  readonly hour: number;
  readonly count: number;
  readonly state: 'learning' | 'usual' | 'flagged';
  /** Baseline hours [baselineStart, baselineEnd), zero hours included. */
  readonly baselineStart: number;
  readonly baselineEnd: number;
  readonly n: number;
  readonly activeHours: number;
  readonly mean: number;
  readonly sd: number;
  readonly deviationUsed: number;
  readonly z: number;
};

/**
 * Judges the given hours of one series, each against the {@link z3Method.windowHours} hours that end
 * {@link z3Method.gapHours} hours before it, cut at the actor's first event.
 *
 * mean = Σy / n; sd = sqrt(Σ(y − mean)² / (n − 1)); deviation used = max(sd, sqrt(max(mean, 1))); z = (y − mean) / deviation used.
 * Hours without events count as zeros. Flagged when z > threshold and y >= minimumCount.
 * @param testedHours hours since the epoch, ascending.
 */
export function judgeHours(series: HourlyView, testedHours: readonly number[]): Judgement[] {
  const { hours, counts } = series;
  const sums = prefixSums(counts);
  let low = 0;
  let high = 0;
  let at = 0;
  return testedHours.map((hour) => {
    const baselineEnd = hour - z3Method.gapHours;
    const baselineStart = Math.max(baselineEnd - z3Method.windowHours, series.firstHour);
    while (low < hours.length && hours[low]! < baselineStart) low += 1;
    while (high < hours.length && hours[high]! < baselineEnd) high += 1;
    while (at < hours.length && hours[at]! < hour) at += 1;
    const count = hours[at] === hour ? counts[at]! : 0;
    const activeHours = Math.max(0, high - low);
    return judge(hour, count, {
      baselineStart: Math.min(baselineStart, baselineEnd),
      activeHours,
      sum: sums.plain[low + activeHours]! - sums.plain[low]!,
      sumOfSquares: sums.squared[low + activeHours]! - sums.squared[low]!,
    });
  });
}

/** What the baseline of an hour holds. */
interface Moments {
  readonly baselineStart: number;
  readonly activeHours: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

function judge(
  hour: number,
  count: number,
  { baselineStart, activeHours, sum, sumOfSquares }: Moments,
): Judgement {
  const baselineEnd = hour - z3Method.gapHours;
  const n = baselineEnd - baselineStart;
  const mean = n > 0 ? sum / n : 0;
  const sd = sampleDeviation(n, sum, sumOfSquares);
  const deviationUsed = Math.max(sd, Math.sqrt(Math.max(mean, 1)));
  const z = (count - mean) / deviationUsed;
  const isLearning = n < z3Method.minimumBaselineHours || activeHours < z3Method.minimumActiveHours;
  const isFlagged = z > z3Method.threshold && count >= z3Method.minimumCount;
  const state = isLearning ? 'learning' : isFlagged ? 'flagged' : 'usual';
  return { hour, count, state, baselineStart, baselineEnd, n, activeHours, mean, sd, deviationUsed, z };
}

/**
 * Σ(y − mean)² = (n Σy² − (Σy)²) / n: in integers, so no digit is lost below 2^53. Beyond (3,600,000 events in one hour
 * of a full window) the error stays far below the floor, which is then the deviation used.
 */
function sampleDeviation(n: number, sum: number, sumOfSquares: number): number {
  return n > 1 ? Math.sqrt(Math.max(0, n * sumOfSquares - sum * sum) / (n * (n - 1))) : 0;
}

/** The largest hourly count of a judgement's baseline; 0 when it is empty. */
export function highestInBaseline(series: HourlyView, judgement: Judgement): number {
  let highest = 0;
  for (let index = 0; index < series.hours.length; index += 1) {
    const hour = series.hours[index]!;
    if (hour >= judgement.baselineStart && hour < judgement.baselineEnd)
      highest = Math.max(highest, series.counts[index]!);
  }
  return highest;
}

type PrefixSums = { readonly plain: Float64Array; readonly squared: Float64Array };

function prefixSums(counts: ArrayLike<number>): PrefixSums {
  const plain = new Float64Array(counts.length + 1);
  const squared = new Float64Array(counts.length + 1);
  for (let index = 0; index < counts.length; index += 1) {
    const count = counts[index]!;
    plain[index + 1] = plain[index]! + count;
    squared[index + 1] = squared[index]! + count * count;
  }
  return { plain, squared };
}

/** Hours judged, and how many of them had too short a baseline to say anything. */
export interface Tally {
  readonly evaluated: number;
  readonly learning: number;
}

/** A flagged hour of a series, with the largest count of an hour of its baseline. */
export type OnFlagged = (series: number, place: number, judgement: Judgement, highest: number) => void;

/**
 * Judges hours of many series at once as {@link judgeHours} judges those of one, and tells only the flagged ones.
 * Sums over the baseline slide along with it: they are sums of whole numbers, so nothing is lost on the way.
 * @param firstHours hour of the first event, of any kind, of the actor behind each series.
 * @param isJudged one flag a place of `counts.hours`.
 */
export function scanHours(
  { offsets, hours, counts }: HourlyCounts,
  firstHours: Int32Array,
  isJudged: Uint8Array,
  onFlagged: OnFlagged,
): Tally {
  const { windowHours, gapHours, minimumBaselineHours, minimumActiveHours, minimumCount } = z3Method;
  let evaluated = 0;
  let learning = 0;
  for (let series = 0; series < firstHours.length; series += 1) {
    const end = offsets[series + 1]!;
    const firstHour = firstHours[series]!;
    let low = offsets[series]!;
    let high = low;
    let sum = 0;
    let sumOfSquares = 0;
    for (let at = low; at < end; at += 1) {
      if (isJudged[at] === 0) continue;
      const baselineEnd = hours[at]! - gapHours;
      const baselineStart = Math.max(baselineEnd - windowHours, firstHour);
      for (; hours[high]! < baselineEnd; high += 1) {
        sum += counts[high]!;
        sumOfSquares += counts[high]! * counts[high]!;
      }
      for (; low < high && hours[low]! < baselineStart; low += 1) {
        sum -= counts[low]!;
        sumOfSquares -= counts[low]! * counts[low]!;
      }
      evaluated += 1;
      const n = baselineEnd - baselineStart;
      if (n < minimumBaselineHours || high - low < minimumActiveHours) learning += 1;
      else if (counts[at]! >= minimumCount && isAbove(counts[at]!, n, sum, sumOfSquares)) {
        const moments = { baselineStart, activeHours: high - low, sum, sumOfSquares };
        const judgement = judge(hours[at]!, counts[at]!, moments);
        onFlagged(series, at, judgement, highestBetween(counts, low, high));
      }
    }
  }
  return { evaluated, learning };
}

function highestBetween(counts: Uint32Array, low: number, high: number): number {
  let highest = 0;
  for (let at = low; at < high; at += 1) if (counts[at]! > highest) highest = counts[at]!;
  return highest;
}

/** The judgement's own arithmetic, for a baseline that is known not to be empty. */
function isAbove(count: number, n: number, sum: number, sumOfSquares: number): boolean {
  const mean = sum / n;
  const floor = Math.sqrt(Math.max(mean, 1));
  // The deviation used is never below the floor, so most hours need no second square root.
  if ((count - mean) / floor <= z3Method.threshold) return false;
  return (count - mean) / Math.max(sampleDeviation(n, sum, sumOfSquares), floor) > z3Method.threshold;
}
