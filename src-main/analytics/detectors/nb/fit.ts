// What a baseline makes one expect in each cell of the week, and how far one may be off.
import { measure, type Baseline, type CellSums } from './measure.ts';
import type { NbParameters } from './parameters.ts';
import { cellCount, type Window } from './window.ts';

/** Sums of a baseline, from which outlying hours are partly taken away, and what follows from them for each cell. */
export interface CellFit extends CellSums {
  readonly lambda0: Float64Array;
  /** Hours, each by its weight. */
  readonly weights: Float64Array;
  readonly lambda: Float64Array;
  /** Counts above which an hour of the cell is an outlier; only for cells with events. */
  readonly limits: Float64Array;
  /** Baseline hours that count for less than one. */
  weighedDown: number;
  dispersion: number;
}

export function emptyFit(): CellFit {
  const cells = () => new Float64Array(cellCount);
  return {
    exposure: cells(),
    hours: 0,
    level: 0,
    lambda0: cells(),
    sums: cells(),
    squares: cells(),
    weights: cells(),
    lambda: cells(),
    limits: cells(),
    weighedDown: 0,
    dispersion: 0,
  };
}

/**
 * Fits all cells of a baseline. With profile s, cell c, counts y and hours n of it:
 *
 * level μ = Σ y / Σ n; prior λ0 = μ s + floor; weights w = (limit / r)² where the Anscombe residual
 * r = 1.5 (y^⅔ λ̃^−⅙ − λ̃^½) of an hour against the unweighted λ̃ exceeds the limit, else 1 (the reweighting of Farrington
 * and Noufaily); λ = (κ λ0 + Σ w y) / (κ + Σ w); dispersion φ = Σ w ((y − λ)² − λ) / Σ w λ², clipped.
 * @param profile s of each cell: how busy it is in relation to the mean hour.
 */
export function fitCells(
  fit: CellFit,
  baseline: Baseline,
  window: Window,
  profile: Float64Array,
  parameters: NbParameters,
): void {
  measure(fit, baseline, window);
  settle(fit, baseline, window, profile, parameters);
}

/** The part of {@link fitCells} that comes after `measure`. */
export function settle(
  fit: CellFit,
  baseline: Baseline,
  window: Window,
  profile: Float64Array,
  parameters: NbParameters,
): void {
  const { kappa, priorFloor } = parameters;
  for (let cell = 0; cell < cellCount; cell += 1) {
    const prior = fit.level * profile[cell]! + priorFloor;
    fit.lambda0[cell] = prior;
    fit.weights[cell] = fit.exposure[cell]!;
    fit.lambda[cell] = (kappa * prior + fit.sums[cell]!) / (kappa + fit.exposure[cell]!);
  }
  weighDown(fit, baseline, window, parameters);
  fit.dispersion = dispersionOf(fit, parameters);
}

/** Takes from each cell what its outlying hours weigh less than one. Expects λ to be the unweighted λ̃. */
function weighDown(
  fit: CellFit,
  { counts: { hours, counts }, low, high }: Baseline,
  { fromHour, cells }: Window,
  { kappa, residualLimit, grantedDispersion }: NbParameters,
): void {
  fit.weighedDown = 0;
  if (residualLimit === Infinity) return;
  const limits = limitCounts(fit, residualLimit, grantedDispersion);
  for (let at = low; at < high; at += 1) {
    const cell = cells[hours[at]! - fromHour]!;
    const count = counts[at]!;
    if (count <= limits[cell]!) continue;
    const loss =
      1 -
      ((residualLimit * spread(fit.lambda[cell]!, grantedDispersion)) /
        anscombeResidual(count, fit.lambda[cell]!)) **
        2;
    fit.sums[cell]! -= loss * count;
    fit.squares[cell]! -= loss * count * count;
    fit.weights[cell]! -= loss;
    fit.weighedDown += 1;
  }
  if (fit.weighedDown === 0) return;
  for (let cell = 0; cell < cellCount; cell += 1)
    fit.lambda[cell] = (kappa * fit.lambda0[cell]! + fit.sums[cell]!) / (kappa + fit.weights[cell]!);
}

/** The count of each cell whose residual is the limit: the residual solved for the count. */
function limitCounts(fit: CellFit, residualLimit: number, grantedDispersion: number): Float64Array {
  for (let cell = 0; cell < cellCount; cell += 1) {
    if (fit.sums[cell] === 0) continue;
    const root = Math.sqrt(fit.lambda[cell]!);
    const inner = (residualLimit * spread(fit.lambda[cell]!, grantedDispersion)) / 1.5 + root;
    fit.limits[cell] = inner * Math.sqrt(inner) * Math.sqrt(root);
  }
  return fit.limits;
}

function spread(lambda: number, dispersion: number): number {
  return Math.sqrt(1 + dispersion * lambda);
}

/** Residual of a count that is nearly normal for a Poisson variable of this mean. */
export function anscombeResidual(count: number, mean: number): number {
  return 1.5 * (Math.cbrt(count) ** 2 / Math.cbrt(Math.sqrt(mean)) - Math.sqrt(mean));
}

function dispersionOf(fit: CellFit, { leastDispersion, mostDispersion }: NbParameters): number {
  let excess = 0;
  let scale = 0;
  for (let cell = 0; cell < cellCount; cell += 1) {
    const lambda = fit.lambda[cell]!;
    const expected = lambda * fit.weights[cell]!;
    excess += fit.squares[cell]! - 2 * lambda * fit.sums[cell]! + lambda * expected - expected;
    scale += lambda * expected;
  }
  return scale > 0 ? Math.min(Math.max(excess / scale, leastDispersion), mostDispersion) : mostDispersion;
}
