// Starts the real built desktop program on the stand-in, in a process of its own.
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import type * as inside from './inside.ts';
import type { StandInSettings } from './settings.ts';

export type Inside = typeof inside;
export type DesktopProgram = {
  userData: string;
  /** Runs a function inside the program's process. It may use its two parameters only; values cross as JSON. */
  evaluate<Value, Argument = undefined>(
    run: (inside: Inside, argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ): Promise<Value>;
  /** Everything written to stdout and stderr so far. */
  output(): string;
  exited: Promise<number | null>;
  /** Quits as a person would and waits; removes the program's folder. */
  quit(): Promise<void>;
};

const root = fileURLToPath(new URL('../../../', import.meta.url));
const reply = z.object({ id: z.number(), value: z.unknown().optional(), error: z.string().optional() });

export type LaunchOptions = {
  parameters?: readonly string[];
  settings?: Partial<StandInSettings>;
  /** The folder that holds main/ and renderer/; dist, brought up to date, when left out. */
  programFolder?: string;
};

/** Resolves once the first window has loaded, or the program ended before. */
export async function launchDesktopProgram(options: LaunchOptions = {}): Promise<DesktopProgram> {
  const programFolder = options.programFolder ?? join(root, 'dist');
  if (options.programFolder === undefined)
    await promisify(execFile)(process.execPath, [join(root, 'scripts', 'build-if-stale.mjs')]);
  const userData = await mkdtemp(join(tmpdir(), 'countersign-desktop-'));
  const child = fork(
    join(programFolder, 'main', 'main.js'),
    ['.', `--user-data-dir=${userData}`, ...(options.parameters ?? [])],
    {
      cwd: root,
      execArgv: ['--import', new URL('./register.ts', import.meta.url).href],
      env: {
        ...process.env,
        COUNTERSIGN_WORKSPACE: '',
        ELECTRON_STAND_IN_SETTINGS: JSON.stringify(options.settings ?? {}),
      },
      silent: true,
    },
  );
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const exited = once(child, 'exit').then(([code]: unknown[]) => z.number().nullable().parse(code));
  const wire = openWire(child, () => text);
  const program: DesktopProgram = {
    userData,
    evaluate: wire.evaluate,
    output: () => text,
    exited,
    quit: async () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      await exited;
      await rm(userData, { recursive: true, force: true });
    },
  };
  await Promise.race([wire.windowLoaded, exited]);
  return program;
}

function openWire(child: ChildProcess, output: () => string) {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  const windowLoaded = new Promise<unknown>((resolve, reject) => waiting.set(0, { resolve, reject }));
  child.on('message', (message) => {
    const { id, value, error } = reply.parse(message);
    const caller = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) caller?.resolve(value);
    else caller?.reject(new Error(error));
  });
  child.on('exit', () => {
    waiting.delete(0);
    for (const caller of waiting.values()) caller.reject(new Error(`The program ended. ${output()}`));
  });
  const evaluate: DesktopProgram['evaluate'] = async <Value, Argument>(
    run: (inside: Inside, argument: Argument) => Value | Promise<Value>,
    argument?: Argument,
  ) => {
    if (!child.connected) throw new Error(`The program has ended. ${output()}`);
    const id = (lastId += 1);
    const answered = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
    child.send({ id, source: run.toString(), argument });
    return z.custom<Value>().parse(await answered);
  };
  return { windowLoaded, evaluate };
}
