// z3 over all of history, and the cube from rows: ours, in Postgres and in DuckDB, with the same answers.
import type { DuckDBConnection } from '@duckdb/node-api';
import { judgeAll } from '../../../src-main/analytics/detectors/z3-detector.ts';
import type { Scope } from '../../../src-main/analytics/detector.ts';
import { countCells, groupBySeries } from '../../../src-main/store/cache/cells.ts';
import { mirroredHistory, type MirroredHistory } from '../../../src-main/store/cache/resident.ts';
import { allRows } from '../../../src-main/store/cache/stretch.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { countIn, loadDuckDb } from './duckdb.ts';
import type { Figure } from './figures.ts';
import { median, medianMs, timed } from './timing.ts';

/**
 * z3 with all its zero hours, as one window over the hours that have events: hours without any add nothing to a sum, and
 * their number is known. `source` answers (series key, hour, y, first_hour).
 */
const z3Sql = (key: string, source: string) => `
  WITH hourly AS MATERIALIZED (${source}),
  sums AS (
    SELECT hour, y, first_hour, coalesce(sum(y) OVER w, 0)::double precision AS s, coalesce(sum(y * y) OVER w, 0)::double precision AS q,
           count(*) OVER w AS active
      FROM hourly WINDOW w AS (PARTITION BY ${key} ORDER BY hour RANGE BETWEEN 696 PRECEDING AND 25 PRECEDING)),
  baseline AS (SELECT *, least(672, hour - 24 - first_hour)::double precision AS n FROM sums),
  moments AS (
    SELECT *, s / n AS mean, sqrt(greatest(0, n * q - s * s) / (n * (n - 1))) AS sd FROM baseline WHERE n >= 24 AND active >= 5 AND y >= 3)
  SELECT count(*) FROM moments WHERE (y - mean) / greatest(sd, sqrt(greatest(mean, 1))) > 3`;

const postgresHours = `
  SELECT account, actor, action, hour, y, min(hour) OVER (PARTITION BY account, actor) AS first_hour
    FROM (SELECT source_account_id AS account, actor_user_id AS actor, event_type AS action,
                 floor(extract(epoch FROM created_at) / 3600)::bigint AS hour, count(*)::bigint AS y
            FROM np_auditlog_events WHERE actor_user_id <> '' GROUP BY 1, 2, 3, 4) AS h`;
const hoursFrom = (table: string, hour: string, count: string) => `
  SELECT series, hour, y, first_hour
    FROM (SELECT series, (${hour})::INTEGER AS hour, ${count}::BIGINT AS y FROM ${table} GROUP BY 1, 2) AS h JOIN series USING (series)`;
const duckDbFromRows = hoursFrom('event', 'us // 3600000000', 'count(*)');
const duckDbFromCells = hoursFrom('cell', 'slot // 4', 'sum(n)');

/** What a plain z asks: only hours that have events, and the hour itself among them. No zero hours, no window, no gap. */
const plainZSql = `
  WITH hourly AS (SELECT series, us // 3600000000 AS hour, count(*) AS y FROM event GROUP BY 1, 2),
  moments AS (SELECT series, avg(y) AS mean, stddev_samp(y) AS sd FROM hourly GROUP BY 1)
  SELECT count(*) FROM hourly JOIN moments USING (series) WHERE y >= 3 AND sd > 0 AND (y - mean) / sd > 3`;

const cubeSql =
  'CREATE OR REPLACE TEMP TABLE cube AS SELECT series, us // 900000000 AS slot, count(*) AS n FROM event GROUP BY 1, 2';

export interface AnalyticsFigures {
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

/** @param cachePath a mirror that holds exactly the events of the database. */
export async function measureAnalytics(
  postgres: TestPostgres,
  database: string,
  cachePath: string,
  rounds: number,
): Promise<AnalyticsFigures> {
  const cache = openDatabase(cachePath, 'cache', 'read');
  try {
    const { ms: loadMs, result: history } = await timed(() => mirroredHistory(cache, true));
    const duckDb = await loadDuckDb(history);
    const z3 = await measureZ3(history, rounds);
    const rivals = await measureRivals(postgres, database, duckDb, rounds, z3.hits);
    const cubeMs = await medianMs(rounds + 1, () => cubeFromRows(history));
    duckDb.closeSync();
    return {
      figures: [
        compared('z3, every hour with its zero hours / DuckDB, from cells', z3.ms, rivals.cellsMs, 0.3),
        compared('z3, every hour with its zero hours / DuckDB, from rows', z3.ms, rivals.rowsMs, 0.3),
        compared('z3, every hour with its zero hours / DuckDB, a plainer z', z3.ms, rivals.plainMs, 0.3),
        compared('z3, every hour with its zero hours / Postgres', z3.ms, rivals.postgresMs, null),
        compared('cube of quarter hours from rows / DuckDB', cubeMs, rivals.cubeMs, 1),
        { name: 'names and cells from disk', ours: loadMs, theirs: null, unit: 'ms', target: null },
      ],
      notes: [`z3 flags ${z3.hits} of ${z3.evaluated} hours, in all three engines.`],
    };
  } finally {
    cache.close();
  }
}

const compared = (name: string, ours: number, theirs: number, most: number | null): Figure => ({
  name,
  ours,
  theirs,
  unit: 'ms',
  target: most === null ? null : { kind: 'most', value: most },
});

async function measureZ3(history: MirroredHistory, rounds: number) {
  const days = history.activity.map(({ day }) => day);
  const scope: Scope = {
    days,
    untilMicroseconds: (days.at(-1)! + 1) * 86_400_000_000,
    touched: null,
    zone: 'UTC',
    privilegedActions: new Set(),
    holidays: new Set(),
  };
  const taken: number[] = [];
  // Hits are put into words when somebody reads them, which belongs to judging.
  let said = 0;
  let judged = judgeAll(history, scope);
  for (let round = 0; round < rounds; round += 1) {
    const { ms, result } = await timed(() => {
      const all = judgeAll(history, scope);
      for (const hit of all.hits) said += hit.explanation.what.length + Object.keys(hit.evidence).length;
      return all;
    });
    taken.push(ms);
    judged = result;
  }
  if (said === 0) throw new Error('No hit says anything.');
  return { ms: median(taken), hits: judged.hits.length, evaluated: judged.evaluated };
}

async function measureRivals(
  postgres: TestPostgres,
  database: string,
  duckDb: DuckDBConnection,
  rounds: number,
  expected: number,
) {
  const same = (name: string, found: number) => {
    if (found !== expected) throw new Error(`${name} flags ${found} hours where z3 flags ${expected}.`);
  };
  const inDuckDb = async (source: string) =>
    medianMs(rounds, async () => same('DuckDB', await countIn(duckDb, z3Sql('series', source))));
  const cellsMs = await inDuckDb(duckDbFromCells);
  const rowsMs = await inDuckDb(duckDbFromRows);
  const plainMs = await medianMs(rounds, () => countIn(duckDb, plainZSql));
  const cubeMs = await medianMs(rounds + 1, () => duckDb.run(cubeSql));
  const { ms: postgresMs, result } = await timed(() =>
    postgres.query<{ count: string }>(z3Sql('account, actor, action', postgresHours), [], database),
  );
  same('Postgres', Number(result[0]?.count));
  return { cellsMs, rowsMs, plainMs, cubeMs, postgresMs };
}

/** As the mirror counts a day it has just received, for all days. */
function cubeFromRows({ segments, infos, series }: MirroredHistory): number {
  let cells = 0;
  for (const [place, segment] of segments.entries()) {
    const grouped = groupBySeries(segment.series, allRows(segment.length), series.length);
    cells += countCells(grouped, segment.microseconds, infos[place]!.day).series.length;
  }
  return cells;
}
