// The mirrored review rows some at a time: first only what orders them, then those that are asked for.
import type { DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';
import { rowOf, selectedRow, type ServerReviewRow, type StoredRow } from './server-row-versions.ts';

/** Every row's id and due time, in no particular order. */
export function readServerReviewTimes(
  database: DatabaseHandle,
): readonly { readonly id: string; readonly dueAtMicroseconds: number }[] {
  return rows(database, 'SELECT id, due_us AS dueAtMicroseconds FROM server_review');
}

/** The rows of these ids, by id. */
export function readServerReviewsById(
  database: DatabaseHandle,
  ids: readonly string[],
): ReadonlyMap<string, ServerReviewRow> {
  const text = `SELECT id, ${selectedRow} FROM server_review WHERE id IN (SELECT value FROM json_each(?))`;
  return new Map(rows<StoredRow>(database, text, JSON.stringify(ids)).map((row) => [row.id, rowOf(row)]));
}
