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
import { buildView, createCache, judgedMs, refreshOnce } from './speed/first-refresh.ts';
import { measureHeatmap } from './speed/heatmap-queries.ts';
import { measureIncremental, newEvents } from './speed/incremental.ts';
import { measureMemory } from './speed/memory.ts';
import { findPsql } from './speed/psql.ts';
import { measurePull } from './speed/pull-rate.ts';
import { sourceOf, type Source } from './speed/source.ts';
import { measureStalls } from './speed/stalls.ts';

/** The size that an incremental refresh of a larger table is compared with. */
const smallEvents = 1_000_000;
/** Settings that the tests change for speed, as PostgreSQL comes with them. */
const defaultSettings = ['fsync=on', 'shared_buffers=128MB', 'max_connections=100'];

/** Parts that look at one and the same mirror; the last changes it. */
const onMirror = ['analytics', 'heatmap', 'refresh'] as const;

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
  const tidyUp = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const giveUp = () => void tidyUp().finally(() => process.exit(130));
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
  const results: Results = { figures: [], notes: [] };
  try {
    await measure(postgres, folder, wanted, results);
  } finally {
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
    await tidyUp();
  }
  if (wanted.json) console.log(JSON.stringify({ ...wanted, parts: [...wanted.parts], ...asJson(results) }));
  else console.log([heading(wanted), '', tableOf(results.figures), '', ...results.notes].join('\n'));
}

interface Results {
  readonly figures: Figure[];
  readonly notes: string[];
}

/** What every part of the bench works with. */
interface Bench extends Results {
  readonly wanted: BenchArguments;
  readonly postgres: TestPostgres;
  readonly dataset: Dataset;
  readonly source: Source;
  /** A new empty folder. */
  readonly fresh: (name: string) => string;
}

async function measure(
  postgres: TestPostgres,
  folder: string,
  wanted: BenchArguments,
  results: Results,
): Promise<void> {
  const fresh = (name: string) => mkdtempSync(join(folder, `${name}-`));
  const dataset = await load(postgres, 'audit', wanted.events, wanted);
  const source = await sourceOf(postgres, dataset.database);
  const bench: Bench = { ...results, wanted, postgres, dataset, source, fresh };
  if (wanted.parts.has('pull')) await measurePulling(bench);
  if (wanted.parts.has('memory')) {
    say('Refreshing in a process of its own, for its memory');
    results.figures.push(...(await measureMemory(source, createCache(fresh('memory')), wanted.events)));
  }
  if (wanted.parts.has('stall')) {
    say('Refreshing through a workstation, for its stalls');
    add(results, await measureStalls(postgres.url(dataset.database), fresh('workspace')));
  }
  if (onMirror.some((part) => wanted.parts.has(part))) await measureMirror(bench);
}

async function measurePulling({ postgres, dataset, source, wanted, figures, notes }: Bench): Promise<void> {
  const psql = findPsql(process.env['PATH'] ?? '');
  if (psql === null) notes.push('psql not found: what it is compared with is left out.');
  say('Pulling');
  figures.push(...(await measurePull(postgres, dataset, source, wanted.rounds, psql)));
}

async function measureMirror(bench: Bench): Promise<void> {
  const { postgres, dataset, source, wanted, figures, notes } = bench;
  const cachePath = createCache(bench.fresh('cache'));
  say('Refreshing for the first time');
  const first = await refreshOnce(cachePath, source);
  const steps = first.steps.map(([step, ms]) => `${step} ${Math.round(ms)} ms`).join(', ');
  notes.push(`First refresh: ${steps}; ${first.report.findings} findings.`);
  if (wanted.parts.has('refresh')) {
    say('Building the view in PostgreSQL');
    const viewMs = await buildView(postgres, dataset.database);
    figures.push(
      compared('first refresh, findings on disk / Postgres building the view', judgedMs(first), viewMs, 0.5),
      compared('first refresh, cited events fetched and counts compared', first.ms, viewMs, null),
    );
  }
  if (wanted.parts.has('analytics')) {
    say('Judging and counting');
    add(bench, await measureAnalytics(postgres, dataset.database, cachePath, wanted.rounds));
  }
  if (wanted.parts.has('heatmap')) {
    say('Asking for heatmaps');
    add(bench, await measureHeatmap(cachePath));
  }
  if (wanted.parts.has('refresh')) await measureIncrements(bench, cachePath);
}

async function measureIncrements(bench: Bench, cachePath: string): Promise<void> {
  const { postgres, dataset, source, wanted, figures } = bench;
  const { events, rounds } = wanted;
  say(`Adding ${newEvents} events and refreshing`);
  const large = await measureIncremental(postgres, dataset, source, cachePath, rounds);
  const name = (over: number) => `incremental ${newEvents} over ${over} / REFRESH CONCURRENTLY`;
  figures.push(compared(name(events), large.oursMs, large.theirsMs, 0.01));
  if (events <= smallEvents) return;
  const small = await load(postgres, 'small', smallEvents, wanted);
  const smallSource = await sourceOf(postgres, small.database);
  const smallCache = createCache(bench.fresh('small'));
  await refreshOnce(smallCache, smallSource);
  await buildView(postgres, small.database);
  const less = await measureIncremental(postgres, small, smallSource, smallCache, rounds);
  figures.push(
    compared(name(smallEvents), less.oursMs, less.theirsMs, 0.01),
    compared(`incremental over ${events} / over ${smallEvents}`, large.oursMs, less.oursMs, 1.5),
  );
}

function add(
  to: Results,
  { figures, notes }: { figures: readonly Figure[]; notes: readonly string[] },
): void {
  to.figures.push(...figures);
  to.notes.push(...notes);
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

function compared(name: string, ours: number, theirs: number, most: number | null): Figure {
  return { name, ours, theirs, unit: 'ms', target: most === null ? null : { kind: 'most', value: most } };
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
