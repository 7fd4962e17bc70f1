// Judges every timestamp,value file below a folder, writes scores and explanations, and compares them with labelled windows.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judgeTimedSeries } from '../../src-main/analytics/series/judge-series.ts';
import { Problem } from '#shared/model/problem.ts';
import { findSeries } from './series/find-series.ts';
import { readLabelWindows, rowWindows, windowsOf, type LabelWindows } from './series/label-windows.ts';
import type { JudgedSeries } from './series/nab-score.ts';
import { readSeries } from './series/read-series.ts';
import { detectorName, writeResult } from './series/result-file.ts';
import { scoreReport } from './series/score-table.ts';

const usage = `npm run evaluate:series -- DIR [--out DIR] [--score WINDOWS.json]

Reads timestamp,value files below DIR and writes <out>/${detectorName}/<folder>/${detectorName}_<file>.csv with
timestamp,value,anomaly_score,label (label is 1 inside a window of WINDOWS.json), and one explanation a line for every
point over the threshold, 0.5, below <out>/${detectorName}-explanations. --score also prints benchmark scores. --out is
dist/series-results unless stated. Exit code 0, 1 when something cannot be read, 2 when the command makes no sense.`;

interface Order {
  readonly folder: string;
  readonly out: string;
  readonly windowFile: string | null;
}

process.exitCode = main(process.argv.slice(2));

function main(argv: readonly string[]): number {
  const order = readOrder(argv);
  if (order === null) {
    console.error(usage);
    return 2;
  }
  try {
    evaluate(order);
    return 0;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.error([error.message, error.next].filter((part) => part !== null).join(' '));
    return 1;
  }
}

function readOrder(argv: readonly string[]): Order | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { out: { type: 'string' }, score: { type: 'string' } },
      allowPositionals: true,
    });
    const [folder] = positionals;
    if (folder === undefined || positionals.length !== 1) return null;
    return { folder, out: values.out ?? join('dist', 'series-results'), windowFile: values.score ?? null };
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'The command cannot be read.');
    return null;
  }
}

function evaluate({ folder, out, windowFile }: Order): void {
  const labels = windowFile === null ? null : readLabelWindows(readText(windowFile));
  const paths = findSeries(folder, out);
  if (paths.length === 0)
    throw new Problem('not-found', `There is no CSV file below ${folder}.`, {
      next: 'Name a folder with timestamp,value files.',
    });
  const judged: JudgedSeries[] = [];
  let written = 0;
  for (const path of paths) {
    const one = judgeFile(folder, path, out, labels);
    if (one === null) continue;
    written += 1;
    if (one.isLabelled) judged.push(one);
  }
  console.log(`${written} of ${paths.length} files judged; results are in ${join(out, detectorName)}.`);
  if (labels === null) return;
  if (judged.length < labels.size)
    console.log(
      `Scored over ${judged.length} files; the file of windows names ${labels.size}, and the benchmark's own score is over all of them.`,
    );
  for (const line of scoreReport(judged)) console.log(line);
}

/** Null when the file holds nothing to judge, which is said. */
function judgeFile(
  folder: string,
  path: string,
  out: string,
  labels: LabelWindows | null,
): (JudgedSeries & { readonly isLabelled: boolean }) | null {
  try {
    const series = readSeries(readText(join(folder, path)));
    const result = judgeTimedSeries(series.seconds, series.values);
    const labelled = labels === null ? null : windowsOf(labels, path);
    const windows = rowWindows(series.seconds, labelled ?? []);
    writeResult(out, path, series, result, windows);
    const alerts = result.explanations.filter(({ isAlert }) => isAlert).length;
    console.log(
      `${path}: ${series.values.length} ${series.values.length === 1 ? 'row' : 'rows'}, ${alerts} ${alerts === 1 ? 'alert' : 'alerts'}.`,
    );
    for (const note of series.notes) console.log(`  ${note}`);
    if (windows.length < (labelled?.length ?? 0)) console.log('  Windows without any row are left out.');
    if (labels !== null && labelled === null) console.log('  Not in the file of windows: not scored.');
    return { name: path, scores: result.scores, windows, isLabelled: labelled !== null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log(`${path}: ${error.message} Skipped.`);
    return null;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Problem('file-unreadable', `The file ${file} cannot be read.`, { cause: error });
  }
}
