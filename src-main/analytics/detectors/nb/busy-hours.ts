// The hours of one judged day that could be listed, read straight from the day's cells.
import type { ActivityDay } from '../../history/activity.ts';

/** Hours of single actions, in the order of the cells. */
export interface BusyHours {
  readonly length: number;
  readonly series: Uint32Array;
  /** Hours since the epoch. */
  readonly hours: Int32Array;
  readonly counts: Uint32Array;
}

/** Hours of series with at least `minimumCount` events, in [fromHour, toHour). */
export function busyHours(
  { day, series, slots, counts }: ActivityDay,
  minimumCount: number,
  fromHour: number,
  toHour: number,
): BusyHours {
  const found: { series: number[]; hours: number[]; counts: number[] } = {
    series: [],
    hours: [],
    counts: [],
  };
  for (let cell = 0; cell < series.length;) {
    const number = series[cell]!;
    const hourOfDay = slots[cell]! >> 2;
    let sum = 0;
    for (; series[cell] === number && slots[cell]! >> 2 === hourOfDay; cell += 1) sum += counts[cell]!;
    const hour = day * 24 + hourOfDay;
    if (sum < minimumCount || hour < fromHour || hour >= toHour) continue;
    found.series.push(number);
    found.hours.push(hour);
    found.counts.push(sum);
  }
  return {
    length: found.series.length,
    series: Uint32Array.from(found.series),
    hours: Int32Array.from(found.hours),
    counts: Uint32Array.from(found.counts),
  };
}
