// Folders that take long to make: made by the first of a run who asks, copied for everybody.
import { execFile } from 'node:child_process';
import { cp, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { takeTurn } from '../../src-main/sample/turn.ts';

/**
 * Makes a folder unless this run has one of that name; the others wait meanwhile. Null outside of a run, where
 * nobody would share it.
 */
export async function madeOnce(
  name: string,
  make: (folder: string) => Promise<unknown>,
): Promise<string | null> {
  const run = process.env['COUNTERSIGN_MADE_ONCE'];
  if (run === undefined) return null;
  const place = join(run, name);
  const folder = join(place, 'made');
  await mkdir(place, { recursive: true, mode: 0o711 });
  return takeTurn(place, undefined, async () => {
    const isMade = await stat(join(place, 'whole')).catch(() => null);
    if (isMade === null) {
      // Whoever failed at it may have left something.
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { mode: 0o711 });
      await make(folder);
      await writeFile(join(place, 'whole'), '');
    }
    return folder;
  });
}

/** With owners and modes, which PostgreSQL insists on; Windows has neither. */
export async function copyContents(from: string, to: string): Promise<void> {
  if (process.platform === 'win32') await cp(from, to, { recursive: true });
  else await promisify(execFile)('cp', ['-Rp', `${from}/.`, to]);
}
