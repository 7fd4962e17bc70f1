// Files of a test, in a folder of its own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../support/workspace.ts';

/** Writes a file and returns its path. */
export function fileOf(content: string | Uint8Array): string {
  const path = join(temporaryFolder(), 'lines.ndjson');
  writeFileSync(path, content);
  return path;
}
