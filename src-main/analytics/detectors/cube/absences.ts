// How long somebody had been silent before a day on which they were active, read backwards through the cube.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { ActivityDay } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { actorDays, daysOfGroups, groupsOf } from './actor-days.ts';
import { daysBetween } from './judged-days.ts';

export interface Absence {
  readonly actor: number;
  /** UTC day on which it ended, and the first hour with events on it. */
  readonly day: number;
  readonly firstHour: number;
  /** Hour of the last event before. */
  readonly lastHour: number;
  /** Hours between the two, neither of them counted. */
  readonly silentHours: number;
}

export interface AbsenceQuestion {
  readonly judgedDays: readonly number[];
  /** Hours from this one on are not looked at. */
  readonly endedHour: number;
  readonly shortestHours: number;
}

const none = -(2 ** 31);

/**
 * Absences of at least `shortestHours` that ended on one of the days, of actors whose event before is in the cube; days descending.
 * Every day is read once, backwards, and only until the event before is known of everybody it may exist for.
 */
export function absencesOf(
  history: History,
  attributed: Int32Array,
  { judgedDays, endedHour, shortestHours }: AbsenceQuestion,
): Absence[] {
  const absences: Absence[] = [];
  const isJudged = new Set(judgedDays);
  const firstJudged = judgedDays[0] ?? Infinity;
  const reader = new DayReader(history, attributed, endedHour);
  /** First hour of each actor on the judged day whose absence is being looked for. */
  const waiting = new Int32Array(history.actors.length).fill(none);
  let waitingActors = 0;
  const until = (judgedDays.at(-1) ?? -Infinity) + 1;
  for (const cells of daysBetween(history.activity, -Infinity, until).toReversed()) {
    if (cells.day < firstJudged && waitingActors === 0) break;
    for (const actor of reader.read(cells)) {
      const firstHour = waiting[actor]!;
      if (firstHour !== none) {
        waitingActors -= 1;
        waiting[actor] = none;
        const lastHour = reader.lastHour(actor);
        const silentHours = firstHour - lastHour - 1;
        const day = Math.floor(firstHour / 24);
        if (silentHours >= shortestHours) absences.push({ actor, day, firstHour, lastHour, silentHours });
      }
      const { firstMicroseconds } = history.actors[actor]!;
      if (!isJudged.has(cells.day) || firstMicroseconds >= cells.day * microsecondsPerDay) continue;
      waiting[actor] = reader.firstHour(actor);
      waitingActors += 1;
    }
  }
  return absences;
}

/** First and last hours of everybody active on a day. */
class DayReader {
  readonly #attributed: Int32Array;
  readonly #endedHour: number;
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #day: Int32Array;

  constructor(history: History, attributed: Int32Array, endedHour: number) {
    this.#attributed = attributed;
    this.#endedHour = endedHour;
    this.#first = new Int32Array(history.actors.length);
    this.#last = new Int32Array(history.actors.length);
    this.#day = new Int32Array(history.actors.length).fill(none);
  }

  /** Who was active on the day; their hours are kept until the next day is read. */
  read({ day, series, slots }: ActivityDay): number[] {
    const actors: number[] = [];
    for (let cell = 0; cell < series.length; cell += 1) {
      const actor = this.#attributed[series[cell]!]!;
      const hour = day * 24 + (slots[cell]! >> 2);
      if (actor < 0 || hour >= this.#endedHour) continue;
      if (this.#day[actor] !== day) {
        this.#day[actor] = day;
        this.#first[actor] = this.#last[actor] = hour;
        actors.push(actor);
      } else if (hour < this.#first[actor]!) this.#first[actor] = hour;
      else if (hour > this.#last[actor]!) this.#last[actor] = hour;
    }
    return actors;
  }

  firstHour(actor: number): number {
    return this.#first[actor]!;
  }

  lastHour(actor: number): number {
    return this.#last[actor]!;
  }
}

export interface Past {
  /** Active days in the days up to the last event before the absence. */
  readonly activeDays: number;
  /** The most days without an event between two of them. */
  readonly longestPauseDays: number;
}

/** What each absent actor was like in the `pastDays` days that ended with the last event before the absence. */
export function pastsOf(
  history: History,
  attributed: Int32Array,
  absences: readonly Absence[],
  pastDays: number,
): Past[] {
  const absent = [...new Set(absences.map(({ actor }) => actor))];
  const groupOf = groupsOf(history, absent);
  const lastDays = absences.map(({ lastHour }) => Math.floor(lastHour / 24));
  const from = lastDays.reduce((least, day) => Math.min(least, day), Infinity) - pastDays + 1;
  const to = lastDays.reduce((most, day) => Math.max(most, day), -Infinity) + 1;
  const days = actorDays(history, attributed, from, to);
  const counts = daysOfGroups(days, groupOf, absent.length, to * 24);
  return absences.map(({ actor }, at) => {
    const group = groupOf[actor]!;
    const days = counts.days
      .subarray(counts.offsets[group], counts.offsets[group + 1])
      .filter((day) => day > lastDays[at]! - pastDays && day <= lastDays[at]!);
    let longestPauseDays = 0;
    for (let place = 1; place < days.length; place += 1)
      longestPauseDays = Math.max(longestPauseDays, days[place]! - days[place - 1]! - 1);
    return { activeDays: days.length, longestPauseDays };
  });
}
