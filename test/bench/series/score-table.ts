// Prints how well detections fit labelled windows, file by file and in sum.
import { profiles, scoreBenchmark, type BenchmarkScore, type JudgedSeries } from './nab-score.ts';

/** The detector's own threshold on the score's scale. */
const ownThreshold = 0.5;

/** Lines of a report: the three profiles with their best thresholds and with the detector's own, then every file. */
export function scoreReport(series: readonly JudgedSeries[]): string[] {
  const best = profiles.map((profile) => scoreBenchmark(series, profile));
  const own = profiles.map((profile) => scoreBenchmark(series, profile, ownThreshold));
  const windows = best[0]!.series.reduce((sum, one) => sum + one.windows, 0);
  if (windows === 0) return ['No window to be found in these files: nothing to score.'];
  return [
    `Score of 100 over ${series.length} files with ${windows} windows`,
    `${'profile'.padEnd(20)}${'best'.padStart(8)}${'threshold'.padStart(11)}${'at 0.5'.padStart(8)}`,
    ...best.map((score, at) => profileLine(score, own[at]!)),
    '',
    `${'file (standard profile, best threshold)'.padEnd(60)}${'raw'.padStart(7)}${'found'.padStart(8)}${'false'.padStart(7)}`,
    ...best[0]!.series.map(
      ({ name, raw, windows, windowsFound, falseAlarms }) =>
        `${name.padEnd(60)}${raw.toFixed(2).padStart(7)}${`${windowsFound}/${windows}`.padStart(8)}${String(falseAlarms).padStart(7)}`,
    ),
  ];
}

function profileLine(best: BenchmarkScore, own: BenchmarkScore): string {
  const figures = [best.normalised.toFixed(1), best.threshold.toFixed(4), own.normalised.toFixed(1)];
  return `${best.profile.padEnd(20)}${figures[0]!.padStart(8)}${figures[1]!.padStart(11)}${figures[2]!.padStart(8)}`;
}
