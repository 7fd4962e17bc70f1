// Which busy hours of single actions could be listed at all: most of them are what their cell always holds.
import type { BusyHours } from './busy-hours.ts';
import type { DayBaseline } from './baseline.ts';
import type { BusyHour } from './hour.ts';
import { largestExpectation } from './judge.ts';
import { exposureInCell, mostHeld } from './measure.ts';
import { forSingleActions, type NbParameters } from './parameters.ts';
import type { Past } from './past.ts';

/**
 * Busy hours by actor, without those that a glance at their cell rules out.
 * @param isWanted which actors; the others have none.
 */
export function plausibleHours(
  past: Past,
  baseline: DayBaseline,
  { length, series, hours, counts }: BusyHours,
  parameters: NbParameters,
  isWanted: (actor: number) => boolean,
): Map<number, BusyHour[]> {
  const isPlausible = plausibility(past, baseline, forSingleActions(parameters));
  const byActor = new Map<number, BusyHour[]>();
  for (let place = 0; place < length; place += 1) {
    const actor = past.actorOf[series[place]!]!;
    if (actor < 0 || !isWanted(actor)) continue;
    if (!isPlausible(actor, series[place]!, hours[place]!, counts[place]!)) continue;
    const busy = { series: series[place]!, hour: hours[place]!, count: counts[place]! };
    const own = byActor.get(actor);
    if (own) own.push(busy);
    else byActor.set(actor, [busy]);
  }
  return byActor;
}

const none: readonly number[] = [];

function plausibility(past: Past, baseline: DayBaseline, parameters: NbParameters) {
  const { window, cellAt, looksFor } = baseline;
  const limitOf = expectationLimits(parameters);
  const held = baseline.clock === 'wall' ? past.held : null;
  held?.slideTo(window);
  return (actor: number, series: number, hour: number, count: number): boolean => {
    const looks = looksFor(series);
    // The only action an actor has is its total, which is judged already.
    if (looks === 1) return false;
    const cell = cellAt(hour);
    const excluded = past.confirmed.get(actor) ?? none;
    const known = { firstHour: past.firstHours[actor]!, excluded };
    const most = mostHeld(limitOf(count, looks), exposureInCell(known, window, cell), parameters);
    if (held !== null && excluded.length === 0) return held.heldIn(series, cell) <= most;
    return !past.seriesHours.holdsMoreThan(most, series, window, cell, excluded);
  };
}

/** {@link largestExpectation}, which is asked for the same few counts again and again. */
function expectationLimits(parameters: NbParameters): (count: number, looks: number) => number {
  const known = new Map<number, number>();
  return (count, looks) => {
    const key = looks * 2 ** 32 + count;
    const limit = known.get(key) ?? largestExpectation(count, looks, parameters);
    known.set(key, limit);
    return limit;
  };
}
