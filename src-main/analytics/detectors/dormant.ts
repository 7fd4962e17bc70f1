// Detector dormant: an account that was known, then silent for long, and is used again.
import type { Detector, Hit, Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { absencesOf, pastsOf } from './cube/absences.ts';
import { attributedActors } from './cube/attributed.ts';
import { citeSpans, type Span } from './cube/cite-spans.ts';
import { endedHour, judgedDays } from './cube/judged-days.ts';
import { dormantHit, type Return } from './cube/dormant-hit.ts';
import { dormantParameters, type DormantParameters } from './cube/dormant-parameters.ts';

import { byTimeAndName } from './hours/hit-order.ts';

export { dormantParameters, type DormantParameters };

/**
 * Silence = hours without any event of the actor between the hour of the last event before and the hour of the first one on the
 * judged day. Listed
 * - from `silenceDays` × 24 hours, or
 * - from `unlikeThem.silenceDays` × 24 hours, when that is also `timesLongestPause` times the longest pause (at least a
 *   day) in the `pastDays` before it, and the actor had been active on enough days for that to mean something.
 * An actor never seen before is new, not dormant. Where the cube does not reach back to before the silence it is not known
 * to be one, and nothing is said.
 * Count is that of the first day. The hit is about the day, so it begins at midnight UTC and does not move when an earlier event
 * of that day arrives late. Score: days of silence.
 * Medium, because an account that should have been closed is a door nobody watches; high when its first day has privileged
 * actions; a shorter absence that is merely unlike the actor is low, or medium with privileged actions.
 */
export function dormant(parameters: DormantParameters = dormantParameters): Detector {
  return {
    id: 'dormant',
    version: 'dormant/1',
    title: 'Used again after a long silence',
    needs: [],
    reachDays: parameters.silenceDays + parameters.pastDays,
    run: (history, scope) => findReturns(history, scope, parameters),
  };
}

function findReturns(history: History, scope: Scope, parameters: DormantParameters): Hit[] {
  const { silenceDays, unlikeThem } = parameters;
  const ended = endedHour(scope);
  const attributed = attributedActors(history);
  const shortestDays = Math.min(silenceDays, unlikeThem?.silenceDays ?? silenceDays);
  const question = { judgedDays: judgedDays(scope), endedHour: ended, shortestHours: shortestDays * 24 };
  const absences = absencesOf(history, attributed, question);
  const pasts = pastsOf(history, attributed, absences, parameters.pastDays);
  const returns = absences
    .map((absence, at): Return => ({ ...absence, ...pasts[at]! }))
    .filter((absence) => isListed(absence, parameters));
  const spans = returns.map(({ actor, day }): Span => {
    return { group: actor, fromHour: day * 24, toHour: Math.min((day + 1) * 24, ended) };
  });
  return citeSpans(history, attributed, spans)
    .map((citation, at) => {
      const comeback = returns[at]!;
      return dormantHit(history.actors[comeback.actor]!, comeback, citation, scope, parameters);
    })
    .toSorted(byTimeAndName);
}

/** Whether an absence is long, or long for this actor. */
function isListed(
  { silentHours, activeDays, longestPauseDays }: Return,
  { silenceDays, unlikeThem }: DormantParameters,
): boolean {
  if (silentHours >= silenceDays * 24) return true;
  if (unlikeThem === null || silentHours < unlikeThem.silenceDays * 24) return false;
  const longestHours = Math.max(longestPauseDays, 1) * 24;
  return activeDays >= unlikeThem.activeDays && silentHours >= unlikeThem.timesLongestPause * longestHours;
}

export const dormantDetector = dormant();
