// The process behind a reviewer: started, asked, and found dead.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { answer, type Outcome, type Step } from './steps.ts';

export type Driver = {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  readonly isGone: () => boolean;
  readonly ask: (step: Step) => Promise<Outcome>;
};

const script = new URL('reviewer-process.ts', import.meta.url).pathname;

/** @param compiled folder where Node keeps compiled modules */
export function startDriver(compiled: string): Driver {
  const child = spawn(process.execPath, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: compiled },
  });
  let waiting: ((outcome: Outcome) => void) | null = null;
  let isGone = false;
  const settle = (outcome: Outcome) => {
    waiting?.(outcome);
    waiting = null;
  };
  createInterface({ input: child.stdout }).on('line', (line) => settle(answer.parse(JSON.parse(line))));
  // Whoever dies while being asked answers with its close.
  child.stdin.on('error', () => settle({ is: 'killed' }));
  const gone = new Promise<void>((resolve) => {
    child.on('close', () => {
      isGone = true;
      settle({ is: 'killed' });
      resolve();
    });
  });
  return {
    child,
    gone,
    isGone: () => isGone,
    ask: (step) =>
      new Promise((resolve) => {
        waiting = resolve;
        if (isGone) settle({ is: 'killed' });
        else child.stdin.write(`${JSON.stringify(step)}\n`);
      }),
  };
}
