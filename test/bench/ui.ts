// Measures the screens in a real browser over the real door, each beside a plain way to show the same, and prints what came of it.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { Problem } from '#shared/model/problem.ts';
import { launchChromium } from '../support/chromium.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { readArguments, type ScreenBenchArguments } from './ui/arguments.ts';
import { browseEvents, browsePlainly, eventFigures, newestEvents } from './ui/events.ts';
import { memoryFigure, tableOf, type ScreenFigure } from './ui/figures.ts';
import { fillWorkspace } from './ui/filled-workspace.ts';
import { countWeeks, drawHeatmap, drawSvg, heatmapFigures } from './ui/heatmap.ts';
import { rendererBytes, residentBytes } from './ui/memory.ts';
import { measureQueue } from './ui/queue.ts';
import { startCold } from './ui/start.ts';
import { afterwards } from './ui/undo.ts';

try {
  await run(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.next === null ? error.message : `${error.message}\n${error.next}`);
  process.exitCode = error.code === 'invalid-input' ? 2 : 1;
}

async function run(wanted: ScreenBenchArguments): Promise<void> {
  const undo = afterwards();
  try {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-ui-'));
    undo.add(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
    chmodSync(folder, 0o711);
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace, { mode: 0o755 });
    say(`Making ${wanted.events} events and ${wanted.items} items`);
    const postgres = await startPostgres();
    undo.add(() => postgres.stop());
    const figures = await measure(postgres, workspace, wanted, undo.add);
    if (wanted.json) console.log(JSON.stringify({ ...wanted, figures }));
    else console.log(`${headingOf(wanted)}\n\n${tableOf(figures)}`);
  } finally {
    await undo.all();
  }
}

async function measure(
  postgres: TestPostgres,
  workspace: string,
  wanted: ScreenBenchArguments,
  later: (step: () => Promise<void>) => void,
): Promise<ScreenFigure[]> {
  const dataset = await fillWorkspace(postgres, workspace, wanted);
  const weeks = await countWeeks(postgres, dataset.database, wanted.actors);
  const rows = await newestEvents(postgres, dataset);
  const browser = await launchChromium();
  later(() => browser.close());
  say('Starting cold');
  const { door, page, figures } = await startCold(browser, workspace);
  later(door.close);
  figures.push(memoryFigure('renderer, overview open', await rendererBytes(browser)));
  figures.push(memoryFigure('main (the door’s process), overview open', residentBytes(door.processId)));
  say('Walking through the queue');
  figures.push(...(await measureQueue(page, wanted.items)));
  say('Drawing heatmaps');
  const drawn = await drawHeatmap(page, wanted.actors);
  const heatmapBytes = await rendererBytes(browser);
  for (const ours of drawn) {
    say(`Drawing ${ours.rows} rows as SVG`);
    const svg = await inOwnBrowser((other) => drawSvg(other, weeks.slice(0, ours.rows)));
    figures.push(...heatmapFigures(ours, svg, heatmapBytes));
  }
  say('Browsing events');
  const ours = await browseEvents(browser, page, dataset);
  const plain = await inOwnBrowser((other) => browsePlainly(other, rows));
  figures.push(...eventFigures(wanted.events, ours, plain));
  figures.push(memoryFigure('main (the door’s process), after all of it', residentBytes(door.processId)));
  return figures;
}

/** What is compared has no memory of what was drawn before. */
async function inOwnBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await launchChromium();
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

function headingOf({ events, actors, items }: ScreenBenchArguments): string {
  const [many, people, open] = [events, actors, items].map((count) => count.toLocaleString('en-GB'));
  return `${many} events, ${people} actors, ${open} review items; ${availableParallelism()} cores; Node ${process.version}.`;
}

/** Progress goes where it does not get between a table and whoever reads it. */
function say(step: string): void {
  console.error(`${step} …`);
}
