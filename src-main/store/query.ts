// Typed reads: SQL and parameters in, rows out. The caller vouches for the shape, beside the SQL that produces it.
import type { DatabaseHandle } from './database.ts';

/** Every row of a query. */
export function rows<Row>(database: DatabaseHandle, sql: string, ...parameters: unknown[]): Row[] {
  return database.prepare<unknown[], Row>(sql).all(...parameters);
}

/** The first row, if there is one. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL tells the compiler nothing about its rows
export function row<Row>(database: DatabaseHandle, sql: string, ...parameters: unknown[]): Row | undefined {
  return database.prepare<unknown[], Row>(sql).get(...parameters);
}
