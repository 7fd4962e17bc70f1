// Reads which stretches of which files are labelled as anomalies.
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import type { RowWindow } from './nab-score.ts';

/** File name → [first, last] instants of each window, as the benchmark writes them. */
const windowFile = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

export type LabelWindows = ReadonlyMap<string, readonly TimeWindow[]>;

export interface TimeWindow {
  readonly firstSeconds: number;
  readonly lastSeconds: number;
}

/** @throws Problem `invalid-input` when the text is not such a file. */
export function readLabelWindows(text: string): LabelWindows {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Problem('invalid-input', 'The file of windows is not JSON.', { cause: error });
  }
  const parsed = windowFile.safeParse(json);
  if (!parsed.success)
    throw new Problem('invalid-input', 'The file of windows does not list pairs of times by file name.', {
      next: 'Write it as {"folder/file.csv": [["2014-04-10 07:15:00", "2014-04-11 16:45:00"]]}.',
    });
  return new Map(
    Object.entries(parsed.data).map(([name, pairs]) => [
      name,
      pairs
        .map(([first, last]) => ({ firstSeconds: secondsOf(first), lastSeconds: secondsOf(last) }))
        .toSorted((a, b) => a.firstSeconds - b.firstSeconds),
    ]),
  );
}

function secondsOf(text: string): number {
  return parseInstant(text.trim().replace(' ', 'T')) / 1_000_000;
}

/**
 * The windows of a file: by its path below the folder read, or by the one name that ends with it, so that a single
 * category can be read as well. Null when nothing is said about the file, which is not the same as no anomaly.
 */
export function windowsOf(labels: LabelWindows, path: string): readonly TimeWindow[] | null {
  const exact = labels.get(path);
  if (exact !== undefined) return exact;
  const ending = [...labels.keys()].filter((name) => name.endsWith(`/${path}`));
  return ending.length === 1 ? labels.get(ending[0]!)! : null;
}

/** The rows inside each window; windows without any row are left out. */
export function rowWindows(seconds: Float64Array, windows: readonly TimeWindow[]): RowWindow[] {
  return windows
    .map(({ firstSeconds, lastSeconds }) => ({
      first: seconds.findIndex((second) => second >= firstSeconds),
      last: seconds.findLastIndex((second) => second <= lastSeconds),
    }))
    .filter(({ first, last }) => first !== -1 && last >= first);
}
