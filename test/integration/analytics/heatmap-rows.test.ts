// Heatmap rows by actor, counted a second time by PostgreSQL.
import { beforeAll, expect, test } from 'vitest';
import { preparedStation, sampleDatabase, type SampleDatabase } from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 12_000 });
});

type Counted = { actor: string; hour: number; count: number };

async function countInSql(from: string, to: string, action: string | null) {
  const { rows } = await database.owner.query<Counted>(
    `SELECT actor_user_id AS actor, ((extract(isodow FROM local) - 1) * 24 + extract(hour FROM local))::int AS hour, count(*)::int AS count
       FROM (SELECT *, created_at AT TIME ZONE 'Europe/Berlin' AS local FROM np_auditlog_events) AS e
      WHERE created_at >= $1 AND created_at < $2 AND ($3::text IS NULL OR event_type = $3) GROUP BY 1, 2`,
    [from, to, action],
  );
  const actors = Map.groupBy(rows, ({ actor }) => actor);
  return [...actors].map(([actor, cells]) => {
    const counts = Array.from<number>({ length: 168 }).fill(0);
    for (const { hour, count } of cells) counts[hour] = count;
    return { actor, total: cells.reduce((sum, { count }) => sum + count, 0), counts };
  });
}

test.each([
  ['a long range', '2026-09-25T10:07:31.250001Z', '2026-11-13T03:00:00.000Z'],
  ['a short range', '2026-10-24T22:41:00.000Z', '2026-10-26T10:12:13.000Z'],
  ['a range inside a quarter hour', '2026-11-04T10:01:00.000Z', '2026-11-04T10:09:00.000Z'],
])('of %s, for all actions and for one, all rows and the top three', async (_, from, to) => {
  const station = await preparedStation(database.url);
  const actions = await station.call.activity.actions();
  for (const action of [null, actions[1]!.action]) {
    const filter = { from, to, rows: 'actor' as const, ...(action === null ? {} : { action }) };
    const expected = await countInSql(from, to, action);
    const all = await station.call.activity.heatmap(filter);
    expect(all.cells).toEqual([]);
    const byActor = (rows: readonly { actor: string; total: number; counts: number[] }[]) =>
      new Map(rows.map(({ actor, total, counts }) => [actor, { total, counts }]));
    expect(byActor(all.rows)).toEqual(byActor(expected));
    const three = await station.call.activity.heatmap({ ...filter, top: 3 });
    const named = all.rows.filter(({ actor }) => actor !== '');
    expect(three.rows.filter(({ actor }) => actor !== '')).toEqual(named.slice(0, 3));
    expect(three).toMatchObject({ total: all.total, otherRows: Math.max(0, named.length - 3) });
    expect(three.otherTotal).toBe(named.slice(3).reduce((sum, { total }) => sum + total, 0));
  }
});

type DayCount = { date: string; hour: number; action: string; count: number };

test('local days by their hours, over what was observed, with and without a filter', async () => {
  const station = await preparedStation(database.url);
  const [range, action] = [
    { from: '2026-10-23T21:07:00.000Z', to: '2026-10-26T10:12:13.000Z' },
    'auth.login',
  ];
  const { rows } = await database.owner.query<DayCount>(
    `SELECT to_char(local, 'YYYY-MM-DD') AS date, extract(hour FROM local)::int AS hour, event_type AS action, count(*)::int AS count
       FROM (SELECT *, created_at AT TIME ZONE 'Europe/Berlin' AS local FROM np_auditlog_events) AS e
      WHERE created_at >= $1 AND created_at < $2 GROUP BY 1, 2, 3`,
    [range.from, range.to],
  );
  for (const only of [null, action]) {
    const counted = rows.filter((row) => only === null || row.action === only);
    const answer = await station.call.activity.days({ ...range, ...(only === null ? {} : { action: only }) });
    expect(answer).toMatchObject({ ...range, total: counted.reduce((sum, { count }) => sum + count, 0) });
    // Clocks went back on the 25th: its hour 2 holds two hours. The first and the last day are only reached in part.
    expect(answer.days.map(({ date }) => date)).toEqual([
      '2026-10-23',
      '2026-10-24',
      '2026-10-25',
      '2026-10-26',
    ]);
    for (const { date, counts } of answer.days)
      for (const [hour, count] of counts.entries()) {
        const isReached = date === '2026-10-23' ? hour >= 23 : date !== '2026-10-26' || hour <= 11;
        const inSql = counted.filter((row) => row.date === date && row.hour === hour);
        const expected = isReached ? inSql.reduce((sum, row) => sum + row.count, 0) : null;
        expect({ date, hour, count }).toEqual({ date, hour, count: expected });
      }
  }
});

test('days before the first event and after the last refresh are not there', async () => {
  const station = await preparedStation(database.url);
  const { days, from, to } = await station.call.activity.days({});
  const { firstEventAt, lastRefresh } = await station.call.workspace.status();
  expect({ from, to }).toEqual({ from: firstEventAt, to: lastRefresh?.asOf });
  const before = await station.call.activity.days({ to: '2020-01-01T00:00:00.000Z' });
  expect(before).toMatchObject({ days: [], total: 0, from: null, to: null });
  expect(days.at(0)?.counts.includes(null)).toBe(true);
});

test('actions by the hours of the week, the most frequent ones and what the others add up to', async () => {
  const station = await preparedStation(database.url);
  const from = '2026-09-25T10:07:31.250001Z';
  const { rows } = await database.owner.query<{ action: string; hour: number; count: number }>(
    `SELECT event_type AS action, ((extract(isodow FROM local) - 1) * 24 + extract(hour FROM local))::int AS hour, count(*)::int AS count
       FROM (SELECT *, created_at AT TIME ZONE 'Europe/Berlin' AS local FROM np_auditlog_events) AS e
      WHERE created_at >= $1 GROUP BY 1, 2`,
    [from],
  );
  const answer = await station.call.activity.actionWeeks({ from, top: 4 });
  const totals = new Map<string, number>();
  for (const { action, count } of rows) totals.set(action, (totals.get(action) ?? 0) + count);
  const ordered = [...totals].toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
  expect(answer.actions.map(({ action, total }) => [action, total])).toEqual(ordered.slice(0, 4));
  expect(answer).toMatchObject({
    total: ordered.reduce((sum, [, count]) => sum + count, 0),
    otherActions: ordered.length - 4,
    otherTotal: ordered.slice(4).reduce((sum, [, count]) => sum + count, 0),
  });
  for (const { action, counts } of answer.actions)
    for (const [hour, count] of counts.entries())
      expect(count).toBe(rows.find((row) => row.action === action && row.hour === hour)?.count ?? 0);
});

test('an answer follows the mirror: what a later refresh brought is in it', async () => {
  const station = await preparedStation(database.url);
  const before = await station.call.activity.heatmap({ rows: 'actor' });
  await database.owner.query(
    `INSERT INTO np_auditlog_events (id, actor_user_id, actor_type, event_type, created_at)
     VALUES (gen_random_uuid()::text, 'newcomer', 'user', 'document.read', '2026-11-15T22:30:00Z')`,
  );
  await station.finish(station.call.refresh.start({ asOf: '2026-11-16T00:00:00.000Z' }));
  const after = await station.call.activity.heatmap({ rows: 'actor' });
  expect(after.total).toBe(before.total + 1);
  // 23:30 in Berlin on a Sunday.
  expect(after.rows.find(({ actor }) => actor === 'newcomer')?.counts.lastIndexOf(1)).toBe(167);
});
