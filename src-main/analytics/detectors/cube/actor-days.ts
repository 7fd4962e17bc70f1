// The cube folded to events per actor and hour, day by day, and strung together for the actors that are judged.
import type { ActivityDay, HourlyCounts } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { daysBetween } from './judged-days.ts';

/** One place an actor and hour of the day with events; the hours of an actor lie side by side and ascend. */
export interface ActorDay {
  readonly day: number;
  readonly actors: Int32Array;
  readonly hours: Uint8Array;
  readonly counts: Uint32Array;
}

/** A day of the cube never changes, and neither does what its series numbers mean, so neither does its fold. */
const folds = new WeakMap<ActivityDay, ActorDay>();

/** The days [fromDay, toDay) of everybody who is somebody. @param attributed actor of each series, or −1. */
export function actorDays(
  history: History,
  attributed: Int32Array,
  fromDay: number,
  toDay: number,
): ActorDay[] {
  const rowOf = new Int32Array(history.actors.length).fill(-1);
  return daysBetween(history.activity, fromDay, toDay).map((cells) => {
    const known = folds.get(cells);
    if (known) return known;
    const folded = foldDay(cells, attributed, rowOf);
    folds.set(cells, folded);
    return folded;
  });
}

/** @param rowOf −1 for every actor; left as it was found. */
function foldDay(
  { day, series, slots, counts }: ActivityDay,
  attributed: Int32Array,
  rowOf: Int32Array,
): ActorDay {
  const members = new Int32Array(Math.min(series.length, rowOf.length));
  const rows = new Uint32Array(members.length * 24);
  let length = 0;
  let used = 0;
  for (let cell = 0; cell < series.length; cell += 1) {
    const actor = attributed[series[cell]!]!;
    if (actor < 0) continue;
    let row = rowOf[actor]!;
    if (row < 0) {
      rowOf[actor] = row = length;
      members[length++] = actor;
    }
    const at = row * 24 + (slots[cell]! >> 2);
    if (rows[at] === 0) used += 1;
    rows[at]! += counts[cell]!;
  }
  const folded = {
    day,
    actors: new Int32Array(used),
    hours: new Uint8Array(used),
    counts: new Uint32Array(used),
  };
  let place = 0;
  for (let row = 0; row < length; row += 1) {
    rowOf[members[row]!] = -1;
    for (let hour = 0; hour < 24; hour += 1) {
      const count = rows[row * 24 + hour]!;
      if (count === 0) continue;
      folded.actors[place] = members[row]!;
      folded.hours[place] = hour;
      folded.counts[place++] = count;
    }
  }
  return folded;
}

/** Groups of the given actors, numbered as they are listed; −1 for all others. */
export function groupsOf(history: History, actors: readonly number[]): Int32Array {
  const groupOf = new Int32Array(history.actors.length).fill(-1);
  for (const [group, actor] of actors.entries()) groupOf[actor] = group;
  return groupOf;
}

/** Counts per hour before `untilHour` of every group. @param groupOf group of each actor, or −1. */
export function hoursOfGroups(
  days: readonly ActorDay[],
  groupOf: Int32Array,
  groups: number,
  untilHour: number,
): HourlyCounts {
  const offsets = new Uint32Array(groups + 1);
  for (const { day, actors, hours } of days) {
    for (let place = 0; place < actors.length; place += 1) {
      const group = groupOf[actors[place]!]!;
      if (group >= 0 && day * 24 + hours[place]! < untilHour) offsets[group + 1]! += 1;
    }
  }
  for (let group = 0; group < groups; group += 1) offsets[group + 1]! += offsets[group]!;
  const next = offsets.slice(0, groups);
  const all = { offsets, hours: new Int32Array(offsets[groups]!), counts: new Uint32Array(offsets[groups]!) };
  for (const { day, actors, hours, counts } of days) {
    for (let place = 0; place < actors.length; place += 1) {
      const group = groupOf[actors[place]!]!;
      const hour = day * 24 + hours[place]!;
      if (group < 0 || hour >= untilHour) continue;
      const at = next[group]!++;
      all.hours[at] = hour;
      all.counts[at] = counts[place]!;
    }
  }
  return all;
}

/** Group g owns places offsets[g] to offsets[g + 1] of `days` and `counts`. */
export interface DailyCounts {
  readonly offsets: Uint32Array;
  /** Days since the epoch, ascending within a group; only days with events. */
  readonly days: Int32Array;
  readonly counts: Float64Array;
}

/** Counts per UTC day of every group, of the hours before `untilHour`. @param groupOf group of each actor, or −1. */
export function daysOfGroups(
  actorDays: readonly ActorDay[],
  groupOf: Int32Array,
  groups: number,
  untilHour: number,
): DailyCounts {
  const hourly = hoursOfGroups(actorDays, groupOf, groups, untilHour);
  const offsets = new Uint32Array(groups + 1);
  const days = new Int32Array(hourly.hours.length);
  const counts = new Float64Array(hourly.hours.length);
  let length = 0;
  for (let group = 0; group < groups; group += 1) {
    const first = length;
    for (let at = hourly.offsets[group]!; at < hourly.offsets[group + 1]!; at += 1) {
      const day = Math.floor(hourly.hours[at]! / 24);
      if (length === first || days[length - 1] !== day) days[length++] = day;
      counts[length - 1]! += hourly.counts[at]!;
    }
    offsets[group + 1] = length;
  }
  return { offsets, days: days.subarray(0, length), counts: counts.subarray(0, length) };
}
