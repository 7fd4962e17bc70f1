// DuckDB with all its threads, as the yardstick of computing on columns.
import { DOUBLE, DuckDBDataChunk, DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import type { MirroredHistory } from '../../../src-main/store/cache/resident.ts';

const chunkRows = 2048;
type Row = readonly number[];

/** Tables `event` (series, us), `cell` (series, slot, n) and `series` (series, actor, first_hour), from the mirror itself. */
export async function loadDuckDb(history: MirroredHistory): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await fill(connection, 'staged_event', ['series', 'us'], eventRows(history));
  await fill(connection, 'staged_cell', ['series', 'slot', 'n'], cellRows(history));
  await fill(connection, 'staged_series', ['series', 'actor', 'first_hour'], seriesRows(history));
  await connection.run(
    'CREATE TABLE event AS SELECT series::INTEGER AS series, us::BIGINT AS us FROM staged_event',
  );
  await connection.run(
    'CREATE TABLE cell AS SELECT series::INTEGER AS series, slot::INTEGER AS slot, n::INTEGER AS n FROM staged_cell',
  );
  await connection.run(
    'CREATE TABLE series AS SELECT series::INTEGER AS series, actor::INTEGER AS actor, first_hour::INTEGER AS first_hour FROM staged_series',
  );
  for (const name of ['event', 'cell', 'series']) await connection.run(`DROP TABLE staged_${name}`);
  return connection;
}

function* eventRows({ segments }: MirroredHistory): Generator<Row> {
  for (const { length, series, microseconds } of segments)
    for (let row = 0; row < length; row += 1) yield [series[row]!, microseconds[row]!];
}

function* cellRows({ activity }: MirroredHistory): Generator<Row> {
  for (const { day, series, slots, counts } of activity)
    for (let cell = 0; cell < series.length; cell += 1)
      yield [series[cell]!, day * 96 + slots[cell]!, counts[cell]!];
}

/** Nobody unattributed: those are no person's series. */
function* seriesRows({ series, actors }: MirroredHistory): Generator<Row> {
  for (const [number, { actor }] of series.entries()) {
    const { actor: name, firstMicroseconds } = actors[actor]!;
    if (name !== '') yield [number, actor, Math.floor(firstMicroseconds / (4 * microsecondsPerSlot))];
  }
}

/** Whole numbers pass through doubles, which hold all of ours exactly. */
async function fill(
  connection: DuckDBConnection,
  table: string,
  columns: readonly string[],
  rows: Iterable<Row>,
): Promise<void> {
  await connection.run(`CREATE TABLE ${table} (${columns.map((name) => `${name} DOUBLE`).join(', ')})`);
  const appender = await connection.createAppender(table);
  let waiting: number[][] = columns.map(() => []);
  const hand = () => {
    const chunk = DuckDBDataChunk.create(
      columns.map(() => DOUBLE),
      waiting[0]!.length,
    );
    chunk.setColumns(waiting);
    appender.appendDataChunk(chunk);
    waiting = columns.map(() => []);
  };
  for (const row of rows) {
    for (let column = 0; column < columns.length; column += 1) waiting[column]!.push(row[column]!);
    if (waiting[0]!.length === chunkRows) hand();
  }
  if (waiting[0]!.length > 0) hand();
  appender.closeSync();
}

/** How many hours a query that answers one whole number counts. */
export async function countIn(connection: DuckDBConnection, sql: string): Promise<number> {
  const answer = await connection.runAndReadAll(sql);
  return Number(answer.getRows()[0]?.[0]);
}
