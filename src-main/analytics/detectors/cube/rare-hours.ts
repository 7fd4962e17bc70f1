// Finds the hours of an actor's day that are rare for that actor, and joins them to episodes.
import type { RareTimeParameters } from './rare-time-parameters.ts';
import type { CellCalendar } from './cell-calendar.ts';
import { surpriseOfSoFew } from './count-tail.ts';
import { cellCount, HourProfile, sumOver } from './hour-profile.ts';

export interface RareEpisode {
  readonly actor: number;
  /** Hours since the epoch, half-open. */
  readonly fromHour: number;
  readonly toHour: number;
  /** Hour of day of the rarest hour, 0–23, where people lived it. */
  readonly rarestLocalHour: number;
  /** Events, active hours and hours of the window within one hour of the rarest one's local hour. */
  readonly eventsNear: number;
  readonly activeHoursNear: number;
  readonly hoursNear: number;
  readonly share: number;
  readonly isWeekend: boolean;
  readonly baselineEvents: number;
  readonly baselineActiveHours: number;
  /** UTC days, half-open. */
  readonly baselineFromDay: number;
  readonly baselineToDay: number;
  readonly activeDays: number;
  /** Active days of the window with anything in an hour as rare. */
  readonly rareDays: number;
}

/** The hours of one actor in which there were events, ascending. */
export interface ActiveHours {
  readonly actor: number;
  /** UTC day of the actor's first event. */
  readonly firstDay: number;
  readonly hours: Int32Array;
  readonly counts: Uint32Array;
}

/** Episodes of the given UTC days, ascending. The rule is in the docstring of the detector. */
export function episodesOf(
  active: ActiveHours,
  days: readonly number[],
  calendar: CellCalendar,
  parameters: RareTimeParameters,
): RareEpisode[] {
  const { hours, counts, firstDay } = active;
  const profile = new HourProfile();
  const episodes: RareEpisode[] = [];
  let low = 0;
  let high = 0;
  for (const day of days) {
    const fromDay = Math.max(day - parameters.windowDays, firstDay);
    for (; high < hours.length && hours[high]! < day * 24; high += 1)
      profile.add(calendar.cellOfHour(hours[high]!), counts[high]!);
    for (; low < high && hours[low]! < fromDay * 24; low += 1)
      profile.add(calendar.cellOfHour(hours[low]!), -counts[low]!);
    const isKnown = firstDay + parameters.knownDays <= day && profile.total >= parameters.minimumEvents;
    if (!isKnown || hours[high] === undefined || hours[high]! >= (day + 1) * 24) continue;
    episodes.push(...episodesOfDay(active, { low, high, day, fromDay }, profile, calendar, parameters));
  }
  return episodes;
}

interface Window {
  /** Places of the window's active hours; the judged day's begin at `high`. */
  readonly low: number;
  readonly high: number;
  readonly day: number;
  readonly fromDay: number;
}

function episodesOfDay(
  { actor, hours }: ActiveHours,
  window: Window,
  profile: HourProfile,
  calendar: CellCalendar,
  parameters: RareTimeParameters,
): RareEpisode[] {
  const { low, high, day, fromDay } = window;
  const found: RareHour[] = [];
  let past: PastDays | null = null;
  for (let at = high; at < hours.length && hours[at]! < (day + 1) * 24; at += 1) {
    const cell = calendar.cellOfHour(hours[at]!);
    if (
      profile.shareNear(cell) > parameters.share ||
      !isUnlikelyGap(cell, profile, window, calendar, parameters)
    )
      continue;
    past ??= pastDays(hours.subarray(low, high), profile, calendar);
    const rareDays = daysUpTo(past, profile.eventsNear(cell));
    if (rareDays <= Math.max(1, parameters.rareDayShare * past.length))
      found.push({ hour: hours[at]!, cell, rareDays });
  }
  const activeDays = past?.length ?? 0;
  const hoursOfCells = calendar.hoursByCell(fromDay, day);
  return joined(found, hours.subarray(high)).map((members) => {
    const rarest = members.reduce((a, b) =>
      profile.eventsNear(b.cell) < profile.eventsNear(a.cell) ? b : a,
    );
    return {
      actor,
      fromHour: members[0]!.hour,
      toHour: members.at(-1)!.hour + 1,
      rarestLocalHour: rarest.cell % 24,
      eventsNear: profile.eventsNear(rarest.cell),
      activeHoursNear: profile.hoursNear(rarest.cell),
      share: profile.shareNear(rarest.cell),
      hoursNear: sumOver(hoursOfCells, rarest.cell),
      isWeekend: rarest.cell >= 24,
      baselineEvents: profile.total,
      baselineActiveHours: profile.activeHours,
      baselineFromDay: fromDay,
      baselineToDay: day,
      activeDays,
      rareDays: rarest.rareDays,
    };
  });
}

interface RareHour {
  readonly hour: number;
  readonly cell: number;
  readonly rareDays: number;
}

/** Rare hours side by side, or with one hour between them in which nothing happened. */
function joined(rare: readonly RareHour[], activeHours: Int32Array): RareHour[][] {
  const episodes: RareHour[][] = [];
  for (const hour of rare) {
    const last = episodes.at(-1)?.at(-1)?.hour ?? -Infinity;
    const continues =
      hour.hour - last === 1 || (hour.hour - last === 2 && !activeHours.includes(hour.hour - 1));
    if (continues) episodes.at(-1)!.push(hour);
    else episodes.push([hour]);
  }
  return episodes;
}

/** Whether somebody active around the clock would hardly have so few active hours near the cell. */
function isUnlikelyGap(
  cell: number,
  profile: HourProfile,
  { day, fromDay }: Window,
  calendar: CellCalendar,
  { chance }: RareTimeParameters,
): boolean {
  const expectedPart = sumOver(calendar.hoursByCell(fromDay, day), cell) / ((day - fromDay) * 24);
  const surprise = surpriseOfSoFew(profile.hoursNear(cell), profile.activeHours, expectedPart);
  return surprise >= -Math.log10(chance);
}

/** Of each active day, the fewest events the whole window has near one of its hours: how rare its rarest hour is. */
type PastDays = readonly number[];

function pastDays(hours: Int32Array, profile: HourProfile, calendar: CellCalendar): PastDays {
  const fewest: number[] = [];
  const eventsNear = Float64Array.from({ length: cellCount }, (_, cell) => profile.eventsNear(cell));
  for (let at = 0; at < hours.length;) {
    const day = Math.floor(hours[at]! / 24);
    const cells = calendar.cellsOfDay(day);
    let least = Infinity;
    for (; at < hours.length && hours[at]! < (day + 1) * 24; at += 1) {
      const near = eventsNear[cells[hours[at]! - day * 24]!]!;
      if (near < least) least = near;
    }
    fewest.push(least);
  }
  return fewest;
}

/** Days with an hour as rare as one that has `eventsNear` events near it, or rarer. */
function daysUpTo(past: PastDays, eventsNear: number): number {
  return past.reduce((days, fewest) => days + (fewest <= eventsNear ? 1 : 0), 0);
}
