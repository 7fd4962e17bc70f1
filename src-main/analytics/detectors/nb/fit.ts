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

const listsPerFit = 8;

/** Many fits in one piece of memory: thousands of small arrays would take longer to make than to fill. */
export function emptyFits(many: number): CellFit[] {
  const memory = new Float64Array(many * listsPerFit * cellCount);
  let next = 0;
  const cells = () => memory.subarray(next, (next += cellCount));
  return Array.from({ length: many }, () => fitOf(cells));
}

export function emptyFit(): CellFit {
  return fitOf(() => new Float64Array(cellCount));
}

function fitOf(cells: () => Float64Array): CellFit {
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

/**
 * The part of {@link fitCells} that comes after `measure`.
 * @param weighOutliers how outlying hours are found and weighed down.
 */
export function settle(
  fit: CellFit,
  baseline: Baseline,
  window: Window,
  profile: Float64Array,
  parameters: NbParameters,
  weighOutliers: WeighOutliers = weighHours,
): void {
  const { kappa, priorFloor } = parameters;
  for (let cell = 0; cell < cellCount; cell += 1) {
    const prior = fit.level * profile[cell]! + priorFloor;
    fit.lambda0[cell] = prior;
    fit.weights[cell] = fit.exposure[cell]!;
    fit.lambda[cell] = (kappa * prior + fit.sums[cell]!) / (kappa + fit.exposure[cell]!);
  }
  weighDown(fit, baseline, window, parameters, weighOutliers);
  fit.dispersion = dispersionOf(fit, parameters);
}

/** Takes from each cell what its outlying hours weigh less than one. Expects λ to be the unweighted λ̃. */
function weighDown(
  fit: CellFit,
  baseline: Baseline,
  window: Window,
  parameters: NbParameters,
  weighOutliers: WeighOutliers,
): void {
  const { kappa, residualLimit } = parameters;
  fit.weighedDown = 0;
  if (residualLimit === Infinity) return;
  weighOutliers(fit, baseline, window, parameters);
  if (fit.weighedDown === 0) return;
  for (let cell = 0; cell < cellCount; cell += 1)
    fit.lambda[cell] = (kappa * fit.lambda0[cell]! + fit.sums[cell]!) / (kappa + fit.weights[cell]!);
}

/** Calls {@link weighHour} for every hour above the limit of its cell, ascending within a cell. */
export type WeighOutliers = (
  fit: CellFit,
  baseline: Baseline,
  window: Window,
  parameters: NbParameters,
) => void;

/** Looks at every hour of the baseline. */
function weighHours(
  fit: CellFit,
  { counts: { hours, counts }, low, high }: Baseline,
  { fromHour, cells }: Window,
  parameters: NbParameters,
): void {
  const { limits } = fit;
  for (let cell = 0; cell < cellCount; cell += 1)
    if (fit.sums[cell] !== 0) limits[cell] = limitCount(fit.lambda[cell]!, parameters);
  for (let at = low; at < high; at += 1) {
    const cell = cells[hours[at]! - fromHour]!;
    if (counts[at]! > limits[cell]!) weighHour(fit, cell, counts[at]!, parameters);
  }
}

/** Takes from a cell what one of its hours weighs less than one. */
export function weighHour(
  fit: CellFit,
  cell: number,
  count: number,
  { residualLimit, grantedDispersion }: NbParameters,
): void {
  const lambda = fit.lambda[cell]!;
  const loss =
    1 - ((residualLimit * spread(lambda, grantedDispersion)) / anscombeResidual(count, lambda)) ** 2;
  fit.sums[cell]! -= loss * count;
  fit.squares[cell]! -= loss * count * count;
  fit.weights[cell]! -= loss;
  fit.weighedDown += 1;
}

/** The count whose residual is the limit: the residual solved for the count. */
export function limitCount(lambda: number, { residualLimit, grantedDispersion }: NbParameters): number {
  const root = Math.sqrt(lambda);
  const inner = (residualLimit * spread(lambda, grantedDispersion)) / 1.5 + root;
  return inner * Math.sqrt(inner) * Math.sqrt(root);
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
