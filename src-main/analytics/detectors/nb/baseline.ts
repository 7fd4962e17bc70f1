// What one UTC day is judged by: its window, who was known then, and who is whose peer.
import type { HourlyCounts } from '../../history/activity.ts';
import { firstPlaceFrom } from '../hours/judged-hours.ts';
import { actorFits } from './actor-fits.ts';
import type { Baseline } from './measure.ts';
import type { NbParameters } from './parameters.ts';
import type { Past } from './past.ts';
import { findPeers, type Peers, type Population } from './peers.ts';
import { windowOf, type Window } from './window.ts';

export interface DayBaseline extends Population {
  readonly window: Window;
  readonly baselineOf: (actor: number) => Baseline;
  readonly peersOf: (actor: number) => Peers;
  readonly seriesBaselineOf: (series: number) => Baseline;
  /** How many single actions are looked at in an hour of the series' actor. */
  readonly looksFor: (series: number) => number;
  /** Known for too few days at the end of the window, or seen in too few hours of it, to say what is usual. */
  readonly isColdStart: (actor: number) => boolean;
}

export function baselineOfDay(past: Past, day: number, parameters: NbParameters): DayBaseline {
  const window = windowOf(day, parameters.windowDays, past.calendar);
  const baselineOf = (actor: number) => cut(past, past.actorBaselines, actor, actor, window);
  const isColdStart = (actor: number) => hasColdStart(baselineOf(actor), window, parameters);
  const members: number[] = [];
  for (let actor = 0; actor < past.firstHours.length; actor += 1) {
    if (!isColdStart(actor)) members.push(actor);
  }
  const fits = actorFits(window, baselineOf, parameters, past.fits);
  const population = { members, accounts: past.accounts, types: past.typesAt(window), fits };
  const actions = past.actionsAt(window);
  return {
    ...population,
    window,
    baselineOf,
    peersOf: findPeers(population, parameters.leastMembers),
    seriesBaselineOf: (series) => cut(past, past.seriesBaselines, series, past.actorOf[series]!, window),
    looksFor: (series) => actions.counts[past.actorOf[series]!]! + (actions.has(series) ? 0 : 1),
    isColdStart,
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

function hasColdStart(
  { low, high, firstHour }: Baseline,
  { toHour }: Window,
  { minimumDays, minimumActiveHours }: NbParameters,
): boolean {
  return toHour - firstHour < minimumDays * 24 || high - low < minimumActiveHours;
}
