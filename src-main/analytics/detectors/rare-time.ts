// Detector rare_time: activity at an hour of the day at which this actor is hardly ever active.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Detector, Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { actorDays, groupsOf } from './cube/actor-days.ts';
import { attributedActors } from './cube/attributed.ts';
import { CellCalendar } from './cube/cell-calendar.ts';
import { citeSpans } from './cube/cite-spans.ts';
import { hoursOfGroups, type DayRows } from './cube/day-rows.ts';
import { endedHour, judgedDays } from './cube/judged-days.ts';
import { episodesOf, type RareEpisode } from './cube/rare-hours.ts';
import { daysWithRareShare } from './cube/rare-sieve.ts';
import { rareTimeHit } from './cube/rare-time-hit.ts';
import { rareTimeParameters, type RareTimeParameters } from './cube/rare-time-parameters.ts';
import { byTimeAndName } from './hours/hit-order.ts';

export { rareTimeParameters, type RareTimeParameters };

/**
 * Cells are (weekday | weekend or holiday) × local hour: 48. An hour is rare when
 * - (events of the window in its cell and the two beside it + ½) / (all events of the window + 1) <= share,
 * - somebody active around the clock would hardly have so few active hours there: P(X <= hours there) <= chance for
 *   X binomial of all active hours, with the cells' part of the window's hours (so somebody whose hours spread evenly, or of
 *   whom little is known, has no rare hour), and
 * - the actor was in hours as rare on at most `rareDayShare` of the active days of the window.
 *
 * Rare hours of a UTC day that are adjacent, or have one hour without events between them, are one episode. An episode ends at
 * midnight UTC: what is said about a day never waits for the next one, and what continues says so.
 * Score: −log10 of the share of the episode's rarest hour. Low, because an odd hour alone is explained more often than
 * not; medium when privileged actions are among the events.
 */
export function rareTime(parameters: RareTimeParameters = rareTimeParameters): Detector {
  return {
    id: 'rare_time',
    version: 'rare_time/1',
    title: 'Active at an unusual hour',
    needs: [],
    reachDays: parameters.windowDays,
    run: (history, scope) => findRareTimes(history, scope, parameters),
  };
}

function findRareTimes(history: History, scope: Scope, parameters: RareTimeParameters) {
  const days = judgedDays(scope);
  if (days.length === 0) return [];
  const attributed = attributedActors(history);
  const active = actorDays(history, attributed, days[0]! - parameters.windowDays, days.at(-1)! + 1);
  const episodes = findEpisodes(history, active, days, scope, parameters);
  const spans = episodes.map(({ actor, fromHour, toHour }) => ({ group: actor, fromHour, toHour }));
  const citations = citeSpans(history, attributed, spans);
  return episodes
    .map((episode, at) => {
      const actor = history.actors[episode.actor]!;
      return rareTimeHit(actor, episode, citations[at]!, scope, parameters);
    })
    .filter((hit) => hit !== null)
    .toSorted(byTimeAndName);
}

function findEpisodes(
  history: History,
  active: readonly DayRows[],
  days: readonly number[],
  scope: Scope,
  parameters: RareTimeParameters,
): RareEpisode[] {
  const ended = endedHour(scope);
  const calendar = new CellCalendar(scope.zone, scope.holidays);
  const worth = actorsWorthJudging(history, active, days, parameters);
  const question = {
    days,
    groupOf: groupsOf(history, worth),
    groups: worth.length,
    endedHour: ended,
  };
  const sieved = [...daysWithRareShare(active, question, calendar, parameters)];
  const judged = sieved.map(([group]) => worth[group]!);
  const counts = hoursOfGroups(active, groupsOf(history, judged), judged.length, ended);
  return sieved.flatMap(([, rareDays], group) => {
    const [from, to] = [counts.offsets[group]!, counts.offsets[group + 1]!];
    const hours = {
      actor: judged[group]!,
      firstDay: firstDayOf(history, judged[group]!),
      hours: counts.hours.subarray(from, to),
      counts: counts.counts.subarray(from, to),
    };
    return episodesOf(hours, rareDays, calendar, parameters);
  });
}

/** UTC day of an actor's first event. */
function firstDayOf(history: History, actor: number): number {
  return Math.floor(history.actors[actor]!.firstMicroseconds / microsecondsPerDay);
}

/** Actors with events on a judged day who are known long and well enough on the last of them. */
function actorsWorthJudging(
  history: History,
  active: readonly DayRows[],
  days: readonly number[],
  { knownDays, minimumEvents }: RareTimeParameters,
): number[] {
  const last = days.at(-1)!;
  const sums = new Float64Array(history.actors.length);
  const isActive = new Uint8Array(history.actors.length);
  const isJudged = new Set(days);
  for (const { day, members, totals } of active) {
    const judged = isJudged.has(day) ? 1 : 0;
    for (let row = 0; row < members.length; row += 1) {
      sums[members[row]!]! += totals[row]!;
      isActive[members[row]!]! |= judged;
    }
  }
  const worth: number[] = [];
  for (let actor = 0; actor < sums.length; actor += 1) {
    if (isActive[actor] === 0 || sums[actor]! <= minimumEvents) continue;
    if (firstDayOf(history, actor) + knownDays <= last) worth.push(actor);
  }
  return worth;
}

export const rareTimeDetector = rareTime();
