// How many review items the mirror holds, counted where they lie.
import type { DatabaseHandle } from '../database.ts';
import { row } from '../query.ts';
import type { ServerReviewRow } from './server-reviews.ts';

/** Nothing that was decided here is part of these. */
export type ItemCounts = {
  readonly all: number;
  /** Nobody reviewed them at the source. */
  readonly open: number;
  /** Open, and due before the given moment. */
  readonly late: number;
};

/** Rows of the source's own queue. */
export function countServerReviews(database: DatabaseHandle, nowMicroseconds: number): ItemCounts {
  return row<ItemCounts>(
    database,
    `SELECT count(*) AS "all", count(*) FILTER (WHERE reviewed_us IS NULL) AS open,
            count(*) FILTER (WHERE reviewed_us IS NULL AND due_us < ?) AS late FROM server_review`,
    nowMicroseconds,
  )!;
}

export function readServerReview(database: DatabaseHandle, id: string): ServerReviewRow | null {
  const found = row<ServerReviewRow>(
    database,
    `SELECT id, tenant_id AS tenantId, audit_log_id AS auditLogId, action, actor_id AS actorId, due_us AS dueAtMicroseconds,
            reviewer_id AS reviewerId, reviewed_us AS reviewedAtMicroseconds, notes FROM server_review WHERE id = ?`,
    id,
  );
  return found ?? null;
}

/** Which events are reviewed where the source keeps no queue, as far as somebody looks. */
export type PrivilegedScope = { readonly actions: readonly string[]; readonly until: number | null };

const parametersOf = ({ actions, until }: PrivilegedScope) => ({
  actions: JSON.stringify(actions),
  until: until ?? Number.MAX_SAFE_INTEGER,
});

const privilegedSeries =
  'SELECT s.id FROM series s WHERE s.action IN (SELECT value FROM json_each(@actions))';

/** @param createdBefore what was created before this moment is late */
export function countPrivilegedEvents(
  database: DatabaseHandle,
  scope: PrivilegedScope,
  createdBefore: number,
): ItemCounts {
  // Two counts over two indexes: together they would be sorted to find what is in both.
  const { all, late } = row<{ all: number; late: number }>(
    database,
    `WITH privileged AS MATERIALIZED (${privilegedSeries}), found AS (
       SELECT count(*) AS n, count(*) FILTER (WHERE e.created_us < @createdBefore) AS late
         FROM privileged p CROSS JOIN event e ON e.series_id = p.id WHERE e.created_us <= @until
       UNION ALL
       SELECT count(*), count(*) FILTER (WHERE e.created_us < @createdBefore)
         FROM event e WHERE e.severity = 'critical' AND e.created_us <= @until AND e.series_id NOT IN privileged)
     SELECT sum(n) AS "all", sum(late) AS late FROM found`,
    { ...parametersOf(scope), createdBefore },
  )!;
  return { all, open: all, late };
}

/** Whether an event is there and still one of those that are reviewed. */
export function isPrivilegedEvent(
  database: DatabaseHandle,
  scope: PrivilegedScope,
  event: { readonly sourceAccount: string; readonly id: string; readonly createdMicroseconds: number },
): boolean {
  const found = row<{ found: number }>(
    database,
    `SELECT 1 AS found FROM event e JOIN series s ON s.id = e.series_id JOIN actor a ON a.id = s.actor_id
      WHERE e.created_us = @createdMicroseconds AND e.id = @id AND a.source_account = @sourceAccount AND e.created_us <= @until
        AND (e.severity = 'critical' OR s.action IN (SELECT value FROM json_each(@actions)))`,
    { ...parametersOf(scope), ...event },
  );
  return found !== undefined;
}
