// Holds a process between two instructions, so that its files can be copied as of one moment.
import { execFileSync } from 'node:child_process';
import { setImmediate } from 'node:timers/promises';

/** Resolves when the process stands still, with what lets it go on. */
export async function standStill(pid: number): Promise<() => void> {
  process.kill(pid, 'SIGSTOP');
  while (!stateOf(pid).startsWith('T')) await setImmediate();
  return () => void process.kill(pid, 'SIGCONT');
}

function stateOf(pid: number): string {
  return execFileSync('ps', ['-o', 'state=', '-p', String(pid)], { encoding: 'utf8' }).trim();
}
