// The mirror of np_audit_privileged_reviews as of the last pull, and what each pull before it showed.
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import {
  readLastShown,
  recordPull,
  recordVersion,
  rowColumns,
  rowFields,
  rowOf,
  selectedRow,
  storedRow,
  type ServerReviewRow,
  type StoredRow,
} from './server-row-versions.ts';

export type { ServerReviewRow };

/** What reading the queue came to: its rows, or why there are none. */
export type QueueReading = {
  /** Server time of what was read, in microseconds; absent when nobody asked for it. */
  readonly readAtMicroseconds?: number;
} & (
  | { readonly rows: readonly ServerReviewRow[] }
  | { readonly rows: null; readonly cause: 'absent' | 'denied' | 'changed' }
);

/** How one row differs from what the pull before showed of it. */
export type RowChange = {
  readonly id: string;
  /** As it was shown last; null when it never was. */
  readonly before: ServerReviewRow | null;
  /** Null when the row vanished. */
  readonly after: ServerReviewRow | null;
  /** Earlier pulls showed it, the last one did not. */
  readonly isReturning: boolean;
};

export type QueuePull = { readonly pull: number; readonly changes: readonly RowChange[] };

/**
 * Mirrors a reading and answers what it changed; null when nothing was mirrored. A queue that may not be read any more is no
 * reason to forget what it held.
 * @param assertSameSource throws when the mirror became another source's since the reading began.
 * @param lastPull the newest pull when the reading began: one that came meanwhile and read a later state is not undone.
 */
export function mirrorQueue(
  database: DatabaseHandle,
  reading: QueueReading,
  assertSameSource: () => void,
  lastPull?: number,
): QueuePull | null {
  return database
    .transaction(() => {
      assertSameSource();
      if (reading.rows === null && reading.cause !== 'absent') return null;
      if (lastPull !== undefined && isOvertaken(database, reading, lastPull)) return null;
      run(database, 'UPDATE source_state SET has_review_table = ?', reading.rows === null ? 0 : 1);
      const pull = recordPull(database, reading.readAtMicroseconds ?? null);
      return { pull, changes: replaceQueue(database, pull, reading.rows ?? []) };
    })
    .immediate();
}

/** When the queue was last read, by the server's clock in microseconds since the epoch; null before that. */
export function queueReadAt(database: DatabaseHandle): number | null {
  const newest = 'SELECT read_us FROM queue_pull ORDER BY id DESC LIMIT 1';
  return row<{ read_us: number | null }>(database, newest)?.read_us ?? null;
}

/** Number of the newest pull, 0 before the first. */
export function newestPull(database: DatabaseHandle): number {
  return row<{ id: number }>(database, 'SELECT coalesce(max(id), 0) AS id FROM queue_pull')!.id;
}

function isOvertaken(
  database: DatabaseHandle,
  { readAtMicroseconds }: QueueReading,
  lastPull: number,
): boolean {
  if (readAtMicroseconds === undefined) return false;
  const later = 'SELECT id FROM queue_pull WHERE id > ? AND read_us > ? LIMIT 1';
  return row(database, later, lastPull, readAtMicroseconds) !== undefined;
}

function replaceQueue(
  database: DatabaseHandle,
  pull: number,
  queue: readonly ServerReviewRow[],
): RowChange[] {
  const before = new Map(readServerReviews(database).map((known) => [known.id, known]));
  const seen = new Set(queue.map(({ id }) => id));
  const arrived = queue.flatMap((after) => {
    const known = before.get(after.id);
    return known && isSameRow(known, after) ? [] : [changeTo(database, after, known ?? null)];
  });
  const vanished = [...before.values()]
    .filter(({ id }) => !seen.has(id))
    .map((known) => ({ id: known.id, before: known, after: null, isReturning: false }));
  const changes = [...arrived, ...vanished];
  for (const change of changes) apply(database, pull, change);
  return changes;
}

function changeTo(
  database: DatabaseHandle,
  after: ServerReviewRow,
  known: ServerReviewRow | null,
): RowChange {
  const before = known ?? readLastShown(database, after.id);
  return { id: after.id, before, after, isReturning: known === null && before !== null };
}

function apply(database: DatabaseHandle, pull: number, { id, after }: RowChange): void {
  recordVersion(database, pull, id, after);
  run(database, 'DELETE FROM server_review WHERE id = ?', id);
  if (after === null) return;
  const insert = `INSERT INTO server_review (id, ${rowColumns}) VALUES (@id, ${rowFields.map((field) => `@${field}`).join(', ')})`;
  run(database, insert, storedRow(after));
}

function isSameRow(a: ServerReviewRow, b: ServerReviewRow): boolean {
  return rowFields.every((field) => (a[field] ?? null) === (b[field] ?? null));
}

export function readServerReviews(database: DatabaseHandle): ServerReviewRow[] {
  const text = `SELECT id, ${selectedRow} FROM server_review ORDER BY due_us, id`;
  return rows<StoredRow>(database, text).map(rowOf);
}
