// What the mirror holds by local hour of the week, for any filter.
import { setImmediate as turn } from 'node:timers/promises';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { placeFrom, wholeSlots, type WeekIndex } from '../../analytics/week-index.ts';
import type { WeekRow } from '../../analytics/week-rows.ts';
import { sumWeek, type WeekCells } from '../../analytics/week.ts';
import type { DatabaseHandle } from '../database.ts';
import { edgesOf, forEachEdgeEvent, type ActivityFilter } from './activity.ts';
import { mirroredHistory, type MirroredHistory } from './resident.ts';
import { warmHistory, weekOf } from './week.ts';

export type WeekCounts = { readonly history: MirroredHistory; readonly cells: WeekCells };

/** Counts by hour of the week in a zone. Only what changed since the last call is read; nothing keeps the thread for long. */
export async function readWeekCounts(
  database: DatabaseHandle,
  zone: string,
  filter: ActivityFilter,
  rows: WeekRow,
): Promise<WeekCounts> {
  for (let attempt = 1; ; attempt += 1) {
    const history = await warmHistory(database);
    const index = await weekOf(database, history, zone);
    // A refresh may have written while the index was made, and the events at a range's edges are read one by one.
    const isCurrent = !hasEdges(filter) || mirroredHistory(database).activity === history.activity;
    if (!isCurrent && attempt < mostAttempts) continue;
    const cells = countWeek(history, index, filter, rows);
    // Whoever asked will go on to form thousands of rows.
    await turn();
    return { history, cells };
  }
}

const mostAttempts = 5;

const hasEdges = ({ from, to }: ActivityFilter) =>
  [from, to].some((edge) => edge !== null && edge % microsecondsPerSlot !== 0);

export function countWeek(
  history: MirroredHistory,
  index: WeekIndex,
  filter: ActivityFilter,
  rows: WeekRow,
): WeekCells {
  const { from, to } = edgesOf(filter);
  const { first, end } = wholeSlots(from, to);
  const action = filter.action === undefined ? undefined : (history.actions.find(filter.action) ?? -1);
  const asked = { rows, actor: filter.actor, action, firstSlot: first, endSlot: end };
  return sumWeek(index, { ...asked, extra: edgeEvents(history, index, filter) });
}

/** Events at a range's two edges, where it cuts through a quarter hour. */
function edgeEvents(history: MirroredHistory, index: WeekIndex, filter: ActivityFilter) {
  const found: { series: number; hour: number; count: number }[] = [];
  forEachEdgeEvent(history, filter, (series, microseconds) => {
    const hour = index.hourOfPlace[placeFrom(index, Math.floor(microseconds / microsecondsPerSlot))]!;
    found.push({ series, hour, count: 1 });
  });
  return found;
}
