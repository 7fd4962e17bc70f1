// How usual a local hour of the day is for an actor.
import type { ActivityDay } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import type { LocalHour } from '../../local-calendar.ts';
import { factsOfSeries } from './series-facts.ts';

export const usualHours = {
  /** Days before the judged one that are counted. */
  days: 28,
  minimumEvents: 50,
  /** Below this share an hour is unusual. */
  rareShare: 0.01,
} as const;

export interface HourUse {
  /** Events of the actor in the days before, and how many of them within an hour of the same local hour of day. */
  readonly events: number;
  readonly nearby: number;
  /** Fewer than 1 % nearby; null when fewer than 50 events are known. */
  readonly isUnusual: boolean | null;
}

/**
 * @param asked pairs of actor number and hour since the epoch, all of one judged day.
 * @returns in the order asked.
 */
export function hourUses(
  history: History,
  day: number,
  asked: readonly { readonly actor: number; readonly hour: number }[],
  localHour: (hour: number) => LocalHour,
): HourUse[] {
  const seriesOf = seriesOfActors(history, new Set(asked.map(({ actor }) => actor)));
  const days = history.activity.filter((one) => one.day >= day - usualHours.days && one.day < day);
  const clocks = days.map((one) =>
    Array.from({ length: 24 }, (_, hour) => localHour(one.day * 24 + hour).hour),
  );
  return asked.map(({ actor, hour }) => {
    const clock = localHour(hour).hour;
    let events = 0;
    let nearby = 0;
    for (const [place, one] of days.entries()) {
      const counts = hoursOf(one, seriesOf.get(actor) ?? []);
      for (const [at, count] of counts.entries()) {
        const apart = Math.abs(clocks[place]![at]! - clock);
        events += count;
        if (Math.min(apart, 24 - apart) <= 1) nearby += count;
      }
    }
    return {
      events,
      nearby,
      isUnusual: events < usualHours.minimumEvents ? null : nearby < events * usualHours.rareShare,
    };
  });
}

function seriesOfActors(history: History, actors: ReadonlySet<number>): Map<number, number[]> {
  const found = new Map([...actors].map((actor): [number, number[]] => [actor, []]));
  const facts = factsOfSeries(history);
  const isAsked = new Uint8Array(history.actors.length);
  for (const actor of actors) isAsked[actor] = 1;
  for (let series = 0; series < history.series.length; series += 1)
    if (isAsked[facts.actors[series]!] === 1) found.get(facts.actors[series]!)!.push(series);
  return found;
}

/** Events of some series by hour of the UTC day. */
function hoursOf(day: ActivityDay, wanted: readonly number[]): Uint32Array {
  const counts = new Uint32Array(24);
  for (const series of wanted)
    for (let cell = firstCellOf(day, series); day.series[cell] === series; cell += 1)
      counts[day.slots[cell]! >> 2]! += day.counts[cell]!;
  return counts;
}

function firstCellOf({ series: seriesAt }: ActivityDay, series: number): number {
  let low = 0;
  let high = seriesAt.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seriesAt[middle]! < series) low = middle + 1;
    else high = middle;
  }
  return low;
}
