// Reads of the cube day by day and action by action, in the hours of a zone.
import type { ActionWeeks, ActivityDayHours } from '#shared/model/activity-pattern.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { localDaysBetween, localHourIn } from '#shared/time/local-hour.ts';
import type { DatabaseHandle } from '../database.ts';
import { forEachCount, type ActivityFilter } from './activity.ts';
import { mirroredHistory } from './resident.ts';

/** A range both of whose ends are known. */
type Observed = { readonly from: number; readonly to: number };

/**
 * Counts per local day and hour over what was observed; hours outside of it are null.
 * @param observed microseconds since the epoch, half-open.
 */
export function readDayHours(
  database: DatabaseHandle,
  filter: ActivityFilter,
  observed: Observed,
  zone: string,
): ActivityDayHours[] {
  const firstSlot = Math.floor(observed.from / microsecondsPerSlot);
  const endSlot = Math.ceil(observed.to / microsecondsPerSlot);
  const days = new Map<string, (number | null)[]>();
  for (const [date, reached] of localDaysBetween(firstSlot, endSlot, zone))
    days.set(
      date,
      reached.map((isReached) => (isReached ? 0 : null)),
    );
  const hourOf = localHourIn(zone);
  forEachCount(mirroredHistory(database), { ...filter, ...observed }, (_series, slot, events) => {
    const { date, hour } = hourOf(slot);
    const counts = days.get(date)!;
    counts[hour] = (counts[hour] ?? 0) + events;
  });
  return [...days].map(([date, counts]) => ({ date, counts })).toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** Counts per action and hour of the week, the most frequent `top` actions; equally frequent ones by name. */
export function readActionWeeks(
  database: DatabaseHandle,
  filter: ActivityFilter,
  zone: string,
  top: number,
): Omit<ActionWeeks, 'zone'> {
  const history = mirroredHistory(database);
  const hourOf = hourOfWeekIn(zone);
  const weeks = new Map<number, number[]>();
  forEachCount(history, filter, (series, slot, events) => {
    const { action } = history.series[series]!;
    const counts = weeks.get(action) ?? Array.from({ length: 168 }, () => 0);
    counts[hourOf(slot)]! += events;
    weeks.set(action, counts);
  });
  const actions = [...weeks]
    .map(([number, counts]) => ({
      action: history.actions.valueOf(number),
      total: counts.reduce((sum, count) => sum + count, 0),
      counts,
    }))
    .toSorted((a, b) => b.total - a.total || (a.action < b.action ? -1 : 1));
  const [shown, others] = [actions.slice(0, top), actions.slice(top)];
  const sum = (some: readonly { total: number }[]) => some.reduce((all, { total }) => all + total, 0);
  return { total: sum(actions), actions: shown, otherActions: others.length, otherTotal: sum(others) };
}
