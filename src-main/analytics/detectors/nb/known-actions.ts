// How many different actions each actor used within a window: so many single actions are looked at in each of its hours.
import type { ActivityDay } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { daysBetween } from '../cube/judged-days.ts';
import type { Window } from './window.ts';

export interface KnownActions {
  /** By actor. */
  readonly counts: Uint32Array;
  has(series: number): boolean;
}

/** An answer is good until the next question. */
export function knownActions(history: History, actorOf: Int32Array): (window: Window) => KnownActions {
  const used = new Uint32Array(Math.ceil(history.series.length / 32));
  const counts = new Uint32Array(history.actors.length);
  return ({ fromHour, toHour }) => {
    used.fill(0);
    for (const day of daysBetween(history.activity, fromHour / 24, toHour / 24)) {
      const own = seriesOfDay(day);
      for (let word = 0; word < own.length; word += 1) used[word]! |= own[word]!;
    }
    counts.fill(0);
    for (let word = 0; word < used.length; word += 1) {
      for (let bits = used[word]!; bits !== 0; bits &= bits - 1) {
        const actor = actorOf[word * 32 + 31 - Math.clz32(bits & -bits)]!;
        if (actor >= 0) counts[actor]! += 1;
      }
    }
    return { counts, has: (series) => ((used[series >> 5]! >>> (series & 31)) & 1) === 1 };
  };
}

/** A day of the cube never changes, and a bit a series is all that has to be known of it. */
const known = new WeakMap<ActivityDay, Uint32Array>();

/** Bit s is set where series s has events on the day. */
function seriesOfDay(day: ActivityDay): Uint32Array {
  const made = known.get(day);
  if (made) return made;
  const { series } = day;
  const bits = new Uint32Array(series.length === 0 ? 0 : (series[series.length - 1]! >> 5) + 1);
  for (let cell = 0; cell < series.length; cell += 1) bits[series[cell]! >> 5]! |= 1 << (series[cell]! & 31);
  known.set(day, bits);
  return bits;
}
