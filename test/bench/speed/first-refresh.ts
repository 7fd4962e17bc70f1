// The first refresh of a new workspace, in the engine's worker, against Postgres building one view.
import { join } from 'node:path';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { runRefresh } from '../../../src-main/analytics/engine.ts';
import { cacheMigrations } from '../../../src-main/store/cache/schema.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import { migrate } from '../../../src-main/store/migrate.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { refreshRequest, type Source } from './source.ts';
import { timed } from './timing.ts';

export const engineUrl = new URL('../../../src-main/analytics/worker.ts', import.meta.url);

/** The heatmap as the published plugin asks for it, as a view that a dashboard can afford to read. */
const heatmapSql = `SELECT actor_user_id, extract(dow FROM created_at)::int AS dow, extract(hour FROM created_at)::int AS hour, event_type, count(*) AS events
  FROM np_auditlog_events GROUP BY 1, 2, 3, 4`;

/** Milliseconds Postgres takes; the view stays, with the unique index that a concurrent refresh asks for. */
export async function buildView(postgres: TestPostgres, database: string): Promise<number> {
  const { ms } = await timed(() =>
    postgres.query(`CREATE MATERIALIZED VIEW heatmap AS ${heatmapSql}`, [], database),
  );
  await postgres.query('CREATE UNIQUE INDEX ON heatmap (actor_user_id, dow, hour, event_type)', [], database);
  return ms;
}

export async function refreshView(postgres: TestPostgres, database: string): Promise<number> {
  return (await timed(() => postgres.query('REFRESH MATERIALIZED VIEW CONCURRENTLY heatmap', [], database)))
    .ms;
}

/** Lays out an empty cache in a folder and answers its path. */
export function createCache(folder: string): string {
  const path = join(folder, 'cache.sqlite');
  const database = openDatabase(path, 'cache');
  migrate(database, cacheMigrations, () => {});
  database.close();
  return path;
}

export interface Refreshed {
  readonly ms: number;
  readonly report: RefreshReport;
  /** Milliseconds by step, in the order they came. */
  readonly steps: readonly (readonly [step: string, ms: number])[];
}

export async function refreshOnce(cachePath: string, source: Source): Promise<Refreshed> {
  const marks: { step: string; at: number }[] = [];
  const note = (step: string) => {
    if (marks.at(-1)?.step !== step) marks.push({ step, at: performance.now() });
  };
  note('Starting');
  const { signal } = new AbortController();
  const { ms, result } = await timed(() =>
    runRefresh(engineUrl, { cachePath, request: refreshRequest(source) }, note, signal),
  );
  const end = performance.now();
  const steps = marks.map(({ step, at }, place) => [step, (marks[place + 1]?.at ?? end) - at] as const);
  return { ms, report: result, steps };
}

/** Milliseconds until everything is pulled, mirrored, counted and judged, and every finding is on disk. */
export function judgedMs({ steps }: Refreshed): number {
  const last = steps.findLastIndex(([step]) => step === 'Judging');
  return steps.slice(0, last + 1).reduce((sum, [, ms]) => sum + ms, 0);
}
