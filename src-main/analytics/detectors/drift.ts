// Detector drift: a little more every day, too little for any hour or day to stand out.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { Detector, Hit, Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { attributedActors } from './cube/attributed.ts';
import { CellCalendar } from './cube/cell-calendar.ts';
import { citeSpans, type Span } from './cube/cite-spans.ts';
import { actorDays, groupsOf } from './cube/actor-days.ts';
import { daysOfGroups, type DayRows } from './cube/day-rows.ts';
import { endedHour, judgedDays } from './cube/judged-days.ts';
import { DriftCharts, type DriftCrossing } from './cube/drift-chart.ts';
import { driftHit } from './cube/drift-hit.ts';
import { driftParameters, type DriftParameters } from './cube/drift-parameters.ts';
import { byTimeAndName } from './hours/hit-order.ts';

export { driftParameters, type DriftParameters };

/**
 * A control chart over the days on which the actor was active. For each such day, over the active days of the same class (weekday |
 * weekend or holiday) among the `baselineDays` before it, n of them:
 *   u = √(total + 3/8) (Anscombe's root, which spreads evenly whatever the total);  usual = median of u;  deviation =
 *   1.4826 × MAD of u, or 1.2533 × mean absolute deviation where the MAD is 0, and never below
 *   max(½, smallestDeviationShare × usual / 2);  r = (u − usual) / deviation, kept within ± residualLimit.
 * Over the residuals r₁ … r_t of the `chartDays` up to a day (oldest first; at least `minimumChartedDays`):
 *   E = Σ λ (1 − λ)^(t − i) r_i;  limit = L √(λ / (2 − λ) × (1 − (1 − λ)^2t) + (π / 2n) × (1 − (1 − λ)^t)²).
 * The first term is the EWMA chart of Roberts (1959); the second is the error of the median of n days, which all residuals
 * share and which few days of baseline make large. Days without any event take no part: absence is not less work.
 * Listed on the day E crosses the limit: it was within it on the active day before, and the day itself is above what the
 * tightest limit (t = 1, n endless) allows. An unfinished day is judged by what it has so far, which can only grow.
 * The hit is about the day, so it begins at midnight UTC. Low; medium when each of the last five charted days lay above the
 * usual, as a steady rise does and a few busy days do not.
 */
export function drift(parameters: DriftParameters = driftParameters): Detector {
  return {
    id: 'drift',
    version: 'drift/1',
    title: 'Slowly more than usual',
    needs: [],
    reachDays: parameters.baselineDays + 2 * parameters.chartDays,
    run: (history, scope) => findDrifts(history, scope, parameters),
  };
}

function findDrifts(history: History, scope: Scope, parameters: DriftParameters): Hit[] {
  const days = judgedDays(scope);
  if (days.length === 0) return [];
  const ended = endedHour(scope);
  const attributed = attributedActors(history);
  const fromDay = days[0]! - parameters.baselineDays - 2 * parameters.chartDays;
  const active = actorDays(history, attributed, fromDay, days.at(-1)! + 1);
  const crossings = crossingsOf(history, active, days, scope, parameters);
  const spans = crossings.map(({ actor, day }): Span => {
    return { group: actor, fromHour: day * 24, toHour: Math.min((day + 1) * 24, ended) };
  });
  return citeSpans(history, attributed, spans)
    .map((citation, at) => {
      const crossing = crossings[at]!;
      return driftHit(history.actors[crossing.actor]!, crossing, citation, parameters);
    })
    .toSorted(byTimeAndName);
}

function crossingsOf(
  history: History,
  active: readonly DayRows[],
  days: readonly number[],
  scope: Scope,
  parameters: DriftParameters,
): (DriftCrossing & { readonly actor: number })[] {
  const ended = endedHour(scope);
  const isJudged = new Set(days);
  const judged = actorsOf(history, active, isJudged, days.at(-1)!);
  const counts = daysOfGroups(active, groupsOf(history, judged), judged.length, ended);
  const calendar = new CellCalendar(scope.zone, scope.holidays);
  const charts = new DriftCharts(counts, calendar, parameters);
  const crossings: (DriftCrossing & { readonly actor: number })[] = [];
  for (let group = 0; group < judged.length; group += 1) {
    const first = counts.offsets[group]!;
    const earliest = first + parameters.minimumActiveDays;
    for (let place = counts.offsets[group + 1]! - 1; place >= earliest; place -= 1) {
      const day = counts.days[place]!;
      if (day < days[0]!) break;
      if (!isJudged.has(day)) continue;
      const crossing = charts.crossingAt(place, first, (day + 1) * 24 <= ended);
      if (crossing !== null) crossings.push({ ...crossing, actor: judged[group]! });
    }
  }
  return crossings;
}

/** Actors with events on one of the days who were there before. */
function actorsOf(
  history: History,
  active: readonly DayRows[],
  isJudged: ReadonlySet<number>,
  last: number,
): number[] {
  const isActive = new Uint8Array(history.actors.length);
  for (const { day, members } of active) {
    if (!isJudged.has(day)) continue;
    for (let row = 0; row < members.length; row += 1) isActive[members[row]!] = 1;
  }
  const actors: number[] = [];
  for (let actor = 0; actor < isActive.length; actor += 1)
    if (isActive[actor] === 1 && history.actors[actor]!.firstMicroseconds < last * microsecondsPerDay)
      actors.push(actor);
  return actors;
}

export const driftDetector = drift();
