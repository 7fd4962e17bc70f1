// A quiet office, made of chance alone: people who work by day, services that never rest, nothing that should be found.
import type { HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import type { Scope } from '../../../../../src-main/analytics/detector.ts';
import { microsecondsPerDay, microsecondsPerHour } from '../../../../../src-shared/time/instant.ts';

/** Monday, 31 August 2026; eight weeks later clocks go back in Berlin. */
export const firstDay = Date.UTC(2026, 7, 31) / 86_400_000;
export const zone = 'Europe/Berlin';
export const privilegedActions: ReadonlySet<string> = new Set(['role_grant', 'secret.accessed']);

/** Mulberry32: the same seed, the same numbers in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** By counting exponential waiting times until one unit of time is over. */
export function poisson(mean: number, random: () => number): number {
  let count = 0;
  for (let time = -Math.log(1 - random()); time < mean; time -= Math.log(1 - random())) count += 1;
  return count;
}

const format = new Intl.DateTimeFormat('en-GB', {
  timeZone: zone,
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});

interface LocalHour {
  readonly hour: number;
  readonly isWeekend: boolean;
}

const localHours = new Map<number, LocalHour>();

/** Local hour of day and whether it is a weekend, told by a formatter rather than by the calendar under test. */
export function localHour(hour: number): LocalHour {
  const known = localHours.get(hour);
  if (known) return known;
  const [weekday = '', clock = ''] = format.format(hour * 3_600_000).split(/,? /);
  const made = { hour: Number(clock), isWeekend: weekday.startsWith('S') };
  localHours.set(hour, made);
  return made;
}

export interface Office {
  readonly seed: number;
  readonly days: number;
  readonly people: number;
  readonly services: number;
  /** Events of a person in a working hour, and of a service in any hour. */
  readonly perHour?: number;
}

/** Events of `days` days from {@link firstDay} on. People work 9 to 17 on weekdays; every tenth of them is an administrator. */
export function officeEvents({ seed, days, people, services, perHour = 4 }: Office): HistoryEvent[] {
  const random = randomFrom(seed);
  const events: HistoryEvent[] = [];
  for (let hour = firstDay * 24; hour < (firstDay + days) * 24; hour += 1) {
    const local = localHour(hour);
    const isOffice = !local.isWeekend && local.hour >= 9 && local.hour < 17;
    for (let who = 0; who < (isOffice ? people : 0); who += 1) {
      const isAdministrator = who % 10 === 0;
      const action = () =>
        isAdministrator && random() < 0.05 ? 'role_grant' : random() < 0.7 ? 'read' : 'write';
      addHour(events, `person-${who}`, 'user', hour, poisson(perHour, random), action, random);
    }
    for (let who = 0; who < services; who += 1)
      addHour(events, `service-${who}`, 'system', hour, poisson(perHour, random), () => 'sync', random);
  }
  return events;
}

function addHour(
  events: HistoryEvent[],
  actor: string,
  actorType: string,
  hour: number,
  count: number,
  action: () => string,
  random: () => number,
): void {
  for (let one = 0; one < count; one += 1) {
    const at = hour * microsecondsPerHour + Math.floor(random() * microsecondsPerHour);
    events.push(eventAt(at, { actor, action: action(), fields: { actorType } }, `${actor}-${hour}-${one}`));
  }
}

let made = 0;

export function eventAt(
  microseconds: number,
  about: Partial<HistoryEvent> = {},
  id = `event-${String((made += 1)).padStart(6, '0')}`,
): HistoryEvent {
  return {
    id,
    createdAtMicroseconds: microseconds,
    sourceAccount: 'acme',
    actor: 'dana',
    action: 'read',
    ...about,
  };
}

/** Events spread evenly over an hour. `day` counts from {@link firstDay}; the hour is UTC. */
export function inHour(
  day: number,
  hour: number,
  count: number,
  about: Partial<HistoryEvent> = {},
): HistoryEvent[] {
  const start = ((firstDay + day) * 24 + hour) * microsecondsPerHour;
  return Array.from({ length: count }, (_, at) =>
    eventAt(start + Math.floor(((at + 0.5) * microsecondsPerHour) / count), about),
  );
}

/** Judges the days with the given places after {@link firstDay}, as of the end of the last one unless told otherwise. */
export function scopeOf(days: readonly number[], about: Partial<Scope> = {}): Scope {
  return {
    days: days.map((day) => firstDay + day),
    untilMicroseconds: (firstDay + (days.at(-1) ?? 0) + 1) * microsecondsPerDay,
    touched: null,
    zone,
    privilegedActions,
    holidays: new Set(),
    ...about,
  };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
