// Judges one UTC day: which hours of which actors, or of single actions of theirs, hold more than they should.
import type { ActivityDay } from '../../history/activity.ts';
import { firstPlaceFrom } from '../hours/judged-hours.ts';
import { steadyBaseline, wallBaseline, type DayBaseline } from './baseline.ts';
import { busyHours, type BusyHours } from './busy-hours.ts';
import { byBothClocks } from './clocks.ts';
import { judgeActor, type BusyHour, type JudgedHour } from './hour.ts';
import type { NbParameters } from './parameters.ts';
import type { Past } from './past.ts';

export interface JudgedDay {
  readonly wall: DayBaseline;
  /** Null when clocks were not changed between the start of the window and the end of the day. */
  readonly steady: DayBaseline | null;
  /** Hours in which something is large enough to be listed. */
  readonly hours: readonly JudgedHour[];
  /** Hours of actors with events, and how many of them could not be judged yet. */
  readonly evaluated: number;
  readonly learning: number;
}

/**
 * Judges the hours of a day before `toHour`. Days come in ascending order.
 * @param isAsked which of the hours are counted as evaluated; all are judged, because they are tests of one family.
 */
export function judgeDay(
  past: Past,
  cells: ActivityDay,
  toHour: number,
  isAsked: (actor: number, hour: number) => boolean,
  parameters: NbParameters,
): JudgedDay {
  const { day } = cells;
  const { hours: hoursOf } = past.actorCounts;
  const end = Math.min(day * 24 + 24, toHour);
  const busyOf = groupByActor(busyHours(cells, parameters.minimumCount, day * 24, end), past.actorOf);
  const wall = wallBaseline(past, day, parameters);
  const steady = steadyBaseline(past, day, parameters);
  const judgeWall = judgeActor(past, wall, parameters);
  const judgeSteady = steady && judgeActor(past, steady, parameters);
  const hours: JudgedHour[] = [];
  let evaluated = 0;
  let learning = 0;
  for (const actor of activeActors(cells, past.actorOf)) {
    const low = firstPlaceFrom(past.actorCounts, actor, day * 24);
    const high = firstPlaceFrom(past.actorCounts, actor, end);
    const isLearning = wall.learningIn(actor);
    for (let at = low; at < high; at += 1) {
      if (!isAsked(actor, hoursOf[at]!)) continue;
      evaluated += 1;
      if (isLearning(hoursOf[at]!)) learning += 1;
    }
    const busy = busyOf.get(actor) ?? [];
    const found = judgeWall(actor, low, high, busy);
    if (judgeSteady === null || found.length === 0) hours.push(...found);
    else hours.push(...bothOf(found, judgeSteady(actor, low, high, busy)));
  }
  return { wall, steady, hours, evaluated, learning };
}

function bothOf(wall: readonly JudgedHour[], steady: readonly JudgedHour[]): JudgedHour[] {
  const byHour = new Map(steady.map((judged) => [judged.hour, judged]));
  return wall.flatMap((judged) => byBothClocks(judged, byHour.get(judged.hour)) ?? []);
}

function activeActors({ series }: ActivityDay, actorOf: Int32Array): Set<number> {
  const actors = new Set<number>();
  let last = -1;
  for (const number of series) {
    const actor = actorOf[number]!;
    if (actor !== last && actor >= 0) actors.add(actor);
    last = actor;
  }
  return actors;
}

function groupByActor({ length, series, hours, counts }: BusyHours, actorOf: Int32Array) {
  const groups = new Map<number, BusyHour[]>();
  for (let place = 0; place < length; place += 1) {
    const actor = actorOf[series[place]!]!;
    const busy = { series: series[place]!, hour: hours[place]!, count: counts[place]! };
    const own = groups.get(actor);
    if (own) own.push(busy);
    else groups.set(actor, [busy]);
  }
  return groups;
}
