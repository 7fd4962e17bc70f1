// Judges one UTC day: which hours of which actors, or of single actions of theirs, hold more than they should.
import type { ActivityDay } from '../../history/activity.ts';
import { actorDays } from '../cube/actor-days.ts';
import { never, steadyBaseline, wallBaseline, type DayBaseline } from './baseline.ts';
import { byBothClocks } from './clocks.ts';
import { judgeActor, type JudgedHour } from './hour.ts';
import type { NbParameters } from './parameters.ts';
import type { Past } from './past.ts';
import { plausibleHours } from './plausible-hours.ts';

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

/** Asks for everything. */
export const anyHour = () => true;

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
  const busy = past.busyIn.get(cells)!;
  const wall = wallBaseline(past, day, parameters);
  const steady = steadyBaseline(past, day, parameters);
  const wallBusy = plausibleHours(past, wall, busy, parameters, wall.isMember);
  const judgeWall = judgeActor(past, wall, parameters);
  const hours: JudgedHour[] = [];
  const inDoubt = new Map<number, { low: number; high: number; found: readonly JudgedHour[] }>();
  let evaluated = 0;
  let learning = 0;
  for (const actor of activeActors(past, day)) {
    const low = past.dayPlace(actor, day * 24);
    const high = past.dayPlace(actor, end);
    const isLearning = wall.learningIn(actor);
    if (isAsked === anyHour && isLearning === never) evaluated += high - low;
    else {
      for (let at = low; at < high; at += 1) {
        if (!isAsked(actor, hoursOf[at]!)) continue;
        evaluated += 1;
        if (isLearning(hoursOf[at]!)) learning += 1;
      }
    }
    const found = judgeWall(actor, low, high, wallBusy.get(actor) ?? []);
    if (steady === null) hours.push(...found);
    else if (found.length > 0) inDoubt.set(actor, { low, high, found });
  }
  if (steady !== null) {
    const judgeSteady = judgeActor(past, steady, parameters);
    const busyOf = plausibleHours(past, steady, busy, parameters, (actor) => inDoubt.has(actor));
    for (const [actor, { low, high, found }] of inDoubt)
      hours.push(...bothOf(found, judgeSteady(actor, low, high, busyOf.get(actor) ?? [])));
  }
  return { wall, steady, hours, evaluated, learning };
}

function bothOf(wall: readonly JudgedHour[], steady: readonly JudgedHour[]): JudgedHour[] {
  const byHour = new Map(steady.map((judged) => [judged.hour, judged]));
  return wall.flatMap((judged) => byBothClocks(judged, byHour.get(judged.hour)) ?? []);
}

/** Those with events on a day. */
function activeActors({ history, actorOf }: Past, day: number): Iterable<number> {
  return actorDays(history, actorOf, day, day + 1)[0]?.members ?? [];
}
