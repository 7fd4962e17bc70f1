// Every number of the analytics, computed a second time by PostgreSQL from the same rows.
import { beforeAll, describe, expect, test } from 'vitest';
import { judgeHours } from '../../../src-main/analytics/detectors/z3.ts';
import { cellsOf, type Cell } from '../../support/mirror.ts';
import {
  preparedStation,
  sampleDatabase,
  sampleEnd,
  type SampleDatabase,
  type Station,
} from '../../support/station.ts';

let database: SampleDatabase;
let expected: Map<string, SqlJudgement>;

beforeAll(async () => {
  database = await sampleDatabase({ events: 40_000, actors: 40, days: 56 });
  expected = await judgeInSql();
});

type SqlJudgement = {
  account: string;
  actor: string;
  action: string;
  hour: string;
  y: number;
  n: number;
  active: number;
  mean: number;
  sd: number;
  used: number;
  z: number;
};

/** The formula in plain SQL: zero hours are generated one by one, nothing is shared with the engine. */
const hourlySql = `
  CREATE TEMP TABLE hourly AS
    SELECT source_account_id AS account, actor_user_id AS actor, event_type AS action, floor(extract(epoch FROM created_at) / 3600)::bigint AS hour, count(*)::int AS y
      FROM np_auditlog_events WHERE actor_user_id <> '' GROUP BY 1, 2, 3, 4;
  CREATE UNIQUE INDEX ON hourly (account, actor, action, hour);
  ANALYZE hourly;`;
const judgementsSql = `
  WITH first AS (SELECT account, actor, min(hour) AS hour FROM hourly GROUP BY 1, 2),
  tested AS (
    SELECT h.*, greatest(h.hour - 24 - 672, f.hour) AS from_hour, h.hour - 24 AS to_hour FROM hourly h JOIN first f USING (account, actor) WHERE h.y >= 3),
  baseline AS (
    SELECT t.account, t.actor, t.action, t.hour, t.y, b.n, b.active, b.mean, b.sd
      FROM tested t CROSS JOIN LATERAL (
        SELECT count(*)::int AS n, count(h.y)::int AS active, avg(coalesce(h.y, 0)::float8) AS mean, coalesce(stddev_samp(coalesce(h.y, 0)::float8), 0) AS sd
          FROM generate_series(t.from_hour, t.to_hour - 1) AS g(hour)
          LEFT JOIN hourly h ON h.account = t.account AND h.actor = t.actor AND h.action = t.action AND h.hour = g.hour) b)
  SELECT *, greatest(sd, sqrt(greatest(mean, 1))) AS used, (y - mean) / greatest(sd, sqrt(greatest(mean, 1))) AS z FROM baseline WHERE n > 0`;

async function judgeInSql(): Promise<Map<string, SqlJudgement>> {
  await database.owner.query(hourlySql);
  const { rows } = await database.owner.query<SqlJudgement>(judgementsSql);
  return new Map(
    rows.map((row) => [JSON.stringify([row.account, row.actor, row.action, Number(row.hour)]), row]),
  );
}

function seriesOf(station: Station) {
  return station.cache
    .prepare(
      `SELECT s.id, a.source_account AS account, a.actor, s.action, a.first_us AS first FROM series s JOIN actor a ON a.id = s.actor_id WHERE a.actor <> ''`,
    )
    .all() as { id: number; account: string; actor: string; action: string; first: number }[];
}

function hourlyOf(cells: readonly Cell[], endHour: number): { hours: number[]; counts: number[] } {
  const sums = new Map<number, number>();
  for (const { slot, count } of cells) sums.set(slot >> 2, (sums.get(slot >> 2) ?? 0) + count);
  const hours = [...sums.keys()].filter((hour) => hour < endHour).toSorted((a, b) => a - b);
  return { hours, counts: hours.map((hour) => sums.get(hour)!) };
}

describe('analytics against PostgreSQL', () => {
  test('every z of every hour with three events or more is the database’s own', async () => {
    const station = await preparedStation(database.url);
    const endHour = Date.parse(sampleEnd) / 3_600_000;
    let compared = 0;
    const cells = Map.groupBy(cellsOf(station.cache), (cell) => cell.series);
    for (const series of seriesOf(station)) {
      const hourly = {
        ...hourlyOf(cells.get(series.id) ?? [], endHour),
        firstHour: Math.floor(series.first / 3_600_000_000),
      };
      const tested = hourly.hours.filter((_, index) => hourly.counts[index]! >= 3);
      for (const judgement of judgeHours(hourly, tested)) {
        const row = expected.get(
          JSON.stringify([series.account, series.actor, series.action, judgement.hour]),
        );
        if (judgement.n === 0) {
          expect(row).toBeUndefined();
          continue;
        }
        expect(row).toMatchObject({ y: judgement.count, n: judgement.n, active: judgement.activeHours });
        expect(judgement.mean).toBeCloseTo(row!.mean, 10);
        expect(judgement.sd).toBeCloseTo(row!.sd, 9);
        expect(judgement.deviationUsed).toBeCloseTo(row!.used, 9);
        expect(judgement.z).toBeCloseTo(row!.z, 9);
        compared += 1;
      }
    }
    expect(compared).toBe(expected.size);
    expect(compared).toBeGreaterThan(500);
  });

  test('the findings are exactly the hours the database would flag', async () => {
    const station = await preparedStation(database.url);
    const flagged = [...expected].filter(([, row]) => row.n >= 24 && row.active >= 5 && row.z > 3);
    const findings = (await station.call.findings.list({})).filter(({ detector }) => detector === 'z3');
    const found = new Map(
      findings.map((finding) => [
        JSON.stringify([
          finding.sourceAccount,
          finding.actor,
          finding.action,
          Date.parse(finding.start) / 3_600_000,
        ]),
        finding,
      ]),
    );
    expect([...found.keys()].toSorted()).toEqual(flagged.map(([key]) => key).toSorted());
    expect(findings.length).toBeGreaterThan(3);
    for (const [key, row] of flagged) {
      const finding = found.get(key)!;
      expect(finding.score).toBeCloseTo(row.z, 9);
      const { rows } = await database.owner.query<{ id: string }>(
        `SELECT id FROM np_auditlog_events WHERE actor_user_id = $1 AND event_type = $2 AND created_at >= $3 AND created_at < $4 ORDER BY created_at, id COLLATE "C"`,
        [finding.actor, finding.action, finding.start, finding.end],
      );
      expect(finding.eventIds).toEqual(rows.map(({ id }) => id));
    }
  });

  test.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'])(
    'the heatmap in %s is the database’s own',
    async (zone) => {
      const station = await preparedStation(database.url);
      await station.call.source.connect({ url: database.url, zone });
      const { cells, total } = await station.call.activity.heatmap({});
      const { rows } = await database.owner.query<{
        actor: string;
        action: string;
        hour: number;
        count: number;
      }>(
        `SELECT actor_user_id AS actor, event_type AS action, ((extract(isodow FROM created_at AT TIME ZONE $1) - 1) * 24 + extract(hour FROM created_at AT TIME ZONE $1))::int AS hour, count(*)::int AS count
         FROM np_auditlog_events GROUP BY 1, 2, 3`,
        [zone],
      );
      const key = (cell: { actor: string; action: string; count: number }, hour: number) =>
        JSON.stringify([cell.actor, cell.action, hour, cell.count]);
      expect(cells.map((cell) => key(cell, cell.hourOfWeek)).toSorted()).toEqual(
        rows.map((row) => key(row, row.hour)).toSorted(),
      );
      expect(total).toBe(database.events);
    },
  );

  test('a range is half-open to the microsecond, for heatmap, actors and events alike', async () => {
    const station = await preparedStation(database.url);
    const { rows } = await database.owner.query<{ at: string; next: string }>(
      `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, to_char((created_at + interval '1 day') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS next
         FROM np_auditlog_events ORDER BY created_at OFFSET 5000 LIMIT 1`,
    );
    const range = { from: rows[0]!.at, to: rows[0]!.next };
    const counted = await database.owner.query<{ all: number; named: number }>(
      `SELECT count(*)::int AS all, (count(*) FILTER (WHERE actor_user_id <> ''))::int AS named FROM np_auditlog_events WHERE created_at >= $1 AND created_at < $2`,
      [range.from, range.to],
    );
    expect((await station.call.activity.heatmap(range)).total).toBe(counted.rows[0]!.all);
    const actors = await station.call.activity.topActors({ ...range, limit: 10_000 });
    expect(actors.reduce((sum, actor) => sum + actor.count, 0)).toBe(counted.rows[0]!.named);
    const events = await station.call.activity.events({ ...range, limit: 1000 });
    expect(events.total).toBe(counted.rows[0]!.all);
  });

  test('events page by page are all of them, once each, newest first', async () => {
    const station = await preparedStation(database.url);
    const actor = (await station.call.activity.topActors({ limit: 1 }))[0]!;
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await station.call.activity.events({
        actor: actor.actor,
        limit: 97,
        ...(before === undefined ? {} : { before }),
      });
      seen.push(...page.events.map((event) => `${event.createdAt} ${event.id}`));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toHaveLength(actor.count);
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed());
  });
});
