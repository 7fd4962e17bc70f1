// Judges one UTC day: which hours of which actors, or of single actions of theirs, hold more than they should.
import type { ActivityDay } from '../../history/activity.ts';
import { firstPlaceFrom } from '../hours/judged-hours.ts';
import { baselineOfDay, type DayBaseline } from './baseline.ts';
import { busyHours, type BusyHours } from './busy-hours.ts';
import { judgeActor, type BusyHour, type JudgedHour } from './hour.ts';
import type { NbParameters } from './parameters.ts';
import type { Past } from './past.ts';

export interface JudgedDay {
  readonly baseline: DayBaseline;
  /** Hours in which something is large enough to be listed. */
  readonly hours: readonly JudgedHour[];
  /** Hours of actors with events, and how many of them were in their cold start. */
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
  const end = Math.min(day * 24 + 24, toHour);
  const baseline = baselineOfDay(past, day, parameters);
  const busyOf = groupByActor(busyHours(cells, parameters.minimumCount, day * 24, end), past.actorOf);
  const judge = judgeActor(past, baseline, parameters);
  const hours: JudgedHour[] = [];
  let evaluated = 0;
  let learning = 0;
  for (const actor of activeActors(cells, past.actorOf)) {
    const low = firstPlaceFrom(past.actorCounts, actor, day * 24);
    const high = firstPlaceFrom(past.actorCounts, actor, end);
    let asked = 0;
    for (let at = low; at < high; at += 1) asked += isAsked(actor, past.actorCounts.hours[at]!) ? 1 : 0;
    evaluated += asked;
    if (baseline.isColdStart(actor)) learning += asked;
    else hours.push(...judge(actor, low, high, busyOf.get(actor) ?? []));
  }
  return { baseline, hours, evaluated, learning };
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
