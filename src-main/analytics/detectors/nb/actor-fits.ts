// The fits of a day's actors, each computed once however often it is asked for.
import { emptyFit, emptyFits, settle, type CellFit, type WeighOutliers } from './fit.ts';
import { measure, type Baseline, type CellSums } from './measure.ts';
import type { NbParameters } from './parameters.ts';
import type { SlidingCells } from './sliding-cells.ts';
import type { Window } from './window.ts';

/** What is returned is good until the next question. */
export interface ActorFits {
  measured(actor: number): CellSums;
  /** @param profile the same whenever it is asked about the same actor. */
  settled(actor: number, profile: Float64Array): CellFit;
}

/** More fits than these are computed again instead of being kept: a million of them would not fit into memory. */
const mostKept = 4_000;

const fitsAtOnce = 100;

interface Kept {
  readonly fit: CellFit;
  readonly baseline: Baseline;
  readonly outliers: WeighOutliers | undefined;
  state: 'measured' | 'settled';
}

/**
 * @param pool fits that nobody needs any more; grows as far as it is needed.
 * @param sliding sums that move on from window to window; null where there are none.
 */
export function actorFits(
  window: Window,
  baselineOf: (actor: number) => Baseline,
  parameters: NbParameters,
  pool: CellFit[],
  sliding: SlidingCells | null,
): ActorFits {
  const kept = new Map<number, Kept>();
  const spare = emptyFit();
  const find = (actor: number) => {
    const known = kept.get(actor);
    if (known !== undefined) return known;
    const isKept = kept.size < mostKept;
    if (isKept && kept.size === pool.length) pool.push(...emptyFits(fitsAtOnce));
    const fit = isKept ? pool[kept.size]! : spare;
    const baseline = baselineOf(actor);
    const outliers = sliding?.measure(fit, actor, baseline, window) ? sliding.outliersOf(actor) : undefined;
    if (outliers === undefined) measure(fit, baseline, window);
    const made: Kept = { fit, baseline, outliers, state: 'measured' };
    if (isKept) kept.set(actor, made);
    return made;
  };
  return {
    measured: (actor) => find(actor).fit,
    settled: (actor, profile) => {
      const found = find(actor);
      const { fit, baseline, outliers } = found;
      if (found.state === 'measured') settle(fit, baseline, window, profile, parameters, outliers);
      found.state = 'settled';
      return found.fit;
    },
  };
}
