// How many different actions each actor used within a window: so many single actions are looked at in each of its hours.
import type { History } from '../../history/history.ts';
import type { Window } from './window.ts';

export interface KnownActions {
  /** By actor. */
  readonly counts: Uint32Array;
  has(series: number): boolean;
}

/** Reads the cube forward day by day; windows come in ascending order, and their ends are UTC days. */
export function knownActions(history: History, actorOf: Int32Array): (window: Window) => KnownActions {
  const lastDay = new Int32Array(history.series.length).fill(-(2 ** 31));
  const counts = new Uint32Array(history.actors.length);
  let next = 0;
  return ({ fromHour, toHour }) => {
    const fromDay = fromHour / 24;
    for (; next < history.activity.length && history.activity[next]!.day * 24 < toHour; next += 1) {
      const { day, series } = history.activity[next]!;
      if (day < fromDay) continue;
      for (let cell = 0; cell < series.length; cell += 1) lastDay[series[cell]!] = day;
    }
    counts.fill(0);
    for (let series = 0; series < lastDay.length; series += 1)
      if (lastDay[series]! >= fromDay && actorOf[series]! >= 0) counts[actorOf[series]!]! += 1;
    return { counts, has: (series) => lastDay[series]! >= fromDay };
  };
}
