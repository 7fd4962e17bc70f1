// Reads the folder of an extracted pack into the shape the zip reader returns.
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { Problem } from '#shared/model/problem.ts';
import { assertDistinctNames, decodeName, type PackFiles } from './pack-files.ts';
import { maximumEntries, maximumZipBytes } from './zip-headers.ts';

const refuse = (what: string) =>
  new Problem('file-unreadable', `This folder is not an extracted pack: ${what}.`);

type Listed = { readonly name: string; readonly path: Buffer; readonly bytes: number };

function listFiles(folder: Buffer, prefix: string, found: Listed[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const name = decodeName(Buffer.concat([Buffer.from(prefix), entry.name]));
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    if (entry.isDirectory()) listFiles(path, `${name}/`, found);
    else if (entry.isFile()) found.push({ name, path, bytes: lstatSync(path).size });
    else throw refuse('it holds something that is neither a file nor a folder, such as a link');
    if (found.length > maximumEntries) throw refuse('it holds too many files');
  }
}

/**
 * Reads every regular file below `directory`; empty folders do not count.
 * @throws Problem `file-unreadable` for symbolic links and other special files, unsafe names, and more than a pack can hold.
 */
export function readPackFolder(directory: string): PackFiles {
  const found: Listed[] = [];
  listFiles(Buffer.from(directory), '', found);
  const total = found.reduce((sum, one) => sum + one.bytes, 0);
  if (total > maximumZipBytes) throw refuse('it holds more than 4 GB');
  const files = new Map<string, Uint8Array>();
  for (const { name, path } of found) files.set(name, readFileSync(path));
  assertDistinctNames(files.keys());
  return files;
}
