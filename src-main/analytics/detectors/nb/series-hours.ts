// Hours of single series, looked up in the days of the cube when one of them is asked for: few of the many ever are.
import type { ActivityDay, HourlyCounts } from '../../history/activity.ts';
import type { Window } from './window.ts';

export interface SeriesHours {
  /**
   * Whether one cell of a window holds more than so many events. Cheap when it does, and when series are asked about in ascending order.
   * @param excluded hours that do not count.
   */
  holdsMoreThan(
    most: number,
    series: number,
    window: Window,
    cell: number,
    excluded: readonly number[],
  ): boolean;
  /** The hours of a series in a window, as those of the only group. */
  within(series: number, window: Window, excluded: readonly number[]): HourlyCounts;
}

export function seriesHours(activity: readonly ActivityDay[]): SeriesHours {
  // Where in each day a series was looked for last: the next one is probably near.
  const cursors = new Uint32Array(activity.length);
  const find = (place: number, series: number): number => {
    const cell = firstCellOf(activity[place]!.series, series, cursors[place]!);
    cursors[place] = cell;
    return cell;
  };
  return {
    holdsMoreThan: (most, series, window, cell, excluded) => {
      const { fromHour, cells } = window;
      const first = firstPlaceOfDay(activity, fromHour / 24);
      let sum = 0;
      for (let place = firstPlaceOfDay(activity, window.toHour / 24) - 1; place >= first; place -= 1) {
        const day = activity[place]!;
        const dayHour = day.day * 24;
        for (let at = find(place, series); day.series[at] === series; at += 1) {
          const hour = dayHour + (day.slots[at]! >> 2);
          if (cells[hour - fromHour] !== cell) continue;
          if (excluded.length > 0 && excluded.includes(hour)) continue;
          sum += day.counts[at]!;
          if (sum > most) return true;
        }
      }
      return false;
    },
    within: (series, window, excluded) => {
      const hours: number[] = [];
      const counts: number[] = [];
      const end = firstPlaceOfDay(activity, window.toHour / 24);
      for (let place = firstPlaceOfDay(activity, window.fromHour / 24); place < end; place += 1) {
        const day = activity[place]!;
        for (let at = find(place, series); day.series[at] === series; at += 1) {
          const hour = day.day * 24 + (day.slots[at]! >> 2);
          if (hours.at(-1) === hour) counts[counts.length - 1]! += day.counts[at]!;
          else if (!excluded.includes(hour)) {
            hours.push(hour);
            counts.push(day.counts[at]!);
          }
        }
      }
      const offsets = Uint32Array.of(0, hours.length);
      return { offsets, hours: Int32Array.from(hours), counts: Uint32Array.from(counts) };
    },
  };
}

/** Place of the first day at or after this one. */
function firstPlaceOfDay(activity: readonly ActivityDay[], wanted: number): number {
  let low = 0;
  let high = activity.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (activity[middle]!.day < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Place of the first cell of this series or a later one. @param near where to begin to look. */
function firstCellOf(series: Uint32Array, wanted: number, near: number): number {
  let low = near > 0 && series[near - 1]! >= wanted ? 0 : near;
  let stride = 1;
  while (low + stride <= series.length && series[low + stride - 1]! < wanted) {
    low += stride;
    stride *= 2;
  }
  let high = Math.min(low + stride - 1, series.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
