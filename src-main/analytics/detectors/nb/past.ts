// A history as nb reads it: hours of actors and of their series, ready to be cut to any window.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Scope } from '../../detector.ts';
import type { HourlyCounts } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { localCalendar } from '../../local-calendar.ts';
import { countHours } from '../hours/count-hours.ts';
import { busyHours } from './busy-hours.ts';
import { actorTypes, type ActorTypes } from './actor-types.ts';
import type { CellFit } from './fit.ts';
import { knownActions, type KnownActions } from './known-actions.ts';
import type { NbParameters } from './parameters.ts';
import type { Calendar, Clock, Window } from './window.ts';

/** Whether what an actor did in an hour was confirmed as a true positive; it then teaches nothing about what is usual. */
export type IsConfirmed = (sourceAccount: string, actor: string, hour: number) => boolean;

export interface Past {
  readonly history: History;
  /** Hours by actor number, and by series number where a series has an hour that could be listed; confirmed ones too. */
  readonly actorCounts: HourlyCounts;
  readonly seriesCounts: HourlyCounts;
  /** The same without confirmed hours. */
  readonly actorBaselines: HourlyCounts;
  readonly seriesBaselines: HourlyCounts;
  /** Confirmed hours by actor number, ascending. */
  readonly confirmed: ReadonlyMap<number, readonly number[]>;
  /** By series number: its actor, or −1 when nobody is named. */
  readonly actorOf: Int32Array;
  readonly firstHours: Int32Array;
  readonly accounts: Int32Array;
  /** Both of them read forward: windows come in ascending order. */
  readonly typesAt: ActorTypes;
  readonly actionsAt: (window: Window) => KnownActions;
  /** Room for the fits of one day by each clock; used again for the next. */
  readonly fits: Readonly<Record<Clock, CellFit[]>>;
  readonly calendar: Calendar;
  readonly holidays: ReadonlySet<string>;
}

/** Reads [fromHour, toHour) of a history and what lies one window and a gap before it. */
export function readPast(
  history: History,
  scope: Scope,
  span: { fromHour: number; toHour: number },
  parameters: NbParameters,
  isConfirmed: IsConfirmed | null,
): Past {
  const { activity, actors } = history;
  const since = (Math.floor(span.fromHour / 24) - 1 - parameters.windowDays) * 24;
  const actorOf = Int32Array.from(history.series, ({ actor }) => (actors[actor]!.actor === '' ? -1 : actor));
  const busy = busySeries(history, actorOf, span, parameters.minimumCount);
  const actorCounts = countHours(activity, actorOf, actors.length, since, span.toHour);
  const seriesCounts = countHours(activity, busy, history.series.length, since, span.toHour);
  const confirmed = confirmedHours(history, actorCounts, isConfirmed);
  const without = (counts: HourlyCounts, ownerOf: (group: number) => number) =>
    confirmed.size === 0 ? counts : withoutHours(counts, (group) => confirmed.get(ownerOf(group)));
  return {
    history,
    actorCounts,
    seriesCounts,
    actorBaselines: without(actorCounts, (actor) => actor),
    seriesBaselines: without(seriesCounts, (series) => actorOf[series]!),
    confirmed,
    actorOf,
    firstHours: Int32Array.from(actors, (actor) => Math.floor(actor.firstMicroseconds / microsecondsPerHour)),
    accounts: numberAccounts(history),
    typesAt: actorTypes(history, actorOf),
    actionsAt: knownActions(history, actorOf),
    fits: { wall: [], steady: [] },
    holidays: scope.holidays,
    calendar: localCalendar(scope.zone, scope.holidays),
  };
}

/** Itself for a series of a named actor with an hour in the span that reaches the least count, −1 for every other. */
function busySeries(
  { activity, series }: History,
  actorOf: Int32Array,
  { fromHour, toHour }: { fromHour: number; toHour: number },
  minimumCount: number,
): Int32Array {
  const busy = new Int32Array(series.length).fill(-1);
  for (const day of activity) {
    if (day.day * 24 + 24 <= fromHour || day.day * 24 >= toHour) continue;
    const found = busyHours(day, minimumCount, fromHour, toHour);
    for (const number of found.series.subarray(0, found.length))
      if (actorOf[number]! >= 0) busy[number] = number;
  }
  return busy;
}

function confirmedHours(
  { actors }: History,
  { offsets, hours }: HourlyCounts,
  isConfirmed: IsConfirmed | null,
): Map<number, readonly number[]> {
  const confirmed = new Map<number, readonly number[]>();
  if (isConfirmed === null) return confirmed;
  for (const [number, { sourceAccount, actor }] of actors.entries()) {
    const own = hours.subarray(offsets[number], offsets[number + 1]);
    const found = own.filter((hour) => isConfirmed(sourceAccount, actor, hour));
    if (found.length > 0) confirmed.set(number, [...found]);
  }
  return confirmed;
}

function withoutHours(
  { offsets, hours, counts }: HourlyCounts,
  leftOut: (group: number) => readonly number[] | undefined,
): HourlyCounts {
  const groups = offsets.length - 1;
  const kept = { offsets: new Uint32Array(groups + 1), hours: hours.slice(), counts: counts.slice() };
  let next = 0;
  for (let group = 0; group < groups; group += 1) {
    const confirmed = leftOut(group);
    for (let at = offsets[group]!; at < offsets[group + 1]!; at += 1) {
      if (confirmed?.includes(hours[at]!)) continue;
      kept.hours[next] = hours[at]!;
      kept.counts[next++] = counts[at]!;
    }
    kept.offsets[group + 1] = next;
  }
  return kept;
}

function numberAccounts({ actors }: History): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(actors, ({ sourceAccount }) => {
    const number = numbers.get(sourceAccount) ?? numbers.size;
    numbers.set(sourceAccount, number);
    return number;
  });
}
