// Whether an actor did as much on earlier days at the same local hour.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { LocalHour } from '../../local-calendar.ts';

/**
 * Most events of one actor within a window that begins in an hour, for every hour (since the epoch) with events.
 * @param times ascending, microseconds.
 */
export function hourlyPeaks(times: Float64Array, windowMicroseconds: number): Map<number, number> {
  const peaks = new Map<number, number>();
  let end = 0;
  for (let at = 0; at < times.length; at += 1) {
    while (end < times.length && times[end]! - times[at]! <= windowMicroseconds) end += 1;
    const hour = Math.floor(times[at]! / microsecondsPerHour);
    peaks.set(hour, Math.max(peaks.get(hour) ?? 0, end - at));
  }
  return peaks;
}

export interface Routine {
  /** Largest window of every earlier day that had any at this time of day, the nearest day first. */
  readonly earlier: readonly { readonly daysBefore: number; readonly peak: number }[];
  /** How many of them reached the judged window. */
  readonly reached: number;
}

/**
 * Looks at the earlier days for windows that began within so many local hours of the judged one's time of day.
 * Days are counted back from the judged hour in steps of 24 hours, so that work around midnight is one night and not two.
 */
export function routineOf(
  peaks: ReadonlyMap<number, number>,
  judged: { readonly hour: number; readonly peak: number },
  days: number,
  apartHours: number,
  localHour: (hour: number) => LocalHour,
): Routine {
  const clock = localHour(judged.hour).hour;
  const best = new Map<number, number>();
  for (let hour = judged.hour - Math.ceil(days) * 24 - 12; hour < judged.hour - 12; hour += 1) {
    const peak = peaks.get(hour);
    if (peak === undefined) continue;
    const apart = Math.abs(localHour(hour).hour - clock);
    const daysBefore = Math.round((judged.hour - hour) / 24);
    if (Math.min(apart, 24 - apart) > apartHours || daysBefore < 1 || daysBefore > days) continue;
    best.set(daysBefore, Math.max(best.get(daysBefore) ?? 0, peak));
  }
  const earlier = [...best]
    .map(([daysBefore, peak]) => ({ daysBefore, peak }))
    .toSorted((a, b) => a.daysBefore - b.daysBefore);
  return { earlier, reached: earlier.filter(({ peak }) => peak >= judged.peak).length };
}
