// Scores detections the way the Numenta Anomaly Benchmark does: early hits in labelled windows earn, alarms elsewhere cost.

/** Costs of one application profile. A true positive earns at most `truePositive`, once a window. */
export interface Profile {
  readonly name: string;
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
}

/** The benchmark's three profiles (Lavin and Ahmad 2015, “Evaluating Real-Time Anomaly Detection Algorithms”). */
export const profiles: readonly Profile[] = [
  { name: 'standard', truePositive: 1, falsePositive: 0.11, falseNegative: 1 },
  { name: 'reward_low_FP_rate', truePositive: 1, falsePositive: 0.22, falseNegative: 1 },
  { name: 'reward_low_FN_rate', truePositive: 1, falsePositive: 0.11, falseNegative: 2 },
];

/** One judged series. Windows are inclusive row numbers, ascending and apart from each other. */
export interface JudgedSeries {
  readonly name: string;
  /** One anomaly score a row, 0–1. */
  readonly scores: ArrayLike<number>;
  readonly windows: readonly RowWindow[];
}

export interface RowWindow {
  readonly first: number;
  readonly last: number;
}

export interface SeriesOutcome {
  readonly name: string;
  readonly raw: number;
  readonly windows: number;
  readonly windowsFound: number;
  readonly falseAlarms: number;
}

export interface BenchmarkScore {
  readonly profile: string;
  /** A row is a detection when its score reaches this; Infinity when no detection at all is best. */
  readonly threshold: number;
  readonly raw: number;
  /** 0 is a detector that never alerts, 100 one that alerts on the first row of every window and nowhere else. */
  readonly normalised: number;
  readonly series: readonly SeriesOutcome[];
}

/** Rows at the start of a series that are not scored: 15 %, at most 750. */
export function probationaryRows(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 750);
}

/**
 * Worth of a detection by its place: −1 is the first row of a window, 0 its end, above that the distance behind it in
 * widths of that window. 2 / (1 + e^(5y)) − 1, and −1 from three widths on.
 */
export function scaledSigmoid(position: number): number {
  return position >= 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/**
 * Scores all series with the one threshold that serves them best together. A window that ends before scoring begins can neither be found nor
 * missed and does not count.
 * @param threshold fixes the threshold instead of searching it.
 */
export function scoreBenchmark(
  series: readonly JudgedSeries[],
  profile: Profile,
  threshold?: number,
): BenchmarkScore {
  const placed = series.map((one) => placeRows(one, profile));
  const best = threshold ?? bestThreshold(series, placed, profile);
  const outcomes = series.map((one, at) => outcomeOf(one, placed[at]!, best, profile));
  const raw = outcomes.reduce((sum, outcome) => sum + outcome.raw, 0);
  const windows = outcomes.reduce((sum, outcome) => sum + outcome.windows, 0);
  const nothingFound = -windows * profile.falseNegative;
  const allFound = windows * profile.truePositive;
  const normalised = windows === 0 ? Number.NaN : (100 * (raw - nothingFound)) / (allFound - nothingFound);
  return { profile: profile.name, threshold: best, raw, normalised, series: outcomes };
}

/** What each window has earned before anything is found: the cost of missing it, 0 where it ends before scoring begins. */
function nothingEarned({ scores, windows }: JudgedSeries, profile: Profile): number[] {
  const firstScored = probationaryRows(scores.length);
  return windows.map(({ last }) => (last < firstScored ? 0 : -profile.falseNegative));
}

/** What a detection at each row is worth, and the window the row lies in: −1 outside, −2 not scored. */
interface PlacedRows {
  readonly worth: Float64Array;
  readonly window: Int32Array;
}

function placeRows({ scores, windows }: JudgedSeries, profile: Profile): PlacedRows {
  const rows = scores.length;
  const worth = new Float64Array(rows);
  const window = new Int32Array(rows).fill(-1);
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    while (next < windows.length && windows[next]!.last < row) next += 1;
    const current = windows[next];
    if (current !== undefined && row >= current.first) {
      window[row] = next;
      worth[row] = worthInside(row, current, profile);
    } else worth[row] = worthOutside(row, windows[next - 1], profile);
  }
  window.fill(-2, 0, probationaryRows(rows));
  return { worth, window };
}

function worthInside(row: number, { first, last }: RowWindow, profile: Profile): number {
  const position = -(last - row + 1) / (last - first + 1);
  return (scaledSigmoid(position) * profile.truePositive) / scaledSigmoid(-1);
}

function worthOutside(row: number, before: RowWindow | undefined, profile: Profile): number {
  if (before === undefined) return -profile.falsePositive;
  return scaledSigmoid((row - before.last) / (before.last - before.first)) * profile.falsePositive;
}

/** Walks the rows of all series from the highest score down and keeps the best total. */
function bestThreshold(series: readonly JudgedSeries[], placed: readonly PlacedRows[], profile: Profile) {
  const rows = series.flatMap(({ scores }, owner) =>
    Array.from({ length: scores.length }, (_, row) => ({ owner, row, score: scores[row]! })).filter(
      ({ row }) => placed[owner]!.window[row]! !== -2,
    ),
  );
  rows.sort((a, b) => b.score - a.score);
  const earned = series.map((one) => nothingEarned(one, profile));
  let change = 0;
  let best = { change: 0, threshold: Number.POSITIVE_INFINITY };
  for (const [at, { owner, row, score }] of rows.entries()) {
    const worth = placed[owner]!.worth[row]!;
    const window = placed[owner]!.window[row]!;
    if (window < 0) change += worth;
    else if (worth > earned[owner]![window]!) {
      change += worth - earned[owner]![window]!;
      earned[owner]![window] = worth;
    }
    const isLastOfItsScore = rows[at + 1]?.score !== score;
    if (isLastOfItsScore && change > best.change) best = { change, threshold: score };
  }
  return best.threshold;
}

function outcomeOf(
  series: JudgedSeries,
  { worth, window }: PlacedRows,
  threshold: number,
  profile: Profile,
): SeriesOutcome {
  const { name, scores } = series;
  const earned = nothingEarned(series, profile);
  const scoredWindows = earned.filter((one) => one < 0).length;
  const found = new Set<number>();
  let falseAlarms = 0;
  let cost = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const owner = window[row]!;
    if (owner === -2 || !(scores[row]! >= threshold)) continue;
    if (owner === -1) {
      falseAlarms += 1;
      cost += worth[row]!;
    } else {
      found.add(owner);
      earned[owner] = Math.max(earned[owner]!, worth[row]!);
    }
  }
  const raw = earned.reduce((sum, one) => sum + one, cost);
  return { name, raw, windows: scoredWindows, windowsFound: found.size, falseAlarms };
}
