// Writes scores in the benchmark's result format, and explanations beside them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { SeriesExplanation } from '../../../src-main/analytics/series/explain-point.ts';
import type { SeriesResult } from '../../../src-main/analytics/series/judge-series.ts';
import type { RowWindow } from './nab-score.ts';
import type { FileSeries } from './read-series.ts';

export const detectorName = 'countersign';

/**
 * Writes `<out>/countersign/<folder>/countersign_<file>.csv` with timestamp, value, anomaly_score, label, and
 * `<out>/countersign-explanations/<folder>/<file>.ndjson` with one explanation a line. The explanations have a folder of their
 * own because the benchmark takes every file below a detector's folder for a result.
 * @param path of the series below the folder read, with `/`.
 */
export function writeResult(
  out: string,
  path: string,
  series: FileSeries,
  result: SeriesResult,
  windows: readonly RowWindow[],
): void {
  const folder = posix.dirname(path);
  const name = posix.basename(path);
  write(join(out, detectorName, folder, `${detectorName}_${name}`), resultText(series, result, windows));
  write(
    join(out, `${detectorName}-explanations`, folder, name.replace(/\.csv$/i, '.ndjson')),
    result.explanations.map((one) => explanationLine(series, one)).join(''),
  );
}

export function resultText(
  { timestamps, valueTexts }: FileSeries,
  { scores }: SeriesResult,
  windows: readonly RowWindow[],
): string {
  const labels = new Uint8Array(scores.length);
  for (const { first, last } of windows) labels.fill(1, first, last + 1);
  const rows = timestamps.map(
    (timestamp, row) => `${timestamp},${valueTexts[row]},${scores[row]},${labels[row]}\n`,
  );
  return `timestamp,value,anomaly_score,label\n${rows.join('')}`;
}

function explanationLine({ timestamps }: FileSeries, explanation: SeriesExplanation): string {
  return `${JSON.stringify({ timestamp: timestamps[explanation.index], ...explanation })}\n`;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
