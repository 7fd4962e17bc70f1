// What is remembered about a sample database beside its data: sample.json, for the eyes of its owner only.
import { randomBytes } from 'node:crypto';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import { ignoring } from './system-error.ts';

const storedState = z.strictObject({
  format: z.literal(1),
  /** Written last: false means that making the database was interrupted. */
  complete: z.boolean(),
  options: z.strictObject({ seed: z.int(), actors: z.int(), days: z.int(), events: z.int() }),
  /** Null: the data is in the sample folder itself, wherever that is moved. */
  home: z.string().nullable(),
  port: z.int().min(1).max(65_535),
  /** Process of the server as last started; only its own lock file tells whether it still runs. */
  pid: z.int().nullable(),
  ownerPassword: z.string(),
  readerPassword: z.string(),
});
export interface SampleState extends z.infer<typeof storedState> {
  /** The folder that holds the data: the sample's own, or one elsewhere that the server's account can enter. */
  home: string;
}

export const databaseName = 'audit';
export const ownerRole = 'countersign_owner';
export const readerRole = 'countersign_reviewer';

export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}

export function dataFolder(state: Pick<SampleState, 'home'>): string {
  return join(state.home, 'data');
}

export function incidentsFile(directory: string): string {
  return join(directory, 'incidents.ndjson');
}

function url(role: string, password: string, port: number, database: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;
}

export function readerUrl(state: SampleState): string {
  return url(readerRole, state.readerPassword, state.port, databaseName);
}

export function ownerUrl(state: SampleState, database = databaseName, port = state.port): string {
  return url(ownerRole, state.ownerPassword, port, database);
}

/**
 * Null when no sample was ever started in this folder.
 * @throws Problem `store-damaged`
 */
export async function readSampleState(directory: string): Promise<SampleState | null> {
  const text = await readFile(join(directory, 'sample.json'), 'utf8').catch(ignoring('ENOENT', 'ENOTDIR'));
  if (text === undefined) return null;
  try {
    const stored = storedState.parse(JSON.parse(text));
    return { ...stored, home: stored.home ?? directory };
  } catch (cause) {
    throw new Problem('store-damaged', 'The notes of the sample database (sample.json) cannot be read.', {
      next: 'Delete the sample folder of this workspace and start the sample again; it holds invented data only.',
      cause,
    });
  }
}

/** Replaces the file as a whole: a reader sees the old one or the new one. */
export async function writeSampleState(directory: string, state: SampleState): Promise<void> {
  const file = join(directory, 'sample.json');
  const stored = { ...state, home: state.home === directory ? null : state.home };
  await writeFile(`${file}.new`, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Whether the data is still there; a place below the system's temporary folder may have been cleared. */
export async function hasData(state: SampleState): Promise<boolean> {
  return (await stat(join(dataFolder(state), 'PG_VERSION')).catch(ignoring('ENOENT'))) !== undefined;
}
