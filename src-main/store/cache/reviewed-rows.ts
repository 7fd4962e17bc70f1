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
