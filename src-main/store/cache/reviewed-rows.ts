// Rows of the source's queue that somebody reviewed, about one actor.
import type { DatabaseHandle } from '../database.ts';
import { rows } from '../query.ts';

export type ReviewedRow = {
  readonly id: string;
  readonly action: string;
  readonly reviewerId: string | null;
  readonly reviewedMicroseconds: number;
  readonly notes: string | null;
  /** Time of the audited event; null when it is not kept here. */
  readonly eventMicroseconds: number | null;
};

/** Newest decision first. @param action null is every action */
export function readReviewedRows(
  database: DatabaseHandle,
  actor: string,
  action: string | null,
): ReviewedRow[] {
  return rows<ReviewedRow>(
    database,
    `SELECT r.id, r.action, r.reviewer_id AS reviewerId, r.reviewed_us AS reviewedMicroseconds, r.notes,
            (SELECT min(e.created_us) FROM event e WHERE e.id = r.audit_log_id) AS eventMicroseconds
       FROM server_review r
      WHERE r.actor_id = @actor AND (@action IS NULL OR r.action = @action) AND r.reviewed_us IS NOT NULL
      ORDER BY r.reviewed_us DESC, r.id`,
    { actor, action },
  );
}

/** Everybody about whom there is such a row. */
export function readReviewedActors(database: DatabaseHandle): Set<string> {
  const sql =
    'SELECT DISTINCT actor_id AS id FROM server_review WHERE reviewed_us IS NOT NULL AND actor_id IS NOT NULL';
  return new Set(rows<{ id: string }>(database, sql).map(({ id }) => id));
}
