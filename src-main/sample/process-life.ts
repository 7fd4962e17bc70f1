// Whether a process of this computer is alive, and which database folder it serves.
import { readFile, realpath } from 'node:fs/promises';
import { kill } from 'node:process';
import { hasCode, ignoring } from './system-error.ts';

function readProcess(pid: number, file: 'cmdline' | 'stat'): Promise<string | undefined> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(ignoring('ENOENT', 'ESRCH', 'EACCES'));
}

/** Whether the number is taken, be it by a process that has ended and was never collected. */
export function isTaken(pid: number): boolean {
  try {
    kill(pid, 0);
    return true;
  } catch (error) {
    if (hasCode(error, 'ESRCH')) return false;
    if (hasCode(error, 'EPERM')) return true;
    throw error;
  }
}

/** False also for a process that has ended and was never collected, as happens to orphans in containers. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!isTaken(pid)) return false;
  const stat = await readProcess(pid, 'stat');
  // The name, which comes before the state, is in parentheses and may hold any character.
  return stat === undefined || !/^.*\) [ZX] /s.test(stat);
}

/** Whether a process is a database server for this folder; unknown where the system does not tell. */
export async function servesFolder(pid: number, folder: string): Promise<'yes' | 'no' | 'unknown'> {
  const commandLine = await readProcess(pid, 'cmdline');
  if (commandLine === undefined) return 'unknown';
  const words = commandLine.split('\0');
  const served = words.includes('-D') ? words[words.indexOf('-D') + 1] : undefined;
  if (served === undefined) return 'no';
  const real = await realpath(served).catch(ignoring('ENOENT'));
  // A folder that is gone may be this one from before it was moved.
  return real === undefined || real === (await realpath(folder)) ? 'yes' : 'no';
}
