// The mirror of np_audit_privileged_reviews as of the last pull.
import type { DatabaseHandle } from '../database.ts';
import { rows, run } from '../query.ts';

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
};

/** What reading the queue came to: its rows, or why there are none. */
export type QueueReading =
  | { readonly rows: readonly ServerReviewRow[] }
  | { readonly rows: null; readonly cause: 'absent' | 'denied' | 'changed' };

/**
 * Mirrors a reading. A queue that may not be read any more is no reason to forget what it held.
 * @param assertSameSource throws when the mirror became another source's since the reading began.
 */
export function mirrorQueue(
  database: DatabaseHandle,
  reading: QueueReading,
  assertSameSource: () => void,
): void {
  database
    .transaction(() => {
      assertSameSource();
      if (reading.rows !== null || reading.cause === 'absent') replaceQueue(database, reading.rows);
    })
    .immediate();
}

/** Null means the source has no such table. */
function replaceQueue(database: DatabaseHandle, queue: readonly ServerReviewRow[] | null): void {
  run(database, 'UPDATE source_state SET has_review_table = ?', queue === null ? 0 : 1);
  run(database, 'DELETE FROM server_review');
  const insert = database.prepare(
    `INSERT INTO server_review (id, tenant_id, audit_log_id, action, actor_id, due_us, reviewer_id, reviewed_us, notes)
     VALUES (@id, @tenantId, @auditLogId, @action, @actorId, @dueAtMicroseconds, @reviewerId, @reviewedAtMicroseconds, @notes)`,
  );
  for (const item of queue ?? []) insert.run(item);
}

export function readServerReviews(database: DatabaseHandle): ServerReviewRow[] {
  return rows<ServerReviewRow>(
    database,
    `SELECT id, tenant_id AS tenantId, audit_log_id AS auditLogId, action, actor_id AS actorId, due_us AS dueAtMicroseconds,
              reviewer_id AS reviewerId, reviewed_us AS reviewedAtMicroseconds, notes FROM server_review ORDER BY due_us, id`,
  );
}
