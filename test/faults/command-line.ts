// Steps of a reviewer through the real command line, each in a process of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { endOfEvents, passphrase, type Outcome, type Step } from './steps.ts';

const program = new URL('../../src-main/cli.ts', import.meta.url).pathname;

export type Surroundings = {
  readonly folder: string;
  readonly settings: string;
  /** Folder where Node keeps compiled modules. */
  readonly compiled: string;
};

/** Runs `countersign --json` with these words. */
export async function runProgram(
  { folder, settings, compiled }: Surroundings,
  words: readonly string[],
  watch: (child: ChildProcess) => void,
): Promise<Outcome> {
  const child = spawn(process.execPath, [program, '--workspace', folder, '--json', ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      XDG_CONFIG_HOME: settings,
      COUNTERSIGN_PASSPHRASE: passphrase,
      NODE_COMPILE_CACHE: compiled,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  watch(child);
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  await new Promise<void>((resolve) => void child.once('close', () => resolve()));
  // Without the end of its line an answer is not one.
  if (!printed.endsWith('\n')) return { is: 'killed' };
  const value = JSON.parse(printed) as { error?: { code: string; message: string } } | null;
  if (child.exitCode === 0 || value?.error === undefined) return { is: 'done', value };
  return { is: 'refused', code: value.error.code, message: value.error.message };
}

let packs = 0;

export function wordsOf(step: Step, folder: string): string[] {
  switch (step.do) {
    case 'refresh':
      return ['refresh', '--as-of', endOfEvents];
    case 'sync':
      return ['sync', '--wait', String(step.waitMinutes)];
    case 'export':
      return ['export', '--out', join(folder, `by-command-${++packs}.zip`)];
    case 'decide':
      return ['decide', step.reviews[0]!, step.decision, '--reason', step.reason];
    case 'undo':
      return ['undo', step.review];
    case 'dispose':
      return ['dispose-anomaly', step.anomaly, step.disposition, '--note', step.note];
    case 'publish':
      return ['publication', step.isOn ? 'on' : 'off', '--reason', 'as agreed'];
    case 'create':
      return ['reviews', 'create'];
    case 'backup':
      return ['backup'];
    default:
      throw new Error(`The harness does not take the step “${step.do}” at the command line.`);
  }
}
