// The table everything is measured on: the published audit schema in monthly partitions, ninety days of office hours.
import { escapeIdentifier } from 'pg';
import { indexesSql, tablesSql } from '../../../src-main/sample/schema.ts';
import type { TestPostgres } from '../../support/postgres.ts';

export interface Dataset {
  readonly database: string;
  readonly events: number;
  readonly actors: number;
  /** UTC midnight of the day after the last one that has events. */
  readonly endMs: number;
}

export const datasetDays = 90;
const dayMs = 86_400_000;

/** By falling frequency: the first happens about forty times as often as the last. */
const eventTypes = [
  'document.read', 'document.list', 'session.refresh', 'search.query', 'document.update', 'file.download', 'user.login',
  'comment.create', 'file.upload', 'user.logout', 'document.create', 'report.view', 'message.send', 'ticket.update',
  'ticket.view', 'contact.view', 'contact.update', 'invoice.view', 'invoice.create', 'file.share', 'file.preview',
  'calendar.update', 'calendar.view', 'tag.add', 'tag.remove', 'workflow.start', 'workflow.finish', 'notification.read',
  'profile.update', 'document.delete', 'user.login_failed', 'file.delete', 'token.create', 'webhook.update',
  'password.change', 'integration.update', 'export.create', 'user.create', 'role.grant', 'settings.update',
]; // prettier-ignore

/** The action whose events go to review, and are kept whole. */
export const privilegedAction = 'role.grant';

/**
 * Creates a database with the table: events in time order, actors and event types by Zipf's law, about 200 bytes of
 * metadata each, indexed and analysed. The same size gives the same events, apart from the dates.
 * @param nowMs the day after the last one with events is a working day that is over, so that later events can still follow.
 */
export async function createDataset(
  postgres: TestPostgres,
  database: string,
  { events, actors, nowMs }: { events: number; actors: number; nowMs: number },
): Promise<Dataset> {
  const endMs = workingDayBefore(Math.floor(nowMs / dayMs) * dayMs);
  await postgres.createDatabase(database);
  const run = (sql: string, values?: unknown[]) => postgres.query(sql, values, database);
  await run(tablesSql);
  // A key is built quicker once the rows are there; the index is the same.
  await run('ALTER TABLE np_auditlog_events DROP CONSTRAINT np_auditlog_events_pkey');
  for (const sql of partitionsSql(endMs - datasetDays * dayMs, nowMs)) await run(sql);
  const days = daysOf(events, endMs);
  await run(insertSql, [
    days.map(({ start }) => start),
    days.map(({ first }) => first),
    days.map(({ count }) => count),
    eventTypes,
    actors,
  ]);
  await run('ALTER TABLE np_auditlog_events ADD PRIMARY KEY (id, created_at)');
  await run(indexesSql);
  await run('VACUUM (ANALYZE) np_auditlog_events');
  await run('CHECKPOINT');
  return { database, events, actors, endMs };
}

function workingDayBefore(midnightMs: number): number {
  const before = midnightMs - dayMs;
  return isWeekend(before) ? workingDayBefore(before) : before;
}

const isWeekend = (ms: number): boolean => [0, 6].includes(new Date(ms).getUTCDay());

function partitionsSql(fromMs: number, toMs: number): string[] {
  const first = new Date(fromMs);
  const months: string[] = [];
  for (let month = 0; ; month += 1) {
    const starts = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));
    if (starts.getTime() > toMs) return months;
    const ends = new Date(Date.UTC(starts.getUTCFullYear(), starts.getUTCMonth() + 1, 1));
    const name = `np_auditlog_events_${starts.toISOString().slice(0, 7).replace('-', '_')}`;
    months.push(
      `CREATE TABLE ${escapeIdentifier(name)} PARTITION OF np_auditlog_events
         FOR VALUES FROM ('${starts.toISOString()}') TO ('${ends.toISOString()}')`,
    );
  }
}

/** Weekends are a sixth as busy as working days. */
function daysOf(events: number, endMs: number): { start: string; first: number; count: number }[] {
  const starts = Array.from({ length: datasetDays }, (_, day) => endMs - (datasetDays - day) * dayMs);
  const weights = starts.map((start) => (isWeekend(start) ? 1 : 6));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let before = 0;
  return starts.map((start, day) => {
    const first = Math.floor((events * before) / all);
    before += weights[day]!;
    return {
      start: new Date(start).toISOString(),
      first,
      count: Math.floor((events * before) / all) - first,
    };
  });
}

/** A share from 0 to 1 out of the event's number; `seed` makes shares of one event independent of each other. */
const share = (seed: number) => `((hashint8extended(i, ${seed}) & 1048575) / 1048576.0)`;
/** Zipf's law: the k-th is about 1/k as frequent as the first. */
const rank = (seed: number, many: string) => `floor(exp(ln((${many}) + 1.0) * ${share(seed)}))::int`;

const columns = `id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, user_agent, metadata, severity, created_at, source_plugin`;

/** Nine of ten events from 8 to 18 o'clock, in time order. */
const insertSql = `
  INSERT INTO np_auditlog_events (${columns})
  SELECT md5('event ' || i)::uuid::text, 'user-' || ${rank(1, '$5::int')}, 'user', ($4::text[])[${rank(2, 'cardinality($4::text[])')}],
         'document', 'document-' || (hashint8extended(i, 3) & 4095),
         '10.' || (hashint8extended(i, 4) & 3) || '.' || (hashint8extended(i, 5) & 15) || '.' || (hashint8extended(i, 6) & 63),
         'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/' || 120 + (hashint8extended(i, 7) & 15),
         jsonb_build_object('request', md5('request ' || i), 'trace', md5('trace ' || i) || md5('span ' || i), 'ms', hashint8extended(i, 8) & 1023,
                            'region', (ARRAY['eu-central-1', 'us-east-1', 'ap-south-1'])[1 + (hashint8extended(i, 9) & 1)]),
         CASE WHEN ${share(10)} < 0.001 THEN 'critical' WHEN ${share(10)} < 0.01 THEN 'warning' ELSE 'info' END,
         starts + make_interval(secs => CASE WHEN u < 0.05 THEN u / 0.05 * 28800 WHEN u < 0.95 THEN 28800 + (u - 0.05) / 0.9 * 36000
                                             ELSE 64800 + (u - 0.95) / 0.05 * 21600 END),
         'bench'
    FROM unnest($1::timestamptz[], $2::bigint[], $3::bigint[]) AS day(starts, first, events)
   CROSS JOIN LATERAL generate_series(first, first + events - 1) AS i
   CROSS JOIN LATERAL (SELECT (i - first + 0.5) / events AS u) AS place`;

/** Adds events after all others, of the same people and kinds: `round` counts up from 0, and every round is an office hour of its own. */
export async function appendEvents(
  postgres: TestPostgres,
  { database, endMs, actors }: Dataset,
  round: number,
  count: number,
): Promise<void> {
  await postgres.query(
    `INSERT INTO np_auditlog_events (id, actor_user_id, actor_type, event_type, resource_type, resource_id, ip_address, severity, created_at)
     SELECT md5('late ' || i)::uuid::text, 'user-' || ${rank(1, '$5::int')}, 'user', ($4::text[])[${rank(2, 'cardinality($4::text[])')}],
            'document', 'document-' || (hashint8extended(i, 3) & 4095),
            '10.' || (hashint8extended(i, 4) & 3) || '.' || (hashint8extended(i, 5) & 15) || '.' || (hashint8extended(i, 6) & 63), 'info',
            $1::timestamptz + make_interval(secs => (i - $2::bigint) * 3600.0 / $3)
       FROM generate_series($2::bigint, $2::bigint + $3::int - 1) AS i`,
    [
      new Date(endMs + (firstLateHour + round) * 3_600_000).toISOString(),
      // Numbers that no earlier event has: who does what follows from the number.
      1_000_000_000 + round * count,
      count,
      eventTypes,
      actors,
    ],
    database,
  );
}

/** When people are at work. */
const firstLateHour = 9;
