// The fits of a day's actors, each computed once however often it is asked for.
import { emptyFit, settle, type CellFit } from './fit.ts';
import { measure, type Baseline, type CellSums } from './measure.ts';
import type { NbParameters } from './parameters.ts';
import type { Window } from './window.ts';

/** What is returned is good until the next question. */
export interface ActorFits {
  measured(actor: number): CellSums;
  /** @param profile the same whenever it is asked about the same actor. */
  settled(actor: number, profile: Float64Array): CellFit;
}

/** More fits than these are computed again instead of being kept: a million of them would not fit into memory. */
const mostKept = 4_000;

type State = 'measured' | 'settled';

/** @param pool fits that nobody needs any more; grows as far as it is needed. */
export function actorFits(
  window: Window,
  baselineOf: (actor: number) => Baseline,
  parameters: NbParameters,
  pool: CellFit[],
): ActorFits {
  const kept = new Map<number, { readonly fit: CellFit; state: State }>();
  const spare = emptyFit();
  const find = (actor: number) => {
    const known = kept.get(actor);
    if (known !== undefined) return known;
    const isKept = kept.size < mostKept;
    const fit = isKept ? (pool[kept.size] ??= emptyFit()) : spare;
    measure(fit, baselineOf(actor), window);
    const made = { fit, state: 'measured' as State };
    if (isKept) kept.set(actor, made);
    return made;
  };
  return {
    measured: (actor) => find(actor).fit,
    settled: (actor, profile) => {
      const found = find(actor);
      if (found.state === 'measured') settle(found.fit, baselineOf(actor), window, profile, parameters);
      found.state = 'settled';
      return found.fit;
    },
  };
}
