// A real PostgreSQL with invented audit data, kept in the workspace and running until it is stopped.
import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { findServerAccount } from './account.ts';
import { buildSample, discard, type BuildContext } from './build.ts';
import {
  assertSampleOptions,
  defaultSampleOptions,
  sampleEndsAt,
  type SampleOptions,
} from './generate/model.ts';
import { throwIfCancelled, type OnProgress } from './progress.ts';
import { findRunning, stopRunning } from './running.ts';
import { clusterOf, startServer } from './start-server.ts';
import { hasData, incidentsFile, ownerUrl, readSampleState, readerUrl, type SampleState } from './state.ts';
import { takeTurn } from './turn.ts';

export interface StartSampleOptions {
  /** The sample folder of a workspace. */
  directory: string;
  seed?: number | undefined;
  actors?: number | undefined;
  days?: number | undefined;
  events?: number | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface RunningSample {
  /** For the workstation: a role that reads everything and writes three review columns. */
  url: string;
  /** For administrators and tests; never shown. */
  ownerUrl: string;
  events: number;
  /** Ground truth, one JSON object a line. */
  incidentsFile: string;
  /** The moment the data ends, ISO 8601. */
  endsAt: string;
}

export interface SampleStatus extends RunningSample {
  running: boolean;
  complete: boolean;
  options: SampleOptions;
  port: number;
}

function describe(directory: string, state: SampleState): RunningSample {
  return {
    url: readerUrl(state),
    ownerUrl: ownerUrl(state),
    events: state.options.events,
    incidentsFile: incidentsFile(directory),
    endsAt: sampleEndsAt,
  };
}

/** The options that were given; those left out mean “whatever is there”. */
function givenOptions(options: StartSampleOptions): Partial<SampleOptions> {
  const { seed, actors, days, events } = options;
  const entries = Object.entries({ seed, actors, days, events }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

function assertSameOptions(given: Partial<SampleOptions>, existing: SampleOptions): void {
  const names = ['seed', 'actors', 'days', 'events'] as const;
  const other = names.filter((name) => given[name] !== undefined && given[name] !== existing[name]);
  if (other.length === 0) return;
  const there = other.map((name) => `${name} ${existing[name]}`).join(', ');
  throw new Problem(
    'refused',
    `This workspace already holds a sample with other options (${there}); it was kept.`,
    {
      next: 'Use another workspace, or run “sample stop”, delete the sample folder of this one and start again.',
    },
  );
}

async function resume(context: BuildContext, state: SampleState): Promise<SampleState> {
  if ((await findRunning(state)) !== null) return state;
  context.onProgress('Starting the sample database', 0, null);
  return startServer(context.directory, await clusterOf(state, await findServerAccount()), state);
}

async function startInTurn(given: Partial<SampleOptions>, context: BuildContext): Promise<SampleState> {
  throwIfCancelled(context.signal);
  const state = await readSampleState(context.directory);
  if (state?.complete && (await hasData(state))) {
    assertSameOptions(given, state.options);
    return resume(context, state);
  }
  if (state !== null) await discard(context.directory, state);
  return buildSample({ ...(state?.options ?? defaultSampleOptions), ...given }, context);
}

/**
 * Starts the sample database, making it first where there is none or only part of one. The server keeps running
 * after this process ends. Started twice, it answers the same server.
 * @throws Problem `invalid-input`, `refused` (other options than the existing sample's), `cancelled`, `locked`
 */
export async function startSample(options: StartSampleOptions): Promise<RunningSample> {
  const directory = resolve(options.directory);
  const given = givenOptions(options);
  assertSampleOptions({ ...defaultSampleOptions, ...given });
  // Others may pass through, for the server may run as another account, but list nothing.
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const context = { directory, onProgress: options.onProgress ?? (() => undefined), signal: options.signal };
  return takeTurn(directory, options.signal, async () =>
    describe(directory, await startInTurn(given, context)),
  );
}

/** Stops the server; its data stays. `stopped` is false when it was not running. */
export async function stopSample(directory: string): Promise<{ stopped: boolean }> {
  const folder = resolve(directory);
  if ((await readSampleState(folder)) === null) return { stopped: false };
  return takeTurn(folder, undefined, async () => {
    const state = await readSampleState(folder);
    return { stopped: state !== null && (await stopRunning(state)) };
  });
}

/** Stops the server and deletes the sample, also the part of it that may be kept outside of its folder. */
export async function deleteSample(directory: string): Promise<void> {
  const folder = resolve(directory);
  const state = await readSampleState(folder);
  if (state !== null) await takeTurn(folder, undefined, () => discard(folder, state));
  await rm(folder, { recursive: true, force: true });
}

/** What is known of the sample in a folder; null when none was ever started there. */
export async function sampleState(directory: string): Promise<SampleStatus | null> {
  const folder = resolve(directory);
  const state = await readSampleState(folder);
  if (state === null) return null;
  const running = (await findRunning(state)) !== null;
  const { complete, options, port } = state;
  return { ...describe(folder, state), running, complete: complete && (await hasData(state)), options, port };
}
