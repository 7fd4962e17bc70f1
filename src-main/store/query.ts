// Typed reads: SQL and parameters in, rows out. The caller vouches for the shape, beside the SQL that produces it.
import type { Statement } from 'better-sqlite3';
import type { DatabaseHandle } from './database.ts';

/** Compiling a statement costs more than most of them take to run, and their texts are few and fixed. */
const compiled = new WeakMap<DatabaseHandle, Map<string, Statement>>();

/** Every row of a query. */
export function rows<Row>(database: DatabaseHandle, sql: string, ...parameters: unknown[]): Row[] {
  return statement<Row>(database, sql).all(...parameters);
}

/** The first row, if there is one. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- SQL tells the compiler nothing about its rows
export function row<Row>(database: DatabaseHandle, sql: string, ...parameters: unknown[]): Row | undefined {
  return statement<Row>(database, sql).get(...parameters);
}

/** Runs a statement that answers no rows; returns how many it changed. */
export function run(database: DatabaseHandle, sql: string, ...parameters: unknown[]): number {
  return statement(database, sql).run(...parameters).changes;
}

function statement<Row>(database: DatabaseHandle, sql: string): Statement<unknown[], Row> {
  let known = compiled.get(database);
  if (!known) compiled.set(database, (known = new Map()));
  let found = known.get(sql);
  if (!found) known.set(sql, (found = database.prepare(sql)));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above: the caller vouches for the rows
  return found as Statement<unknown[], Row>;
}
