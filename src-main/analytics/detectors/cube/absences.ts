// How long somebody had been silent before a day on which they were active, read backwards through the cube.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { History } from '../../history/history.ts';
import { actorDayReader, actorDays, groupsOf } from './actor-days.ts';
import { daysOfGroups, endOf } from './day-rows.ts';
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
  /** First hour of each actor on the judged day whose absence is being looked for. */
  const waiting = new Int32Array(history.actors.length).fill(none);
  let waitingActors = 0;
  const until = (judgedDays.at(-1) ?? -Infinity) + 1;
  const read = actorDayReader(history, attributed);
  for (const cells of daysBetween(history.activity, -Infinity, until).toReversed()) {
    const { day } = cells;
    if (day < firstJudged && waitingActors === 0) break;
    const rows = read(cells);
    const { members, offsets, hours } = rows;
    for (let row = 0; row < members.length; row += 1) {
      const end = endOf(rows, row, endedHour);
      if (end === offsets[row]) continue;
      const actor = members[row]!;
      const firstHour = waiting[actor]!;
      if (firstHour !== none) {
        waitingActors -= 1;
        waiting[actor] = none;
        const lastHour = day * 24 + hours[end - 1]!;
        const silentHours = firstHour - lastHour - 1;
        if (silentHours >= shortestHours)
          absences.push({ actor, day: Math.floor(firstHour / 24), firstHour, lastHour, silentHours });
      }
      if (!isJudged.has(day) || history.actors[actor]!.firstMicroseconds >= day * microsecondsPerDay)
        continue;
      waiting[actor] = day * 24 + hours[offsets[row]!]!;
      waitingActors += 1;
    }
  }
  return absences;
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
