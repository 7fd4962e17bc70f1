// A refresh after ten thousand new events, against Postgres refreshing its view.
import { openDatabase } from '../../../src-main/store/database.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { appendEvents, type Dataset } from './dataset.ts';
import { refreshOnce, refreshView } from './first-refresh.ts';
import type { Source } from './source.ts';
import { median } from './timing.ts';

export const newEvents = 10_000;
/** A view over more than this is refreshed once, however many rounds there are. */
const longRun = 3_000_000;
/** The server's own counters of changes are up to a second behind. */
const settlingMs = 1_200;

export interface Incremental {
  readonly oursMs: number;
  readonly theirsMs: number;
  readonly allOursMs: readonly number[];
}

/** Every round adds events of a later hour, so that none of them does the work of another. */
export async function measureIncremental(
  postgres: TestPostgres,
  dataset: Dataset,
  source: Source,
  cachePath: string,
  rounds: number,
): Promise<Incremental> {
  const ours: number[] = [];
  const theirs: number[] = [];
  // The program has the cache open as long as its window is; closed by the last one, the file would be tidied up each time.
  const open = openDatabase(cachePath, 'cache');
  for (let round = 0; round < rounds; round += 1) {
    await appendEvents(postgres, dataset, round, newEvents);
    await new Promise((resolve) => {
      setTimeout(resolve, settlingMs);
    });
    const { ms, report } = await refreshOnce(cachePath, source);
    const added = report.pulled - report.duplicates;
    if (added !== newEvents) throw new Error(`A refresh added ${added} events where ${newEvents} were new.`);
    ours.push(ms);
    if (round === 0 || dataset.events <= longRun) theirs.push(await refreshView(postgres, dataset.database));
  }
  open.close();
  return { oursMs: median(ours), theirsMs: median(theirs), allOursMs: ours };
}
