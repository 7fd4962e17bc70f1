// A reviewer as the harness drives one: a process of its own, restarted after every death, and the real command line beside it.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { FaultyProxy } from './faulty-proxy.ts';
import { answer, endOfEvents, passphrase, type Outcome, type Step } from './steps.ts';

export type Person = { readonly name: string; readonly id: string; readonly email: string };

/** When a process dies in a step: so long after it began, or as soon as its answer is here. */
export type Kill = { readonly afterMs: number } | 'on-answer' | null;
export type Door = 'process' | 'command-line';

export type Reviewer = {
  readonly person: Person;
  readonly proxy: FaultyProxy;
  /** Deaths so far, and steps that took longer than anyone waits. */
  readonly tally: { kills: number; hung: number };
  /** The workspace of the steps that follow. */
  moveTo: (folder: string) => void;
  readonly folder: () => string;
  /** Takes a step; a dead process is started anew first. */
  readonly take: (step: Step, door?: Door, kill?: Kill) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

const driver = new URL('reviewer-process.ts', import.meta.url).pathname;
const program = new URL('../../src-main/cli.ts', import.meta.url).pathname;
const patienceMs = 30_000;

type Driver = {
  readonly child: ChildProcess;
  readonly gone: Promise<void>;
  readonly isGone: () => boolean;
  readonly ask: (step: Step) => Promise<Outcome>;
};

export function startReviewer(person: Person, proxy: FaultyProxy, settings: string): Reviewer {
  const tally = { kills: 0, hung: 0 };
  let folder = '';
  let living: Driver | null = null;
  let isOpen = false;
  const drive = async (step: Step, watch: (child: ChildProcess) => void): Promise<Outcome> => {
    // A death takes a moment to arrive.
    if (living?.child.killed) await living.gone;
    if (living === null || living.isGone()) {
      living = startDriver(join(settings, 'compiled'));
      isOpen = false;
    }
    if (!isOpen) {
      const opened = await living.ask({ do: 'open', folder, settings });
      if (opened.is !== 'done') return opened;
      isOpen = true;
    }
    watch(living.child);
    return living.ask(step);
  };
  const take: Reviewer['take'] = async (step, door = 'process', kill = null) => {
    let current: ChildProcess | null = null;
    const put = () => void current?.kill('SIGKILL');
    const giveUp = () => {
      tally.hung += 1;
      put();
    };
    const timers = [setTimeout(giveUp, patienceMs)];
    const watch = (child: ChildProcess) => {
      current = child;
      if (kill !== null && kill !== 'on-answer') timers.push(setTimeout(put, kill.afterMs));
    };
    proxy.kill = put;
    const outcome = await (door === 'process'
      ? drive(step, watch)
      : runProgram(folder, settings, step, watch));
    for (const timer of timers) clearTimeout(timer);
    if (kill === 'on-answer' && outcome.is !== 'killed') {
      put();
      tally.kills += 1;
    }
    if (outcome.is === 'killed') tally.kills += 1;
    proxy.kill = () => undefined;
    return outcome;
  };
  return {
    person,
    proxy,
    tally,
    moveTo: (to) => {
      folder = to;
      isOpen = false;
    },
    folder: () => folder,
    take,
    close: async () => {
      living?.child.stdin?.end();
      await living?.gone;
    },
  };
}

function startDriver(compiled: string): Driver {
  const child = spawn(process.execPath, [driver], {
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

/** The same step through `countersign --json`. */
async function runProgram(
  folder: string,
  settings: string,
  step: Step,
  watch: (child: ChildProcess) => void,
): Promise<Outcome> {
  const child = spawn(
    process.execPath,
    [program, '--workspace', folder, '--json', ...wordsOf(step, folder)],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        XDG_CONFIG_HOME: settings,
        COUNTERSIGN_PASSPHRASE: passphrase,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  watch(child);
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  await new Promise<void>((resolve) => void child.once('close', () => resolve()));
  // Without the end of its line an answer is not one.
  if (!printed.endsWith('\n')) return { is: 'killed' };
  const value = JSON.parse(printed) as { error?: { code: string; message: string } } | null;
  if (child.exitCode === 0 || value?.error === undefined)
    return { is: 'done', value: step.do === 'decide' ? [value] : value };
  return { is: 'refused', code: value.error.code, message: value.error.message };
}

let packs = 0;

function wordsOf(step: Step, folder: string): string[] {
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
    case 'queue':
      return ['reviews'];
    default:
      throw new Error(`The harness does not take the step “${step.do}” at the command line.`);
  }
}
