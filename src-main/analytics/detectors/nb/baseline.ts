// What one UTC day is judged by: its window, who was known then, and who is whose peer.
import type { HourlyCounts } from '../../history/activity.ts';
import { firstPlaceFrom } from '../hours/judged-hours.ts';
import { actorFits } from './actor-fits.ts';
import { exposureInCell, type Baseline } from './measure.ts';
import type { NbParameters } from './parameters.ts';
import type { Past } from './past.ts';
import { findPeers, type Peers, type Population } from './peers.ts';
import {
  cellOf,
  clocksChanged,
  steadyCalendar,
  windowOf,
  type Calendar,
  type Clock,
  type Window,
} from './window.ts';

export interface DayBaseline extends Population {
  readonly clock: Clock;
  readonly window: Window;
  readonly cellAt: (hour: number) => number;
  readonly baselineOf: (actor: number) => Baseline;
  readonly peersOf: (actor: number) => Peers;
  readonly seriesBaselineOf: (series: number) => Baseline;
  /** How many single actions are looked at in an hour of the series' actor. */
  readonly looksFor: (series: number) => number;
  /** Which hours of an actor cannot be judged yet. */
  readonly learningIn: (actor: number) => (hour: number) => boolean;
}

export function wallBaseline(past: Past, day: number, parameters: NbParameters): DayBaseline {
  return baselineOfDay(past, day, 'wall', past.calendar, parameters);
}

/** The same by the clock with which the day ended; null when that was the clock of the whole window. */
export function steadyBaseline(past: Past, day: number, parameters: NbParameters): DayBaseline | null {
  const lastHour = day * 24 + 23;
  const { calendar, holidays } = past;
  const window = windowOf(day, parameters.windowDays, calendar);
  if (!clocksChanged(window, lastHour, calendar)) return null;
  return baselineOfDay(past, day, 'steady', steadyCalendar(calendar, holidays, lastHour), parameters);
}

function baselineOfDay(
  past: Past,
  day: number,
  clock: Clock,
  calendar: Calendar,
  parameters: NbParameters,
): DayBaseline {
  const window = windowOf(day, parameters.windowDays, calendar);
  const cellAt = (hour: number) => cellOf(calendar(hour));
  const baselineOf = (actor: number) => cut(past, past.actorBaselines, actor, actor, window);
  const members: number[] = [];
  for (let actor = 0; actor < past.firstHours.length; actor += 1)
    if (!hasColdStart(baselineOf(actor), window, parameters)) members.push(actor);
  const fits = actorFits(window, baselineOf, parameters, past.fits[clock]);
  const population = { members, accounts: past.accounts, types: past.typesAt(window), fits };
  const actions = past.actionsAt(window);
  return {
    ...population,
    clock,
    window,
    cellAt,
    baselineOf,
    peersOf: findPeers(population, parameters.leastMembers),
    seriesBaselineOf: (series) => cut(past, past.seriesBaselines, series, past.actorOf[series]!, window),
    looksFor: (series) => actions.counts[past.actorOf[series]!]! + (actions.has(series) ? 0 : 1),
    learningIn: (actor) => {
      const own = baselineOf(actor);
      if (hasColdStart(own, window, parameters)) return () => true;
      // A weekend hour of somebody who has seen one weekend: the prior would say more than the baseline.
      return (hour) => exposureInCell(own, window, cellAt(hour)) < parameters.kappa;
    },
  };
}

function cut(past: Past, counts: HourlyCounts, group: number, actor: number, window: Window): Baseline {
  return {
    counts,
    low: firstPlaceFrom(counts, group, window.fromHour),
    high: firstPlaceFrom(counts, group, window.toHour),
    firstHour: past.firstHours[actor]!,
    excluded: past.confirmed.get(actor) ?? [],
  };
}

/** Known for too few days at the end of the window, or seen in too few hours of it, to say what is usual. */
function hasColdStart(
  { low, high, firstHour }: Baseline,
  { toHour }: Window,
  { minimumDays, minimumActiveHours }: NbParameters,
): boolean {
  return toHour - firstHour < minimumDays * 24 || high - low < minimumActiveHours;
}
