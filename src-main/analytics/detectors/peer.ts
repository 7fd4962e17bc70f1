// Detector peer: more privileged actions in a day than people of the same kind do.
import type { Detector, Hit, Scope } from '../detector.ts';
import type { History } from '../history/history.ts';
import { attributedActors, privilegedSeries } from './cube/attributed.ts';
import { citeSpans, type Span } from './cube/cite-spans.ts';
import { endedHour, judgedDays } from './cube/judged-days.ts';
import { comparePeers } from './cube/peer-compare.ts';
import { PeerDays } from './cube/peer-days.ts';
import { peerHit } from './cube/peer-hit.ts';
import { peerParameters, type PeerParameters } from './cube/peer-parameters.ts';
import { PeerTypes } from './cube/peer-types.ts';
import { PeerWindow } from './cube/peer-window.ts';
import { byTimeAndName } from './hours/hit-order.ts';

export { peerParameters, type PeerParameters };

/**
 * y = privileged actions of the actor on a UTC day. The others' actor-days: days of the window on which another member of the
 * group did anything, each with its number of privileged actions; the highest one in a hundred
 * is left out, or the first account of an attack would hide the second. Σ and n over the rest:
 *   mean = (Σ + ½) / n;  φ = (s² − mean) / mean², s² the sample variance;  size = 1 / (φ + 1 / (Σ + ½)), within the limits;
 *   S = −log10 P(Y >= y) for Y negative binomial of that mean and size.
 * Listed when S >= threshold and y >= minimumCount, and when y also surprises against the actor's own active days of the window
 * (mean (Σ own + 4 × group mean) / (n own + 4), the same φ): who has always done more than the others is no news.
 * Group: actors of the same actor type and account; the account where the type is unknown or has too few members. The type
 * is the one of the actor's newest event in the window, or for a newcomer of the first one on the day itself.
 * The hit is about the day, so it begins at midnight UTC. Medium; high from S = 6, as a rate nobody of the group comes near.
 */
export function peer(parameters: PeerParameters = peerParameters): Detector {
  return {
    id: 'peer',
    version: 'peer/1',
    title: 'More privileged actions than peers',
    needs: [],
    reachDays: parameters.windowDays,
    run: (history, scope) => findOutOfLine(history, scope, parameters),
  };
}

function findOutOfLine(history: History, scope: Scope, parameters: PeerParameters): Hit[] {
  if (!history.actions.values.some((action) => scope.privilegedActions.has(action))) return [];
  const ended = endedHour(scope);
  const days = new PeerDays(history, scope.privilegedActions, ended);
  const window = new PeerWindow(history, days, parameters.windowDays);
  const types = new PeerTypes(history, attributedActors(history), parameters.windowDays, ended);
  const listed = judgedDays(scope)
    .flatMap((day) => comparePeers(history, day, days, types, window, parameters))
    .filter(
      ({ surprise, ownSurprise }) =>
        surprise >= parameters.threshold && ownSurprise >= parameters.ownSurprise,
    );
  const spans = listed.map(({ actor, day }): Span => {
    return { group: actor, fromHour: day * 24, toHour: Math.min(day * 24 + 24, ended) };
  });
  return citeSpans(history, privilegedActors(history, scope), spans)
    .map((citation, at) => peerHit(history, listed[at]!, citation, parameters))
    .toSorted(byTimeAndName);
}

/** Actor of each privileged series; −1 for all others. */
function privilegedActors(history: History, { privilegedActions }: Scope): Int32Array {
  const isPrivileged = privilegedSeries(history, privilegedActions);
  const actors = attributedActors(history).slice();
  for (let at = 0; at < actors.length; at += 1) if (isPrivileged[at] === 0) actors[at] = -1;
  return actors;
}

export const peerDetector = peer();
