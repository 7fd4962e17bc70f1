// Places counts over time as bars, and tells which bar a place, an instant or a row of the list belongs to.
import { scaleLinear } from 'd3-scale';
import { parseInstant } from '#shared/time/instant.ts';

/** Half-open. */
export type TimeBucket = { readonly start: string; readonly end: string; readonly count: number };

export type HistogramBar = { x: number; y: number; width: number; height: number };

export type TimeHistogram = {
  readonly bars: readonly HistogramBar[];
  /** Places of an instant; what lies outside is at the edge. */
  readonly xOf: (instant: string) => number;
  /** Bucket at a place, −1 while there is none. */
  readonly bucketAt: (x: number) => number;
  /** Buckets whose start is labelled, far enough apart. */
  readonly labelled: readonly number[];
};

const millisecondsOf = (instant: string): number => parseInstant(instant) / 1000;

/** A count above zero is never invisible. */
const leastHeight = 1.5;
const labelWidth = 96;

export function timeHistogram(
  buckets: readonly TimeBucket[],
  { width, height }: { width: number; height: number },
  isLabelled: (bucket: TimeBucket) => boolean = () => true,
): TimeHistogram {
  const starts = buckets.map(({ start }) => millisecondsOf(start));
  const end = millisecondsOf(buckets.at(-1)?.end ?? '1970-01-01T00:00:00.000Z');
  const x = scaleLinear([starts[0] ?? 0, end], [0, width]).clamp(true);
  const y = scaleLinear([0, Math.max(1, ...buckets.map(({ count }) => count))], [0, height]);
  const bars = buckets.map(({ count }, at) => {
    const left = x(starts[at]!);
    const high = count === 0 ? 0 : Math.max(leastHeight, y(count));
    return { x: left, y: height - high, width: x(starts[at + 1] ?? end) - left, height: high };
  });
  return {
    bars,
    xOf: (instant) => x(millisecondsOf(instant)),
    bucketAt: (place) => bars.findLastIndex((bar, at) => at === 0 || bar.x <= place),
    labelled: labelledBuckets(bars, width, (at) => isLabelled(buckets[at]!)),
  };
}

function labelledBuckets(
  bars: readonly HistogramBar[],
  width: number,
  isLabelled: (at: number) => boolean,
): number[] {
  const labelled: number[] = [];
  let free = 0;
  bars.forEach((bar, at) => {
    if (bar.x < free || bar.x + labelWidth > width || !isLabelled(at)) return;
    labelled.push(at);
    free = bar.x + labelWidth;
  });
  return labelled;
}

/** From one bucket to another, in either order, both included. */
export function rangeOfBuckets(
  buckets: readonly TimeBucket[],
  one: number,
  other: number,
): { from: string; to: string } | null {
  const [first, last] = [buckets[Math.min(one, other)], buckets[Math.max(one, other)]];
  return first === undefined || last === undefined ? null : { from: first.start, to: last.end };
}

/**
 * About when the event on a row happened, the newest on row 0, as if events were spread evenly within a bucket.
 * @returns milliseconds since 1970; null where the row is beyond the counts
 */
export function timeOfRow(buckets: readonly TimeBucket[], row: number): number | null {
  let newer = 0;
  for (const { start, end, count } of buckets.toReversed()) {
    if (count > 0 && row < newer + count) {
      const [from, to] = [millisecondsOf(start), millisecondsOf(end)];
      return Math.floor(to - ((row + 0.5 - newer) / count) * (to - from));
    }
    newer += count;
  }
  return null;
}
