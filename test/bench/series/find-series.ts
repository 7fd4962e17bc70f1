// Finds the CSV files below a folder.
import { readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { Problem } from '#shared/model/problem.ts';

/**
 * Paths below `folder`, with `/`, in order of name.
 * @param without a folder whose files are left out: results of an earlier run are no input.
 * @throws Problem `file-unreadable` when the folder cannot be read.
 */
export function findSeries(folder: string, without: string): string[] {
  const left = resolve(without) + sep;
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.csv$/i.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !resolve(path).startsWith(left))
      .map((path) => relative(folder, path).replaceAll(sep, '/'))
      .toSorted();
  } catch (error) {
    throw new Problem('file-unreadable', `The folder ${folder} cannot be read.`, {
      next: 'Name a folder with timestamp,value files.',
      cause: error,
    });
  }
}
