// A history as nb reads it: hours of actors and of their series, ready to be cut to any window.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import type { Scope } from '../../detector.ts';
import type { ActivityDay, HourlyCounts } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { localCalendar } from '../../local-calendar.ts';
import { actorDays } from '../cube/actor-days.ts';
import { attributedActors } from '../cube/attributed.ts';
import { hoursOfGroups } from '../cube/day-rows.ts';
import { forwardPlaces, type HourSpan } from '../hours/judged-hours.ts';
import { busyHours, type BusyHours } from './busy-hours.ts';
import { actorTypes, type ActorTypes } from './actor-types.ts';
import type { CellFit } from './fit.ts';
import { HeldCells } from './held-cells.ts';
import { knownActions, type KnownActions } from './known-actions.ts';
import type { NbParameters } from './parameters.ts';
import { seriesHours, type SeriesHours } from './series-hours.ts';
import { SlidingCells } from './sliding-cells.ts';
import { cellOf, type Calendar, type Clock, type Window } from './window.ts';

/** Whether what an actor did in an hour was confirmed as a true positive; it then teaches nothing about what is usual. */
export type IsConfirmed = (sourceAccount: string, actor: string, hour: number) => boolean;

/** Place of an actor's first hour at or after an hour. */
type PlaceOf = (actor: number, hour: number) => number;

export interface Past {
  readonly history: History;
  /** Hours by actor number; confirmed ones too. */
  readonly actorCounts: HourlyCounts;
  /** The same without confirmed hours. */
  readonly actorBaselines: HourlyCounts;
  /** Where the judged day of an actor begins in its counts, and where its window begins and ends in its baseline. */
  readonly dayPlace: PlaceOf;
  readonly windowStart: PlaceOf;
  readonly windowEnd: PlaceOf;
  readonly seriesHours: SeriesHours;
  /** By the wall clock, and only where many days are judged at once. */
  readonly sliding: SlidingCells | null;
  /** Busy hours of the judged days. */
  readonly busyIn: ReadonlyMap<ActivityDay, BusyHours>;
  /** What their cells held by the wall clock, confirmed hours included; null where there are too many. */
  readonly held: HeldCells | null;
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
  span: HourSpan,
  parameters: NbParameters,
  isConfirmed: IsConfirmed | null,
): Past {
  const { actors } = history;
  const sinceDay = Math.floor(span.fromHour / 24) - 1 - parameters.windowDays;
  const actorOf = attributedActors(history);
  const folded = actorDays(history, actorOf, sinceDay, Math.ceil(span.toHour / 24));
  const itself = new Int32Array(actors.length);
  for (let actor = 0; actor < itself.length; actor += 1) itself[actor] = actor;
  const actorCounts = hoursOfGroups(folded, itself, actors.length, span.toHour);
  const confirmed = confirmedHours(history, actorCounts, isConfirmed);
  const actorBaselines = confirmed.size === 0 ? actorCounts : withoutHours(actorCounts, confirmed);
  const calendar = localCalendar(scope.zone, scope.holidays);
  const cellAt = (hour: number) => cellOf(calendar(hour));
  const busyIn = busyDays(history, scope, span, parameters.minimumCount);
  const isWorthIt = scope.days.length >= daysWorthSliding && actors.length <= mostSliding;
  return {
    history,
    actorCounts,
    actorBaselines,
    dayPlace: forwardPlaces(actorCounts),
    windowStart: forwardPlaces(actorBaselines),
    windowEnd: forwardPlaces(actorBaselines),
    seriesHours: seriesHours(history.activity),
    sliding: isWorthIt ? new SlidingCells(actorBaselines, cellAt) : null,
    busyIn,
    held: HeldCells.of(history.activity, busyIn.values(), history.series.length, cellAt),
    confirmed,
    actorOf,
    firstHours: Int32Array.from(actors, (actor) => Math.floor(actor.firstMicroseconds / microsecondsPerHour)),
    accounts: numberAccounts(history),
    typesAt: actorTypes(history, actorOf),
    actionsAt: knownActions(history, actorOf),
    fits: { wall: [], steady: [] },
    holidays: scope.holidays,
    calendar,
  };
}

/** Sums that move on cost more to begin with than adding up the windows of a few days. */
const daysWorthSliding = 4;
/** They take a kilobyte an actor; more actors than these are added up anew for every day. */
const mostSliding = 20_000;

function busyDays(
  { activity }: History,
  { days }: Scope,
  { toHour }: HourSpan,
  minimumCount: number,
): Map<ActivityDay, BusyHours> {
  const judged = new Set(days);
  return new Map(
    activity
      .filter(({ day }) => judged.has(day) && day * 24 < toHour)
      .map((cells) => {
        const { day } = cells;
        return [cells, busyHours(cells, minimumCount, day * 24, Math.min(day * 24 + 24, toHour))];
      }),
  );
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
  leftOut: ReadonlyMap<number, readonly number[]>,
): HourlyCounts {
  const groups = offsets.length - 1;
  const kept = { offsets: new Uint32Array(groups + 1), hours: hours.slice(), counts: counts.slice() };
  let next = 0;
  for (let group = 0; group < groups; group += 1) {
    const confirmed = leftOut.get(group);
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
