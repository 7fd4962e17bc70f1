// Measures the engine against Postgres, psql and DuckDB on the same data in one run, and prints what came of it.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { measureAnalytics } from './speed/analytics-speed.ts';
import { readArguments, type BenchArguments } from './speed/arguments.ts';
import { createDataset, type Dataset } from './speed/dataset.ts';
import { measureOf, tableOf, verdictOf, type Figure } from './speed/figures.ts';
import { buildView, createCache, refreshOnce } from './speed/first-refresh.ts';
import { measureHeatmap } from './speed/heatmap-queries.ts';
import { measureIncremental, newEvents } from './speed/incremental.ts';
import { measureMemory } from './speed/memory.ts';
import { findPsql } from './speed/psql.ts';
import { measurePull } from './speed/pull-rate.ts';
import { sourceOf } from './speed/source.ts';
import { measureStalls } from './speed/stalls.ts';

/** The size that an incremental refresh of a larger table is compared with. */
const smallEvents = 1_000_000;
/** Settings that the tests change for speed, as PostgreSQL comes with them. */
const defaultSettings = ['fsync=on', 'shared_buffers=128MB', 'max_connections=100'];

try {
  await run(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.next === null ? error.message : `${error.message}\n${error.next}`);
  process.exitCode = error.code === 'invalid-input' ? 2 : 1;
}

async function run(wanted: BenchArguments): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  say('Starting PostgreSQL');
  const postgres = await startPostgres({ postgresFlags: defaultSettings });
  const results: Results = { figures: [], notes: [] };
  try {
    await measure(postgres, folder, wanted, results);
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  if (wanted.json) console.log(JSON.stringify({ ...wanted, parts: [...wanted.parts], ...asJson(results) }));
  else console.log([heading(wanted), '', tableOf(results.figures), '', ...results.notes].join('\n'));
}

interface Results {
  readonly figures: Figure[];
  readonly notes: string[];
}

async function measure(
  postgres: TestPostgres,
  folder: string,
  wanted: BenchArguments,
  { figures, notes }: Results,
): Promise<void> {
  const { events, rounds, parts } = wanted;
  const fresh = (name: string) => mkdtempSync(join(folder, `${name}-`));
  const dataset = await load(postgres, 'audit', events, wanted);
  const source = await sourceOf(postgres, dataset.database);
  if (parts.has('pull')) {
    const psql = findPsql(process.env['PATH'] ?? '');
    if (psql === null) notes.push('psql not found: what it is compared with is left out.');
    say('Pulling');
    figures.push(...(await measurePull(postgres, dataset, source, rounds, psql)));
  }
  if (parts.has('memory')) {
    say('Refreshing in a process of its own, for its memory');
    figures.push(...(await measureMemory(source, createCache(fresh('memory')), events)));
  }
  if (parts.has('stall')) {
    say('Refreshing through a workstation, for its stalls');
    const stalls = await measureStalls(postgres.url(dataset.database), fresh('workspace'));
    figures.push(...stalls.figures);
    notes.push(...stalls.notes);
  }
  const cachePath = createCache(fresh('cache'));
  if (!['refresh', 'analytics', 'heatmap'].some((part) => parts.has(part as 'refresh'))) return;
  say('Refreshing for the first time');
  const first = await refreshOnce(cachePath, source);
  notes.push(
    `First refresh: ${first.steps.map(([step, ms]) => `${step} ${Math.round(ms)} ms`).join(', ')}; ${first.report.findings} findings.`,
  );
  if (parts.has('refresh')) {
    say('Building the view in PostgreSQL');
    const viewMs = await buildView(postgres, dataset.database);
    figures.push(figure('first refresh / Postgres building the heatmap view', first.ms, viewMs, 0.5));
  }
  if (parts.has('analytics')) {
    say('Judging and counting');
    const analytics = await measureAnalytics(postgres, dataset.database, cachePath, rounds);
    figures.push(...analytics.figures);
    notes.push(...analytics.notes);
  }
  if (parts.has('heatmap')) {
    say('Asking for heatmaps');
    const heatmap = await measureHeatmap(cachePath);
    figures.push(...heatmap.figures);
    notes.push(...heatmap.notes);
  }
  if (!parts.has('refresh')) return;
  say(`Adding ${newEvents} events and refreshing`);
  const large = await measureIncremental(postgres, dataset, source, cachePath, rounds);
  figures.push(figure(`incremental ${newEvents} / REFRESH CONCURRENTLY`, large.oursMs, large.theirsMs, 0.01));
  if (events <= smallEvents) return;
  const small = await load(postgres, 'small', smallEvents, wanted);
  const smallSource = await sourceOf(postgres, small.database);
  const smallCache = createCache(fresh('small'));
  await refreshOnce(smallCache, smallSource);
  await buildView(postgres, small.database);
  const compared = await measureIncremental(postgres, small, smallSource, smallCache, rounds);
  figures.push(
    figure(
      `incremental over ${smallEvents} / REFRESH CONCURRENTLY`,
      compared.oursMs,
      compared.theirsMs,
      0.01,
    ),
    figure(`incremental over ${events} / over ${smallEvents}`, large.oursMs, compared.oursMs, 1.5),
  );
}

async function load(
  postgres: TestPostgres,
  database: string,
  events: number,
  { actors }: BenchArguments,
): Promise<Dataset> {
  say(`Making ${events} events`);
  return createDataset(postgres, database, { events, actors, nowMs: Date.now() });
}

function figure(name: string, ours: number, theirs: number, most: number): Figure {
  return { name, ours, theirs, unit: 'ms', target: { kind: 'most', value: most } };
}

function heading({ events, actors, rounds }: BenchArguments): string {
  return `${events.toLocaleString('en-GB')} events, ${actors} actors, 40 event types, 90 days; ${availableParallelism()} cores; Node ${process.version}; medians of ${rounds}.`;
}

function asJson({ figures, notes }: Results) {
  return {
    figures: figures.map((each) => ({ ...each, measure: measureOf(each), verdict: verdictOf(each) })),
    notes,
  };
}

/** Progress goes where it does not get between a table and whoever reads it. */
function say(step: string): void {
  console.error(`${step} …`);
}
