// What one UTC day is judged by: its window, who was known then, and who is whose peer.
import { actorFits } from './actor-fits.ts';
import { exposureInCell, type Baseline } from './measure.ts';
import type { NbParameters } from './parameters.ts';
import type { Past } from './past.ts';
import { findPeers, type Peers, type Population } from './peers.ts';
import {
  cellCount,
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
  /** Past its cold start. */
  readonly isMember: (actor: number) => boolean;
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
  const ownCells = Uint8Array.from({ length: 24 }, (_, hour) => cellOf(calendar(day * 24 + hour)));
  const cellAt = (hour: number) => ownCells[hour - day * 24] ?? cellOf(calendar(hour));
  const known = new Map<number, Baseline>();
  const baselineOf = (actor: number) => known.get(actor) ?? actorBaseline(past, actor, window);
  const members: number[] = [];
  const isMember = new Uint8Array(past.firstHours.length);
  for (let actor = 0; actor < isMember.length; actor += 1) {
    const own = actorBaseline(past, actor, window);
    if (hasColdStart(own, window, parameters)) continue;
    isMember[actor] = 1;
    members.push(actor);
    known.set(actor, own);
  }
  const isLongEnough = isEveryCellKnown(window, parameters);
  const sliding = clock === 'wall' ? past.sliding : null;
  const fits = actorFits(window, baselineOf, parameters, past.fits[clock], sliding);
  const population = { members, accounts: past.accounts, types: past.typesAt(window), fits };
  const actions = past.actionsAt(window);
  return {
    ...population,
    clock,
    window,
    cellAt,
    baselineOf,
    peersOf: findPeers(population, parameters.leastMembers),
    seriesBaselineOf: (series) => seriesBaseline(past, series, window),
    looksFor: (series) => actions.counts[past.actorOf[series]!]! + (actions.has(series) ? 0 : 1),
    isMember: (actor) => isMember[actor] === 1,
    learningIn: (actor) => {
      if (isMember[actor] === 0) return always;
      const own = baselineOf(actor);
      if (isLongEnough && own.firstHour <= window.fromHour && own.excluded.length === 0) return never;
      // A weekend hour of somebody who has seen one weekend: the prior would say more than the baseline.
      return (hour) => exposureInCell(own, window, cellAt(hour)) < parameters.kappa;
    },
  };
}

const always = () => true;
/** For most actors and hours: they were there all the time. */
export const never = () => false;

/** Whether somebody who was there all the time knows enough hours of every cell. */
function isEveryCellKnown({ remaining }: Window, { kappa }: NbParameters): boolean {
  return remaining.subarray(0, cellCount).every((hours) => hours >= kappa);
}

const none: readonly number[] = [];

function actorBaseline(past: Past, actor: number, window: Window): Baseline {
  const { actorBaselines } = past;
  return {
    counts: actorBaselines,
    low: past.windowStart(actor, window.fromHour),
    high: past.windowEnd(actor, window.toHour),
    firstHour: past.firstHours[actor]!,
    excluded: past.confirmed.get(actor) ?? none,
  };
}

function seriesBaseline(past: Past, series: number, window: Window): Baseline {
  const actor = past.actorOf[series]!;
  const excluded = past.confirmed.get(actor) ?? none;
  const counts = past.seriesHours.within(series, window, excluded);
  return { counts, low: 0, high: counts.hours.length, firstHour: past.firstHours[actor]!, excluded };
}

/** Known for too few days at the end of the window, or seen in too few hours of it, to say what is usual. */
function hasColdStart(
  { low, high, firstHour }: Baseline,
  { toHour }: Window,
  { minimumDays, minimumActiveHours }: NbParameters,
): boolean {
  return toHour - firstHour < minimumDays * 24 || high - low < minimumActiveHours;
}
