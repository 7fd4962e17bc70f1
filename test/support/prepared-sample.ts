// Sample databases for test files: made once a run, stopped, and copied for whoever asks for one of the same size.
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { canEnter, findServerAccount } from '../../src-main/sample/account.ts';
import { findFreePort } from '../../src-main/sample/free-port.ts';
import { startSample, stopSample, type RunningSample } from '../../src-main/sample/sample.ts';
import { readSampleState, writeSampleState } from '../../src-main/sample/state.ts';
import { copyContents, madeOnce } from './made-once.ts';

export type SampleSize = { events: number; actors: number; days: number };

const smallSize: SampleSize = { events: 12_000, actors: 24, days: 56 };

/**
 * A sample of its own in a new folder, started. Copies of one run share the passwords and what PostgreSQL calls its
 * system identifier; nothing else.
 */
export async function startPreparedSample(
  directory: string,
  size: Partial<SampleSize> = {},
): Promise<RunningSample> {
  const wanted = { ...smallSize, ...size };
  const { events, actors, days } = wanted;
  const original = await madeOnce(`sample-${events}-${actors}-${days}`, async (folder) => {
    await startSample({ directory: folder, ...wanted });
    await stopSample(folder);
  });
  if (original !== null) await copySample(original, resolve(directory));
  return startSample({ directory, ...wanted });
}

/** Leaves nothing where the data cannot be inside the folder, because the account of the server cannot enter it. */
async function copySample(original: string, directory: string): Promise<void> {
  const state = await readSampleState(original);
  await mkdir(directory, { recursive: true, mode: 0o711 });
  if (state?.home !== original || !(await canEnter(await findServerAccount(), directory))) return;
  await copyContents(original, directory);
  await writeSampleState(directory, { ...state, home: directory, port: await findFreePort(), pid: null });
}
