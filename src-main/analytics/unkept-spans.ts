// Which counted events are not here one by one: the newest of them, as stretches of time to ask the database for.
import type { EventSpan } from '../source/known-event-query.ts';
import { countKeptBySlot, forEachCount, type ActivityFilter } from '../store/cache/activity.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { mirroredHistory } from '../store/cache/resident.ts';
import { stretchesOf } from './cite-cells.ts';

export type Unkept = {
  /** At least one quarter hour of one series, and no more than `most` events where one holds not more by itself. */
  readonly spans: readonly EventSpan[];
  /** How many events were counted in all, and how many of these are not here. */
  readonly counted: number;
  readonly missing: number;
};

/** @param matches Whether a quarter hour since the epoch is asked about. */
export function unkeptSpans(
  database: DatabaseHandle,
  filter: ActivityFilter,
  matches: (slot: number) => boolean,
  most: number,
): Unkept {
  const history = mirroredHistory(database);
  const kept = countKeptBySlot(database, filter);
  const open: { series: number; slot: number; missing: number }[] = [];
  let counted = 0;
  forEachCount(history, filter, (series, slot, count) => {
    if (!matches(slot)) return;
    counted += count;
    const missing = count - (kept.get(`${series} ${slot}`) ?? 0);
    if (missing > 0) open.push({ series, slot, missing });
  });
  const chosen = newestUpTo(open, most);
  const spans = [...Map.groupBy(chosen, ({ series }) => series)].flatMap(([number, own]) => {
    const series = history.series[number]!;
    const { sourceAccount, actor } = history.actors[series.actor]!;
    const names = { sourceAccount, actor, action: history.actions.valueOf(series.action) };
    return stretchesOf(new Set(own.map(({ slot }) => slot))).map((stretch) => ({ ...names, ...stretch }));
  });
  return { spans, counted, missing: open.reduce((sum, { missing }) => sum + missing, 0) };
}

function newestUpTo<Open extends { slot: number; missing: number }>(
  open: readonly Open[],
  most: number,
): Open[] {
  const chosen: Open[] = [];
  let events = 0;
  for (const one of open.toSorted((a, b) => b.slot - a.slot)) {
    if (chosen.length > 0 && events + one.missing > most) break;
    chosen.push(one);
    events += one.missing;
  }
  return chosen;
}
