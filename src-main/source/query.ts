// One query at a time on an open session: errors become problems, and an abort ends the session.
import type { Client, QueryResultRow } from 'pg';
import { cancelledProblem, sourceProblem } from './problems.ts';

export interface SqlQuery {
  text: string;
  values: unknown[];
}

/**
 * Runs one parameterised query and answers its rows as objects.
 * An abort breaks the connection, because only that stops a query the server is busy with.
 * @throws Problem
 */
export async function ask<Row extends QueryResultRow>(
  client: Client,
  query: SqlQuery,
  signal?: AbortSignal,
): Promise<Row[]> {
  return guarded(client, async () => (await client.query<Row>(query.text, query.values)).rows, signal);
}

/** The same with each row as an array in the order of the select list, for bulk reading. */
export async function askForArrays<Row extends unknown[]>(
  client: Client,
  query: SqlQuery,
  signal?: AbortSignal,
): Promise<Row[]> {
  const run = async () =>
    (await client.query<Row>({ text: query.text, values: query.values, rowMode: 'array' })).rows;
  return guarded(client, run, signal);
}

async function guarded<T>(client: Client, run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal?.aborted) throw cancelledProblem(signal.reason);
  const breakOff = () => void client.connection.stream.destroy();
  signal?.addEventListener('abort', breakOff, { once: true });
  try {
    return await run();
  } catch (error) {
    if (signal?.aborted) throw cancelledProblem(error);
    // After a read time-out the late answer would be taken for that of the next query.
    if (error instanceof Error && error.message === 'Query read timeout') breakOff();
    throw sourceProblem(error);
  } finally {
    signal?.removeEventListener('abort', breakOff);
  }
}
