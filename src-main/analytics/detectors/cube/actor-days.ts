// The cube folded to events per actor and hour, day by day.
import type { ActivityDay } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { DayFolder, type DayRows } from './day-rows.ts';
import { daysBetween } from './judged-days.ts';

/** A day of the cube never changes, and neither does what its series numbers mean, so neither does its fold. */
const folds = new WeakMap<ActivityDay, DayRows>();

/** Folds days of everybody who is somebody. @param attributed actor of each series, or −1. */
export function actorDayReader(history: History, attributed: Int32Array): (cells: ActivityDay) => DayRows {
  let folder: DayFolder | null = null;
  return (cells) => {
    const known = folds.get(cells);
    if (known) return known;
    folder ??= new DayFolder(attributed, history.actors.length);
    const folded = folder.fold(cells);
    folds.set(cells, folded);
    return folded;
  };
}

/** The days [fromDay, toDay), folded. */
export function actorDays(
  history: History,
  attributed: Int32Array,
  fromDay: number,
  toDay: number,
): DayRows[] {
  return daysBetween(history.activity, fromDay, toDay).map(actorDayReader(history, attributed));
}

/** Groups of the given actors, numbered as they are listed; −1 for all others. */
export function groupsOf(history: History, actors: readonly number[]): Int32Array {
  const groupOf = new Int32Array(history.actors.length).fill(-1);
  for (const [group, actor] of actors.entries()) groupOf[actor] = group;
  return groupOf;
}
