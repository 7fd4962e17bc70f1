// Makes the sample database from nothing: data folder, server, roles, rows, and the truth about them.
import { rm, writeFile } from 'node:fs/promises';
import { Client } from 'pg';
import { Problem } from '#shared/model/problem.ts';
import { canEnter, findServerAccount, type ServerAccount } from './account.ts';
import { createCluster, makeOpenFolder } from './cluster.ts';
import { findFreePort } from './free-port.ts';
import { generateSample } from './generate/generate.ts';
import type { Sample, SampleOptions } from './generate/model.ts';
import { loadSample } from './load.ts';
import { throwIfCancelled, type OnProgress } from './progress.ts';
import { stopRunning } from './running.ts';
import { createReaderSql, grantReaderSql } from './schema.ts';
import { clusterOf, startServer } from './start-server.ts';
import {
  dataFolder,
  databaseName,
  incidentsFile,
  newPassword,
  ownerRole,
  ownerUrl,
  readerRole,
  writeSampleState,
  type SampleState,
} from './state.ts';

export interface BuildContext {
  directory: string;
  onProgress: OnProgress;
  signal: AbortSignal | undefined;
}

async function asOwner(
  state: SampleState,
  database: string,
  work: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client({ connectionString: ownerUrl(state, database) });
  // A broken connection fails the statement under way, which is where it is reported.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Noted before anything is made, so that what an interruption leaves behind can be found again. */
async function prepareState(
  directory: string,
  account: ServerAccount,
  options: SampleOptions,
): Promise<SampleState> {
  const home = (await canEnter(account, directory)) ? directory : await makeOpenFolder('countersign-sample-');
  const passwords = { ownerPassword: newPassword(), readerPassword: newPassword() };
  const state = {
    format: 1 as const,
    complete: false,
    options,
    home,
    port: await findFreePort(),
    pid: null,
    ...passwords,
  };
  await writeSampleState(directory, state);
  return state;
}

async function fill(state: SampleState, sample: Sample, context: BuildContext): Promise<void> {
  await asOwner(state, 'postgres', async (client) => {
    await client.query(`CREATE DATABASE ${databaseName}`);
    await client.query(createReaderSql(readerRole, state.readerPassword));
    await client.query('REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC');
  });
  await asOwner(state, databaseName, async (client) => {
    await loadSample(sample, { ...context, client });
    await client.query(grantReaderSql(readerRole, databaseName));
  });
  const lines = sample.incidents.map((incident) => `${JSON.stringify(incident)}\n`);
  await writeFile(incidentsFile(context.directory), lines.join(''), { mode: 0o600 });
}

/** Stops what was started and deletes the data. The notes stay: they say that nothing is complete. */
export async function discard(directory: string, state: SampleState): Promise<void> {
  await stopRunning(state);
  const folder = state.home === directory ? dataFolder(state) : state.home;
  // A killed start may have left initdb writing for a moment.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/**
 * Makes a new sample database and leaves its server running. The state says `complete` only after the last step.
 * @throws Problem `cancelled`, with nothing left running
 */
export async function buildSample(options: SampleOptions, context: BuildContext): Promise<SampleState> {
  const { directory, onProgress, signal } = context;
  throwIfCancelled(signal);
  onProgress('Preparing the sample database', 0, null);
  const account = await findServerAccount();
  const state = await prepareState(directory, account, options);
  try {
    const cluster = await clusterOf(state, account);
    await createCluster(cluster, ownerRole, state.ownerPassword);
    throwIfCancelled(signal);
    const started = await startServer(directory, cluster, state);
    onProgress('Inventing events', 0, null);
    await fill(started, generateSample(options), context);
    const complete = { ...started, complete: true };
    await writeSampleState(directory, complete);
    return complete;
  } catch (error) {
    await discard(directory, state);
    if (error instanceof Problem) throw error;
    throw new Problem('internal', 'The sample database could not be made; nothing of it was kept.', {
      next: 'See server.log in the sample folder of this workspace, and make sure the disk has 300 MB to spare.',
      cause: error,
    });
  }
}
