// Courses of values to judge: noise, days, and what may happen to them.
import { Random } from '../../../../src-main/sample/generate/random.ts';

/** Nearly normal noise around a level, in steps of 1/64 so that sums and halves stay exact. */
export function noise(seed: number, length: number, level: number, deviation: number): Float64Array {
  const random = new Random(seed, 'noise');
  return Float64Array.from({ length }, () => Math.round(64 * (level + deviation * random.bell())) / 64);
}

/** Noise on a day of 24 hourly values that rises from `low` at night to `high` at noon. */
export function days(seed: number, count: number, low: number, high: number): Float64Array {
  return noise(seed, count * 24, 0, (high - low) / 20).map(
    (value, hour) => value + low + ((high - low) * (1 - Math.cos((2 * Math.PI * hour) / 24))) / 2,
  );
}

/** The same with some values changed. */
export function changed(
  values: Float64Array,
  from: number,
  to: number,
  change: (value: number) => number,
): Float64Array {
  return values.map((value, at) => (at >= from && at < to ? change(value) : value));
}
