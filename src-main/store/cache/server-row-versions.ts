// Every version of a review row that a pull showed: written once, never changed, gone only with the source itself.
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';

export type ServerReviewRow = {
  readonly id: string;
  readonly tenantId: string | null;
  readonly auditLogId: string | null;
  readonly action: string;
  readonly actorId: string | null;
  readonly dueAtMicroseconds: number;
  readonly reviewerId: string | null;
  readonly reviewedAtMicroseconds: number | null;
  readonly notes: string | null;
  /** Why the row cannot be told apart from others: it has no id, or others have the same. */
  readonly identityFault?: 'missing' | 'shared';
  /** A due time that cannot be placed, as the database writes it: infinity, or empty where there is none. */
  readonly dueText?: string;
  readonly reviewedText?: string;
};

const columns = {
  tenantId: 'tenant_id',
  auditLogId: 'audit_log_id',
  action: 'action',
  actorId: 'actor_id',
  dueAtMicroseconds: 'due_us',
  reviewerId: 'reviewer_id',
  reviewedAtMicroseconds: 'reviewed_us',
  notes: 'notes',
  identityFault: 'identity_fault',
  dueText: 'due_text',
  reviewedText: 'reviewed_text',
} as const satisfies Record<Exclude<keyof ServerReviewRow, 'id'>, string>;

type RowField = keyof typeof columns;

/** Everything of a row but its id, in one order for every statement. */
export const rowFields: readonly RowField[] = [
  'tenantId',
  'auditLogId',
  'action',
  'actorId',
  'dueAtMicroseconds',
  'reviewerId',
  'reviewedAtMicroseconds',
  'notes',
  'identityFault',
  'dueText',
  'reviewedText',
];
export const rowColumns: string = rowFields.map((field) => columns[field]).join(', ');
/** The same as a select list that answers a {@link StoredRow}. */
export const selectedRow: string = rowFields.map((field) => `${columns[field]} AS ${field}`).join(', ');

/** A row as SQLite holds it: null for what a {@link ServerReviewRow} leaves out. */
export type StoredRow = Omit<ServerReviewRow, 'identityFault' | 'dueText' | 'reviewedText'> & {
  readonly identityFault: 'missing' | 'shared' | null;
  readonly dueText: string | null;
  readonly reviewedText: string | null;
};

export function storedRow(given: ServerReviewRow): StoredRow {
  const { identityFault = null, dueText = null, reviewedText = null } = given;
  return { ...given, identityFault, dueText, reviewedText };
}

export function rowOf({ identityFault, dueText, reviewedText, ...stored }: StoredRow): ServerReviewRow {
  return {
    ...stored,
    ...(identityFault !== null && { identityFault }),
    ...(dueText !== null && { dueText }),
    ...(reviewedText !== null && { reviewedText }),
  };
}

/** What one pull showed of a row that differed from the pull before. */
export type RowVersion = {
  readonly pull: number;
  /** Server time of the pull in microseconds; null when it was not asked for. */
  readonly readAtMicroseconds: number | null;
  /** Null says that the row was gone. */
  readonly row: ServerReviewRow | null;
};

export function recordPull(database: DatabaseHandle, readAtMicroseconds: number | null): number {
  const insert = 'INSERT INTO queue_pull (read_us) VALUES (?) RETURNING id';
  return row<{ id: number }>(database, insert, readAtMicroseconds)!.id;
}

/** Number of the first reading of the queue; null before there is one. */
export function firstPull(database: DatabaseHandle): number | null {
  return row<{ id: number | null }>(database, 'SELECT min(id) AS id FROM queue_pull')!.id;
}

export function recordVersion(
  database: DatabaseHandle,
  pull: number,
  id: string,
  shown: ServerReviewRow | null,
): void {
  const values = shown === null ? rowFields.map(() => 'NULL') : rowFields.map((field) => `@${field}`);
  const insert = `INSERT INTO server_row_version (review_id, pull_id, is_visible, ${rowColumns})
                  VALUES (@id, @pull, @isVisible, ${values.join(', ')})`;
  const isVisible = shown === null ? 0 : 1;
  run(database, insert, { ...(shown && storedRow(shown)), id, pull, isVisible });
}

/** The row as the last pull that showed it did; null when none ever did. */
export function readLastShown(database: DatabaseHandle, id: string): ServerReviewRow | null {
  const text = `SELECT review_id AS id, ${selectedRow} FROM server_row_version
                WHERE review_id = ? AND is_visible = 1 ORDER BY pull_id DESC LIMIT 1`;
  const found = row<StoredRow>(database, text, id);
  return found ? rowOf(found) : null;
}

/** Whether a pull that came after one with this row did not show it. */
export function hasVanished(database: DatabaseHandle, id: string): boolean {
  const text = 'SELECT 1 AS found FROM server_row_version WHERE review_id = ? AND is_visible = 0 LIMIT 1';
  return row(database, text, id) !== undefined;
}

/** Ids of rows that pulls showed before and the newest did not. */
export function readVanishedIds(database: DatabaseHandle): string[] {
  const text = `SELECT DISTINCT review_id AS id FROM server_row_version v
                WHERE is_visible = 0 AND NOT EXISTS (SELECT 1 FROM server_review r WHERE r.id = v.review_id)`;
  return rows<{ id: string }>(database, text).map(({ id }) => id);
}

type VersionRow = StoredRow & { pull: number; readAt: number | null; isVisible: number };

/** Every version of a row, oldest first. */
export function readRowVersions(database: DatabaseHandle, id: string): RowVersion[] {
  const text = `SELECT v.review_id AS id, v.pull_id AS pull, p.read_us AS readAt, v.is_visible AS isVisible, ${selectedRow}
                FROM server_row_version v JOIN queue_pull p ON p.id = v.pull_id WHERE v.review_id = ? ORDER BY v.pull_id`;
  return rows<VersionRow>(database, text, id).map(({ pull, readAt, isVisible, ...stored }) => ({
    pull,
    readAtMicroseconds: readAt,
    row: isVisible === 1 ? rowOf(stored) : null,
  }));
}
