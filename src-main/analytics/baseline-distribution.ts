// How busy the hours of a baseline were, one by one: what an hour that stands out is compared with.
import { slotsPerDay } from './history/activity.ts';
import type { History } from './history/history.ts';

const slotsPerHour = slotsPerDay / 24;

export interface BaselineQuestion {
  readonly sourceAccount: string;
  readonly actor: string;
  /** Empty is all actions together. */
  readonly action: string;
  /** Hours since the epoch, half-open. */
  readonly fromHour: number;
  readonly toHour: number;
  /** Whether an hour of the baseline is one of those compared. */
  readonly isCompared: (hour: number) => boolean;
}

export interface HoursByCount {
  /** Ascending by events, each number of events once; hours without events count too. */
  readonly counts: readonly { readonly events: number; readonly hours: number }[];
  readonly hours: number;
  readonly activeHours: number;
  readonly events: number;
  readonly highest: number;
}

/** Counts every compared hour of a baseline exactly once. */
export function baselineDistribution(history: History, question: BaselineQuestion): HoursByCount {
  const { fromHour, toHour, isCompared } = question;
  const perHour = eventsPerHour(history, question);
  const hoursOf = new Map<number, number>();
  for (let hour = fromHour; hour < toHour; hour += 1) {
    if (!isCompared(hour)) continue;
    const events = perHour[hour - fromHour]!;
    hoursOf.set(events, (hoursOf.get(events) ?? 0) + 1);
  }
  const counts = [...hoursOf]
    .map(([events, hours]) => ({ events, hours }))
    .toSorted((one, other) => one.events - other.events);
  const hours = counts.reduce((sum, one) => sum + one.hours, 0);
  return {
    counts,
    hours,
    activeHours: hours - (hoursOf.get(0) ?? 0),
    events: counts.reduce((sum, one) => sum + one.events * one.hours, 0),
    highest: counts.at(-1)?.events ?? 0,
  };
}

function eventsPerHour(history: History, question: BaselineQuestion): Float64Array {
  const { fromHour, toHour } = question;
  const isTheirs = seriesMeant(history, question);
  const perHour = new Float64Array(Math.max(0, toHour - fromHour));
  for (const { day, series, slots, counts } of history.activity) {
    const firstHour = day * 24;
    if (firstHour + 24 <= fromHour || firstHour >= toHour) continue;
    for (let cell = 0; cell < series.length; cell += 1) {
      const hour = firstHour + Math.floor(slots[cell]! / slotsPerHour);
      if (isTheirs[series[cell]!] === 1 && hour >= fromHour && hour < toHour)
        perHour[hour - fromHour]! += counts[cell]!;
    }
  }
  return perHour;
}

function seriesMeant(history: History, { sourceAccount, actor, action }: BaselineQuestion): Uint8Array {
  return Uint8Array.from(history.series, (series) => {
    const who = history.actors[series.actor]!;
    if (who.actor !== actor || who.sourceAccount !== sourceAccount) return 0;
    return action === '' || history.actions.valueOf(series.action) === action ? 1 : 0;
  });
}
