// What is usual for an actor: hours of the day, addresses, bytes and resources a day, over whole days before the judged one.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import type { LocalHour } from '../local-hour.ts';
import { readName, readNumber, slicesBetween } from '../reading.ts';
import { byActor } from '../subjects.ts';

export interface Habits {
  /** 1 for each usual local hour of the day. */
  readonly isUsualHour: Uint8Array;
  readonly bytesPerDay: number;
  readonly resourcesPerDay: number;
  readonly events: number;
  /** Days since the actor's first event, at most the baseline's. */
  readonly observedDays: number;
  /** Too little is known, so the published defaults stand in. */
  readonly isDefault: boolean;
}

export interface DefaultHabits {
  readonly firstHour: number;
  readonly lastHour: number;
  readonly bytesPerDay: number;
  readonly resourcesPerDay: number;
}

/** One day of all actors that had events on it; row r is of actor `actors[r]`. */
export interface DayHabits {
  readonly day: number;
  readonly rowOf: ReadonlyMap<number, number>;
  readonly events: Uint32Array;
  readonly bytes: Float64Array;
  readonly resources: Uint32Array;
  /** 24 local hours a row. */
  readonly hours: Uint32Array;
}

/** Numbers of the texts of one run. */
export interface Names {
  readonly addresses: Dictionary;
  readonly resources: Dictionary;
}

/** Reads a whole UTC day. @param sawAddress is told each address an actor has used, once or more often. */
export function readDay(
  history: History,
  names: Names,
  hourAt: LocalHour,
  day: number,
  sawAddress: (actor: number, address: number) => void,
): DayHabits {
  const start = day * microsecondsPerDay;
  const people = byActor(history);
  const rowOf = new Map<number, number>();
  const rows: { events: number; bytes: number; resources: Set<number>; hours: Uint32Array }[] = [];
  for (const { segment, from, to } of slicesBetween(history, start, start + microsecondsPerDay)) {
    const actorAt = people.keyIn(segment);
    const bytesAt = readNumber(segment, 'bytes');
    const addressAt = readName(segment, 'ip', names.addresses);
    const resourceAt = readName(segment, 'resourceId', names.resources);
    for (let index = from; index < to; index += 1) {
      const actor = actorAt(index);
      if (actor < 0) continue;
      let place = rowOf.get(actor);
      if (place === undefined) {
        place = rows.push({ events: 0, bytes: 0, resources: new Set(), hours: new Uint32Array(24) }) - 1;
        rowOf.set(actor, place);
      }
      const row = rows[place]!;
      row.events += 1;
      row.bytes += bytesAt?.(index) || 0;
      const resource = resourceAt?.(index) ?? -1;
      if (resource >= 0) row.resources.add(resource);
      row.hours[hourAt(segment.microseconds[index]!)]! += 1;
      const address = addressAt?.(index) ?? -1;
      if (address >= 0) sawAddress(actor, address);
    }
  }
  const hours = new Uint32Array(rows.length * 24);
  for (const [place, row] of rows.entries()) hours.set(row.hours, place * 24);
  return {
    day,
    rowOf,
    events: Uint32Array.from(rows, (row) => row.events),
    bytes: Float64Array.from(rows, (row) => row.bytes),
    resources: Uint32Array.from(rows, (row) => row.resources.size),
    hours,
  };
}

export interface HabitLimits {
  readonly baselineDays: number;
  readonly minimumEvents: number;
  readonly usualHourPercent: number;
  readonly usualHoursTogetherPercent: number;
}

/**
 * The habits of an actor from the days before `endDay`; days on which it did nothing count as such, days before its first
 * event do not count.
 */
export function habitsOf(
  actor: number,
  firstDay: number,
  endDay: number,
  days: readonly DayHabits[],
  limits: HabitLimits,
  defaults: DefaultHabits,
): Habits {
  const observedDays = Math.max(0, endDay - Math.max(firstDay, endDay - limits.baselineDays));
  const hours = new Float64Array(24);
  let [events, bytes, resources] = [0, 0, 0];
  for (const day of days) {
    const row = day.rowOf.get(actor);
    if (row === undefined) continue;
    events += day.events[row]!;
    bytes += day.bytes[row]!;
    resources += day.resources[row]!;
    for (let hour = 0; hour < 24; hour += 1) hours[hour]! += day.hours[row * 24 + hour]!;
  }
  const isDefault = observedDays === 0 || events < limits.minimumEvents;
  return {
    isUsualHour: isDefault ? hoursFromTo(defaults) : usualHours(hours, events, limits),
    // A mean of nothing is no scale to measure with.
    bytesPerDay: (!isDefault && bytes / observedDays) || defaults.bytesPerDay,
    resourcesPerDay: (!isDefault && resources / observedDays) || defaults.resourcesPerDay,
    events,
    observedDays,
    isDefault,
  };
}

function hoursFromTo({ firstHour, lastHour }: DefaultHabits): Uint8Array {
  return Uint8Array.from({ length: 24 }, (_, hour) => Number(hour >= firstHour && hour <= lastHour));
}

/**
 * Hours with the published share of the events; and, where these together hold too few of them, the next busiest, equally
 * busy ones together. Somebody whose work spreads over the day has no hour of a tenth, and is not always off hours.
 */
export function usualHours(
  hours: ArrayLike<number>,
  events: number,
  { usualHourPercent, usualHoursTogetherPercent }: HabitLimits,
): Uint8Array {
  const enough = Math.max(1, Math.floor((events * usualHourPercent) / 100));
  const levels = [...new Set(Array.from(hours))].filter((count) => count > 0).toSorted((a, b) => b - a);
  const isUsual = new Uint8Array(24);
  let held = 0;
  for (const level of levels) {
    if (level < enough && held >= (events * usualHoursTogetherPercent) / 100) break;
    for (let hour = 0; hour < 24; hour += 1) {
      if (hours[hour] !== level) continue;
      isUsual[hour] = 1;
      held += level;
    }
  }
  return isUsual;
}
