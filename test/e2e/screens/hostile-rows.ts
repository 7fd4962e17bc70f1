// Rows an attacker could have caused: markup, code, links, reversed text and very long words in every column of text.
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

export type HostileRow = {
  name: string;
  text: string;
  /** The item that is still to decide, and the one somebody decided with such a note. */
  pending: string;
  noted: string;
};

/** Starts with digits, which text from right to left before it would draw to its own side. */
export const hostileActor = '12345678-7d64-4c11-9f3a-0d2c8e5b9a10';

const rightToLeftOverride = '\u202E';
const rightToLeftIsolate = '\u2067';

const texts = {
  script: `<script>window.ran = 'script'</script>`,
  image: `<img src=x onerror="window.ran = 'image'"><svg onload="window.ran = 'svg'">`,
  attribute: `" autofocus onfocus="window.ran = 'attribute'" style="position:fixed;inset:0" x="`,
  link: `javascript:window.ran='link'`,
  reversed: `paid${rightToLeftIsolate} in${rightToLeftOverride} full`,
  hebrew: 'מחק 7',
  word: 'w'.repeat(20_000),
};

/** Adds, for each text, a series of events with an hour that stands out, and two review items about events of it. */
export async function insertHostileRows(owner: Client): Promise<HostileRow[]> {
  const rows: HostileRow[] = [];
  for (const [name, text] of Object.entries(texts)) {
    await owner.query(seriesSql, [text]);
    const ids = {
      pending: await insertReview(owner, text, false),
      noted: await insertReview(owner, text, true),
    };
    rows.push({ name, text, ...ids });
  }
  return rows;
}

/** One event a day for a month, then forty in one hour. */
const seriesSql = `
  INSERT INTO np_auditlog_events
    (id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, created_at)
  SELECT gen_random_uuid()::text, $1, 'user', $1, 'page', '1', '10.0.0.1', 'agent', jsonb_build_object('actor_name', $1::text), at
  FROM (SELECT '2026-10-01T10:15:00Z'::timestamptz + n * interval '1 day' AS at FROM generate_series(0, 29) AS n
        UNION ALL
        SELECT '2026-11-03T14:00:00Z'::timestamptz + n * interval '1 minute' FROM generate_series(1, 40) AS n) AS times`;

async function insertReview(owner: Client, text: string, isReviewed: boolean): Promise<string> {
  const [event, review] = [randomUUID(), randomUUID()];
  await owner.query(
    `INSERT INTO np_auditlog_events
       (id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at)
     VALUES ($1, $2, $2, $2, $2, $2, $2, $2, jsonb_build_object('actor_name', $2::text, $2::text, $2::text), $2, '2026-11-12T09:30:00Z')`,
    [event, text],
  );
  await owner.query(
    `INSERT INTO np_audit_privileged_reviews (id, audit_log_id, action, actor_id, due_at, reviewer_id, reviewed_at, notes)
     VALUES ($1, $2, $3, $4, '2026-11-13T09:30:00Z', $5, $6, $7)`,
    isReviewed
      ? [review, event, text, hostileActor, randomUUID(), '2026-11-12T12:00:00Z', text]
      : [review, event, text, hostileActor, null, null, null],
  );
  return review;
}
