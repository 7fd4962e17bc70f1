// Heatmaps for random filters, as the workstation answers them, and what the first one costs.
import { heatmapCells, heatmapRows } from '../../../src-main/analytics/heatmap.ts';
import { readWeekCounts } from '../../../src-main/store/cache/week-counts.ts';
import { warmHistory } from '../../../src-main/store/cache/week.ts';
import type { ActivityFilter } from '../../../src-main/store/cache/activity.ts';
import type { MirroredHistory } from '../../../src-main/store/cache/resident.ts';
import { openDatabase } from '../../../src-main/store/database.ts';
import type { Figure } from './figures.ts';
import { quantile, timed } from './timing.ts';

const queries = 300;
/** Hours on the half hour: no hour of the week is an hour of the cube. */
const zone = 'Asia/Kolkata';
/** Rows a screen asks for. */
const top = 500;

export async function measureHeatmap(
  cachePath: string,
): Promise<{ figures: readonly Figure[]; notes: readonly string[] }> {
  const cache = openDatabase(cachePath, 'cache', 'read');
  try {
    const { ms: loadMs, result: history } = await timed(() => warmHistory(cache));
    const { ms: firstMs } = await timed(() => readWeekCounts(cache, zone, everything, 'actor'));
    const filters = filtersOf(history);
    const ask = async (filter: ActivityFilter, rows: 'actor' | 'series') => {
      const { cells } = await readWeekCounts(cache, zone, filter, rows);
      return rows === 'actor' ? heatmapRows(cells, history, top) : heatmapCells(cells, history, top);
    };
    const taken = { actor: [] as number[], series: [] as number[] };
    for (const [place, filter] of filters.entries()) {
      for (const rows of ['actor', 'series'] as const) {
        const { ms } = await timed(() => ask(filter, rows));
        // The first tenth is for the compiler.
        if (place >= queries / 10) taken[rows].push(ms);
      }
    }
    const cells = history.activity.reduce((sum, { series }) => sum + series.length, 0);
    return {
      figures: [
        figure('heatmap by actor, any filter, p95', quantile(taken.actor, 0.95), 16),
        figure('heatmap by actor, any filter, median', quantile(taken.actor, 0.5), null),
        figure('heatmap by actor and action, any filter, p95', quantile(taken.series, 0.95), 16),
        figure('heatmap by actor and action, any filter, median', quantile(taken.series, 0.5), null),
        figure('heatmap, the first one: reading names and cells', loadMs, null),
        figure('heatmap, the first one: making the index', firstMs, null),
      ],
      notes: [`The cube has ${cells} cells of ${history.series.length} series.`],
    };
  } finally {
    cache.close();
  }
}

const figure = (name: string, ours: number, most: number | null): Figure => ({
  name,
  ours,
  theirs: null,
  unit: 'ms',
  target: most === null ? null : { kind: 'most', value: most },
});

const everything: ActivityFilter = { from: null, to: null };

/** Nothing, an actor, an action, a stretch of time to the microsecond, or several of them; the same ones every time. */
function filtersOf({ actors, actions, infos }: MirroredHistory): ActivityFilter[] {
  const random = sequence(7);
  const first = infos[0]!.firstMicroseconds;
  const last = infos.at(-1)!.lastMicroseconds;
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: queries + queries / 10 }, (_, place) => {
    const [from, to] = [random(), random()]
      .toSorted((a, b) => a - b)
      .map((part) => Math.floor(first + part * (last - first)));
    const range = (place & 1) === 1 ? { from: from!, to: to! } : everything;
    const actor = (place & 2) === 2 && random() < 0.5 ? { actor: pick(actors).actor } : {};
    const action = (place & 4) === 4 ? { action: pick(actions.values) } : {};
    return { ...range, ...actor, ...action };
  });
}

/** Numbers from 0 to 1 that look random (Numerical Recipes' linear congruential generator). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
