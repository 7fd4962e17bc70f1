// What somebody did day by day and hour by hour, over whole local days, and who else does the same.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { dateAfter, localDaysOf } from '#shared/time/local-days.ts';
import type { UsualActivity } from '#shared/model/decision-context.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { slotsPerDay, type ActivityDay } from './history/activity.ts';
import type { History } from './history/history.ts';

export const usualDays = 90;

/** Whole local days, the last of which holds the moment; `edges` has one more than there are days. */
export type DaySpan = { readonly dates: readonly string[]; readonly edges: readonly number[] };

export function daysUpTo(microseconds: number, zone: string, days = usualDays): DaySpan {
  const { dateAt, startOf } = localDaysOf(zone);
  const last = dateAt(microseconds);
  const dates = Array.from({ length: days }, (_, place) => dateAfter(last, place - days + 1));
  return { dates, edges: [...dates, dateAfter(last, 1)].map(startOf) };
}

/** Of the actors and the action that are looked at; numbers as the history has them. */
export type ActivityAbout = {
  readonly isActor: (actor: number) => boolean;
  /** Undefined is every action. */
  readonly action: number | undefined;
};

export type CountedActivity = Pick<UsualActivity, 'week' | 'sameWeek' | 'total' | 'sameTotal'> & {
  /** By place in the span. */
  readonly all: Float64Array;
  readonly same: Float64Array;
  /** Events with the action by actor number, over the span. */
  readonly byActor: Float64Array;
};

/** One walk over the cells of the span's days. */
export function countActivity(
  history: Pick<History, 'series' | 'actors' | 'activity'>,
  { edges }: DaySpan,
  { isActor, action }: ActivityAbout,
  hourOfWeek: (slot: number) => number,
): CountedActivity {
  const theirs = Uint8Array.from(history.series, ({ actor }) => Number(isActor(actor)));
  const isSame = Uint8Array.from(history.series, (series) =>
    Number(action === undefined || series.action === action),
  );
  const counted = {
    all: new Float64Array(edges.length - 1),
    same: new Float64Array(edges.length - 1),
    byActor: new Float64Array(history.actors.length),
    week: Array.from({ length: 168 }, () => 0),
    sameWeek: Array.from({ length: 168 }, () => 0),
    total: 0,
    sameTotal: 0,
  };
  const [first, end] = [edges[0]! / microsecondsPerSlot, edges.at(-1)! / microsecondsPerSlot];
  for (const day of history.activity) {
    const base = day.day * slotsPerDay;
    if (base + slotsPerDay <= first || base >= end) continue;
    const dayOf = daysOfSlots(day, edges);
    for (let cell = 0; cell < day.series.length; cell += 1) {
      const series = day.series[cell]!;
      if (theirs[series] === 0 && isSame[series] === 0) continue;
      const place = dayOf[day.slots[cell]!]!;
      if (place < 0) continue;
      const count = day.counts[cell]!;
      if (isSame[series] === 1) counted.byActor[history.series[series]!.actor]! += count;
      if (theirs[series] === 0) continue;
      const hour = hourOfWeek(base + day.slots[cell]!);
      counted.all[place]! += count;
      counted.week[hour]! += count;
      counted.total += count;
      if (isSame[series] === 0) continue;
      counted.same[place]! += count;
      counted.sameWeek[hour]! += count;
      counted.sameTotal += count;
    }
  }
  return counted;
}

/** For each quarter hour of a UTC day the place of its local day; −1 outside the span. */
function daysOfSlots({ day }: ActivityDay, edges: readonly number[]): Int32Array {
  const places = new Int32Array(slotsPerDay).fill(-1);
  let place = 0;
  for (let slot = 0; slot < slotsPerDay; slot += 1) {
    const at = (day * slotsPerDay + slot) * microsecondsPerSlot;
    while (place < edges.length - 1 && at >= edges[place + 1]!) place += 1;
    if (at >= edges[0]! && place < edges.length - 1) places[slot] = place;
  }
  return places;
}

/** @param observed half-open range of what is mirrored; null is nothing */
export function describeUsual(
  span: DaySpan,
  counted: CountedActivity,
  observed: { readonly from: number; readonly to: number } | null,
  { zone, firstSeen }: { readonly zone: string; readonly firstSeen: number | null },
): UsualActivity {
  const { dates, edges } = span;
  const isSeen = (place: number) =>
    observed !== null && edges[place + 1]! > observed.from && edges[place]! < observed.to;
  return {
    zone,
    from: formatInstant(edges[0]!),
    to: formatInstant(edges.at(-1)!),
    days: dates.map((day, place) => ({
      day,
      all: isSeen(place) ? counted.all[place]! : null,
      same: isSeen(place) ? counted.same[place]! : null,
    })),
    week: [...counted.week],
    sameWeek: [...counted.sameWeek],
    total: counted.total,
    sameTotal: counted.sameTotal,
    firstSeen: firstSeen === null ? null : formatInstant(firstSeen),
  };
}
