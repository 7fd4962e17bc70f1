// Which series have an hour with enough events to be worth a judgement.
import type { TouchedHours } from '../../detector.ts';
import type { ActivityDay } from '../../history/activity.ts';
import type { HourSpan } from './judged-hours.ts';

/** Touched series with at least `minimumCount` events in one of their touched hours of the span. */
export function loudSeries(
  activity: readonly ActivityDay[],
  minimumCount: number,
  { fromHour, toHour }: HourSpan,
  touched: TouchedHours,
): Set<number> {
  const loud = new Set<number>();
  for (const { day, series, slots, counts } of activity) {
    if (day * 24 + 24 <= fromHour || day * 24 >= toHour) continue;
    for (let cell = 0; cell < series.length;) {
      const number = series[cell]!;
      const hourOfDay = slots[cell]! >> 2;
      let sum = 0;
      for (; series[cell] === number && slots[cell]! >> 2 === hourOfDay; cell += 1) sum += counts[cell]!;
      const hour = day * 24 + hourOfDay;
      if (sum < minimumCount || hour < fromHour || hour >= toHour) continue;
      if (touched.get(number)?.includes(hour)) loud.add(number);
    }
  }
  return loud;
}
