// Whether rows come by COPY or, where that is refused, from a cursor.
import type { SourceClient } from '../client.ts';
import { endsTheSession, sourceProblem } from '../problems.ts';
import { send } from './snapshot.ts';
import { streamRows, type RowSink } from './row-stream.ts';

export type WayOfReading = 'copy' | 'cursor';

/** Rows asked from a cursor at once; as COPY they come all at once. */
const rowsPerFetch = 65_536;

/**
 * Tries COPY with the very statement that is to be read, without a row of it, in the transaction that is open.
 * A server, pooler or proxy that refuses it is read by a cursor; what else is wrong with the statement the cursor will say.
 * @throws Problem when the connection is lost
 */
export async function chooseWay(
  client: SourceClient,
  select: string,
  signal?: AbortSignal,
): Promise<WayOfReading> {
  const nothing: RowSink = { feed: () => undefined, fill: () => false, drain: () => Promise.resolve() };
  await send(client, 'SAVEPOINT way_of_reading');
  try {
    await streamRows(client, copyOf(`${select} LIMIT 0`), nothing, signal);
    return 'copy';
  } catch (error) {
    if (signal?.aborted || endsTheSession(error)) throw error;
    return 'cursor';
  } finally {
    if (!client.connection.stream.destroyed) await send(client, 'ROLLBACK TO SAVEPOINT way_of_reading');
  }
}

/**
 * Runs a SELECT without parameters inside the open transaction and gives its rows to sinks, one after another.
 * @param sinkFor A sink for each statement this takes; told how its rows are framed.
 * @throws Problem, or what a sink threw; also when the server counted other rows than it sent.
 */
export async function readRows(
  client: SourceClient,
  way: WayOfReading,
  select: string,
  sinkFor: (framing: 'copy' | 'bare') => CountingSink,
  signal?: AbortSignal,
): Promise<number> {
  if (way === 'copy') return readAll(client, copyOf(select), sinkFor('copy'), signal);
  await send(client, `DECLARE rows_of_slice BINARY NO SCROLL CURSOR FOR ${select}`);
  let rows = 0;
  for (;;) {
    const fetched = await readAll(
      client,
      `FETCH FORWARD ${String(rowsPerFetch)} FROM rows_of_slice`,
      sinkFor('bare'),
      signal,
    );
    if (fetched === 0) break;
    rows += fetched;
  }
  await send(client, 'CLOSE rows_of_slice');
  return rows;
}

/** A sink that knows how many rows it read, and whether it read them to their end. */
export interface CountingSink extends RowSink {
  readonly rows: number;
  assertEnded(): void;
}

async function readAll(
  client: SourceClient,
  text: string,
  sink: CountingSink,
  signal?: AbortSignal,
): Promise<number> {
  const counted = await streamRows(client, text, sink, signal);
  try {
    sink.assertEnded();
    if (counted !== null && counted !== sink.rows)
      throw new Error('The server counted other rows than it sent.');
  } catch (error) {
    throw sourceProblem(error);
  }
  return sink.rows;
}

function copyOf(select: string): string {
  return `COPY (${select}) TO STDOUT (FORMAT binary)`;
}
