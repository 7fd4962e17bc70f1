// A real database full of what nobody expects: whichever way it is read, the mirror, the cube and the heatmap hold exactly that.
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RefreshReport } from '../../../src-shared/model/workspace.ts';
import { cellsOf, eventsOf } from '../../support/mirror.ts';
import { startPostgres, type TestPostgres } from '../../support/postgres.ts';
import { openStation, type Station } from '../../support/station.ts';
import { hostileTexts } from '../../bench/fuzz/hostile-texts.ts';
import { startRefusingProxy } from '../source/refusing-proxy.ts';

const asOf = '2026-11-16T00:00:00.000Z';

let postgres: TestPostgres;
let admin: Client;

beforeAll(async () => {
  postgres = await startPostgres({ databases: ['audit'] });
  admin = new Client({ connectionString: postgres.url('audit') });
  await admin.connect();
  await admin.query(tables);
  for (const [number, text] of hostileTexts.entries())
    await admin.query(
      `INSERT INTO hostile SELECT 'h' || $1 || '-' || n || $2, $2, $2, $2, CASE WHEN n = 1 THEN $3::jsonb END,
              '2026-10-25T00:00:00Z'::timestamptz + n * interval '15 minutes' FROM generate_series(1, 6) n`,
      [number, text, JSON.stringify({ blob: text.repeat(5) })],
    );
});

afterAll(async () => {
  await admin?.end();
  await postgres?.stop();
});

/** Times that are none, ids that are none, one id at several times, accounts mixed; the clocks of Berlin go back on 25 October. */
const tables = `
  CREATE TABLE hostile (id text, account text, who text, what text, details jsonb, at timestamptz);
  INSERT INTO hostile VALUES
    (NULL, 'a', 'nobody', 'read', NULL, '2026-11-01'), ('x', 'a', 'nobody', 'read', NULL, NULL),
    ('x', 'a', 'nobody', 'read', NULL, 'infinity'), ('x', 'a', 'nobody', 'read', NULL, '-infinity'),
    ('x', 'a', 'old', 'read', NULL, '1700-01-01T00:00:00Z'), ('x', 'a', 'older', 'read', NULL, '1699-12-31T23:59:59.999999Z'),
    ('x', 'b', 'epoch', 'read', NULL, '1969-12-31T23:59:59.999999Z'), ('x', 'b', NULL, NULL, NULL, '1970-01-01'),
    ('x', 'b', 'young', 'read', NULL, '2026-11-15T23:59:59.999999Z'), ('x', 'b', 'future', 'read', NULL, '2255-01-01'),
    ('', NULL, '', '', '[]', '2026-11-01'), ('big', 'a', 'dana', 'read', jsonb_build_object('x', repeat('y', 1000000)), '2026-11-01');
  INSERT INTO hostile SELECT 'd' || n, 'a', 'dana', 'read', NULL, '2026-10-24T22:00:00Z'::timestamptz + n * interval '37 seconds'
    FROM generate_series(1, 3000) n;
  INSERT INTO hostile SELECT 'e' || n, 'a', '</script> ''erin''', 'read', NULL, '2026-10-01T00:30:00Z'::timestamptz + n * interval '5 hours' FROM generate_series(0, 150) n;
  INSERT INTO hostile SELECT 'f' || n, 'a', '</script> ''erin''', 'read', NULL, '2026-11-05T14:00:00Z'::timestamptz + n * interval '1 second' FROM generate_series(1, 40) n;
  CREATE TABLE numbered (id bigint, who text, what text, at timestamp);
  INSERT INTO numbered SELECT n * 9007199254740993, 'dana', 'read', '2026-10-01'::timestamp + n * interval '1 hour' FROM generate_series(-500, 500) n;
  CREATE TABLE named (id uuid, who text, what text, at timestamptz);
  INSERT INTO named SELECT md5(n::text)::uuid, 'user ' || n % 9, 'read', '2026-10-01'::timestamptz + n * interval '1 hour' FROM generate_series(1, 900) n;
  CREATE VIEW seen AS SELECT id, account, who, upper(what) AS what, details, at FROM hostile WHERE account IS DISTINCT FROM 'b';`;

type Source = { table: string; columns: Record<string, string>; sourceAccount?: string };
const bare = { id: 'id', createdAt: 'at', actor: 'who', action: 'what' };
const full = { ...bare, sourceAccount: 'account', metadata: 'details' };
const sources: [string, Source][] = [
  ['a table of everything', { table: 'hostile', columns: full }],
  ['one account of it', { table: 'hostile', columns: full, sourceAccount: 'a' }],
  ['a table without most columns', { table: 'hostile', columns: bare }],
  ['ids that are large numbers', { table: 'numbered', columns: bare }],
  ['ids that are UUIDs', { table: 'named', columns: bare }],
  ['a view', { table: 'seen', columns: full }],
];

async function connected(source: Source, port = postgres.port): Promise<Station> {
  const station = await openStation();
  const url = postgres.url('audit').replace(`:${postgres.port}/`, `:${port}/`);
  const { table, columns, sourceAccount } = source;
  await station.call.source.connect({
    url,
    zone: 'Europe/Berlin',
    mapping: { schema: 'public', table, columns },
    ...(sourceAccount === undefined ? {} : { sourceAccount }),
  });
  return station;
}

const refresh = async (station: Station) =>
  (await station.finish(station.call.refresh.start({ asOf }))) as RefreshReport;

/** What is in the database, said by the database: distinct (time, id) that can be placed, up to the as-of. */
async function counted({ table, sourceAccount }: Source): Promise<number> {
  const text = `SELECT count(DISTINCT (at, id::text))::int AS events FROM ${table} WHERE id IS NOT NULL
    AND at >= '1700-01-01T00:00:00Z' AND at <= $1 ${sourceAccount === undefined ? '' : 'AND account = $2'}`;
  const { rows } = await admin.query<{ events: number }>(text, [
    asOf,
    ...(sourceAccount === undefined ? [] : [sourceAccount]),
  ]);
  return rows[0]!.events;
}

async function everythingOf(station: Station) {
  const events = eventsOf(station.cache).map(({ series: _number, ...event }) => JSON.stringify(event));
  const findings = await station.call.findings.list({});
  return { events: events.toSorted(), findings, heatmap: await station.call.activity.heatmap({}) };
}

describe('a hostile database', () => {
  test.each(sources)('%s: conserved to the heatmap, by COPY and by a cursor alike', async (_what, source) => {
    const station = await connected(source);
    const report = await refresh(station);
    const expected = await counted(source);
    expect(report).toMatchObject({ events: expected, vanished: 0 });
    const byCopy = await everythingOf(station);
    expect(byCopy.events).toHaveLength(expected);
    expect(cellsOf(station.cache).reduce((sum, { count }) => sum + count, 0)).toBe(expected);
    expect(byCopy.heatmap.total).toBe(expected);
    expect(byCopy.heatmap.cells.reduce((sum, { count }) => sum + count, 0)).toBe(expected);
    const proxy = await startRefusingProxy(postgres, (text) => text.startsWith('COPY'));
    try {
      const fallback = await connected(source, proxy.port);
      await refresh(fallback);
      expect(proxy.refused.length).toBeGreaterThan(0);
      expect(await everythingOf(fallback)).toEqual(byCopy);
    } finally {
      proxy.close().catch(() => undefined);
    }
  });

  test('actors, actions and hours of the heatmap are those of the database’s own GROUP BY', async () => {
    const station = await connected(sources[0]![1]);
    await refresh(station);
    const { cells } = await station.call.activity.heatmap({});
    // Of one id at one time there is one event; here each has one actor and one action.
    const { rows } = await admin.query<{ cell: unknown[] }>(
      `SELECT json_build_array(who, what, hour, count(DISTINCT (at, id))) AS cell
         FROM (SELECT id, at, coalesce(who, '') AS who, coalesce(what, '') AS what,
                      (extract(isodow FROM at AT TIME ZONE 'Europe/Berlin') - 1) * 24 + extract(hour FROM at AT TIME ZONE 'Europe/Berlin') AS hour
                 FROM hostile WHERE id IS NOT NULL AND at >= '1900-01-01' AND at <= $1) placed
        GROUP BY who, what, hour`,
      [asOf],
    );
    const wanted = rows.map(({ cell }) => JSON.stringify(cell)).toSorted();
    const found = cells
      .filter(({ actor }) => actor !== 'old')
      .map(({ actor, action, hourOfWeek, count }) => JSON.stringify([actor, action, hourOfWeek, count]));
    expect(wanted.length).toBeGreaterThan(150);
    expect(found.toSorted()).toEqual(wanted);
  });

  test('broken off at any moment and begun again, the mirror and the findings are the same', async () => {
    const source = sources[0]![1];
    const whole = await connected(source);
    await refresh(whole);
    const broken = await connected(source);
    const ends: string[] = [];
    for (const step of ['Connecting', 'Reading events', 'Judging']) {
      const { jobId } = await broken.call.refresh.start({ asOf });
      const stopped = broken.jobs.wait(jobId).then(
        () => 'done',
        () => 'stopped',
      );
      await untilStep(broken, jobId, step);
      await broken.call.jobs.cancel({ id: jobId });
      ends.push(await stopped);
    }
    expect(ends).toContain('stopped');
    await refresh(broken);
    const expected = await everythingOf(whole);
    expect(expected.findings.length).toBeGreaterThan(0);
    expect(await everythingOf(broken)).toEqual(expected);
  });

  test('late commits into any day are read, and what went away is told of', async () => {
    const source: Source = { table: 'changing', columns: bare };
    await admin.query(
      `CREATE TABLE changing AS SELECT n::text AS id, 'dana' AS who, 'read' AS what, '2026-10-01T00:00:00Z'::timestamptz + n * interval '20 minutes' AS at FROM generate_series(1, 2500) n`,
    );
    const station = await connected(source);
    expect(await refresh(station)).toMatchObject({ events: 2500, vanished: 0 });
    await admin.query(
      `INSERT INTO changing SELECT 'late' || n, 'omar', 'write', '2026-10-03T00:00:00Z'::timestamptz + n * interval '7 hours' FROM generate_series(0, 40) n`,
    );
    expect(await refresh(station)).toMatchObject({ events: 2541, vanished: 0 });
    await admin.query(`DELETE FROM changing WHERE id IN ('5', '6', '1000', '2499')`);
    expect(await refresh(station)).toMatchObject({ events: 2541, vanished: 4 });
    await admin.query(`INSERT INTO changing VALUES ('back', 'omar', 'write', '2026-10-01T05:00:00Z')`);
    const after = await refresh(station);
    expect(after.events).toBe(2542);
    expect((await station.call.activity.heatmap({ actor: 'omar' })).total).toBe(42);
    const fresh = await connected(source);
    expect((await refresh(fresh)).events).toBe(2538);
  });
});

/** Until a job says that it is at a step, or has ended. */
async function untilStep(station: Station, id: string, step: string): Promise<void> {
  for (;;) {
    const { state, step: current } = await station.call.jobs.get({ id });
    if (state !== 'running' || current.startsWith(step)) return;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
