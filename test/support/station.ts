// Opened workstations and the command line, on throw-away workspaces over one small sample database.
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient, type RouterClient } from '@orpc/server';
import { Client } from 'pg';
import { startPreparedSample, type SampleSize } from './prepared-sample.ts';
import { readZip } from './read-zip.ts';
import { afterAll, onTestFinished } from 'vitest';
import type { OsUser } from '../../src-shared/model/independence.ts';
import { createRouter } from '../../src-main/api/router.ts';
import { deleteSample, startSample, stopSample, type RunningSample } from '../../src-main/sample/sample.ts';
import { nodeWorkstationOptions } from '../../src-main/shell/node-workstation.ts';
import { openWorkstation, type Workstation } from '../../src-main/workstation.ts';

export const passphrase = 'a passphrase for tests';
export const sampleEnd = '2026-11-16T00:00:00.000Z';
const program = new URL('../../src-main/cli.ts', import.meta.url).pathname;

export type SampleDatabase = RunningSample & {
  owner: Client;
  stop: () => Promise<void>;
  start: () => Promise<void>;
};

/** What is to be removed when the file's tests are over. */
const leaving: (() => Promise<void>)[] = [];

// Here and not where a database is made: that mostly happens in a hook, in which no further one can be added.
afterAll(async () => {
  await Promise.all(leaving.splice(0).map((leave) => leave()));
});

/** A sample database for one test file; stopped and removed after it. */
export async function sampleDatabase(options: Partial<SampleSize> = {}): Promise<SampleDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-sample-'));
  // The server may run as another user, who has to get through.
  chmodSync(folder, 0o711);
  const directory = join(folder, 'sample');
  const sample = await startPreparedSample(directory, options);
  const database: SampleDatabase = {
    ...sample,
    owner: await ownerOf(sample),
    stop: async () => {
      await database.owner.end();
      await stopSample(directory);
    },
    start: async () => {
      database.owner = await ownerOf(await startSample({ directory }));
    },
  };
  leaving.push(async () => {
    await database.owner.end().catch(() => undefined);
    await deleteSample(directory);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return database;
}

async function ownerOf(sample: RunningSample): Promise<Client> {
  const owner = new Client({ connectionString: sample.ownerUrl });
  owner.on('error', () => undefined);
  await owner.connect();
  return owner;
}

export function workspaceFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-workspace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

export type Reviewer = { name: string; id: string; email: string };
export const rita: Reviewer = {
  name: 'Rita Reviewer',
  id: '7f1d3c52-7d64-4c11-9f3a-0d2c8e5b9a10',
  email: 'rita@example.org',
};
export const otto: Reviewer = {
  name: 'Otto Other',
  id: '1b0e2a44-5c3f-4a77-8d1e-6f2b9c0d3e55',
  email: 'otto@example.org',
};

/** The type is spelled out: what is inferred has grown beyond what the compiler will write down. */
export type Station = Workstation & {
  readonly folder: string;
  readonly close: () => Promise<void>;
  readonly call: RouterClient<ReturnType<typeof createRouter>>;
  /** What a job that was started comes to. */
  readonly finish: (started: Promise<{ jobId: string }>) => ReturnType<Workstation['jobs']['wait']>;
};

/** Opens a workstation; closed when the test ends. */
export async function openStation(
  folder = workspaceFolder(),
  nowMs: () => number = () => Date.now(),
  osUser: OsUser | null = null,
  environment: Readonly<Record<string, string>> = {},
): Promise<Station> {
  const options = nodeWorkstationOptions({
    workspace: folder,
    environment: { XDG_CONFIG_HOME: join(folder, 'settings'), ...environment },
    homeDirectory: folder,
    version: '0.0.0-test',
    osUser,
  });
  const station = await openWorkstation({
    ...options,
    clock: { nowMs, monotonicMs: () => performance.now() },
  });
  let closed = false;
  const close = async () => {
    if (closed) return;
    closed = true;
    await station.close();
  };
  onTestFinished(close);
  const call = createRouterClient(createRouter(station));
  const finish = async (started: Promise<{ jobId: string }>) => station.jobs.wait((await started).jobId);
  return { ...station, folder, close, call, finish };
}

/** Connected, refreshed as of the sample's end, with a reviewer. */
export async function preparedStation(url: string, reviewer: Reviewer = rita): Promise<Station> {
  const station = await openStation();
  await station.call.source.connect({ url, zone: 'Europe/Berlin' });
  await station.call.workspace.setReviewer({ ...reviewer, passphrase });
  await station.finish(station.call.refresh.start({ asOf: sampleEnd }));
  return station;
}

/** The same in a workspace where nothing needs a second person. */
export async function stationOfOne(url: string, reviewer: Reviewer = rita): Promise<Station> {
  const station = await preparedStation(url, reviewer);
  await station.call.independence.changeFourEyes({ rules: [], reason: 'a team of one' });
  return station;
}

/** The text of one file of a pack. */
export function packFile(file: string, name: string): string {
  const found = [...readZip(readFileSync(file)).files].find(
    ([path]) => path.endsWith(`/${name}`) || path === name,
  );
  if (!found) throw new Error(`The pack holds no ${name}.`);
  return Buffer.from(found[1]).toString('utf8');
}

export type ProgramResult = {
  code: number | null;
  signal: string | null;
  json: unknown;
  stdout: string;
  stderr: string;
};

const compiled = process.env['NODE_COMPILE_CACHE'];
const compileCache: Record<string, string> = compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled };

/** Starts `countersign --json ARGUMENTS` in a process of its own. */
export function startProgram(
  folder: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): { child: ChildProcess; result: Promise<ProgramResult> } {
  mkdirSync(folder, { recursive: true });
  const child = spawn(process.execPath, [program, '--workspace', folder, '--json', ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      XDG_CONFIG_HOME: join(folder, 'settings'),
      COUNTERSIGN_PASSPHRASE: passphrase,
      ...compileCache,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const result = new Promise<ProgramResult>((resolve) => {
    child.on('close', (code, signal) => {
      const json: unknown = stdout.trim() === '' ? null : JSON.parse(stdout);
      resolve({ code, signal, json, stdout, stderr });
    });
  });
  return { child, result };
}

export async function runProgram(
  folder: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<ProgramResult> {
  return startProgram(folder, args, environment).result;
}

export type { Workstation };
