// The week index of a mirror in a zone, and the mirror's own cells, brought into memory without keeping the thread.
import { setImmediate as turn } from 'node:timers/promises';
import { Problem } from '#shared/model/problem.ts';
import { hourOfWeekIn } from '#shared/time/hour-of-week.ts';
import { buildWeekIndex, type WeekIndex } from '../../analytics/week-index.ts';
import type { DatabaseHandle } from '../database.ts';
import { inSlices } from './in-slices.ts';
import { mirroredHistory, readPiece, type MirroredHistory } from './resident.ts';

/** The mirror as it is now, read piece by piece where that takes long. */
export async function warmHistory(database: DatabaseHandle): Promise<MirroredHistory> {
  await inSlices(() => {
    if (database.open) return readPiece(database);
    throw new Problem('conflict', 'The local copy of the events was replaced while it was being read.', {
      next: 'Try again.',
    });
  });
  return mirroredHistory(database);
}

type Built = {
  readonly activity: MirroredHistory['activity'];
  readonly zone: string;
  readonly index: Promise<WeekIndex>;
};

/** One zone at a time: a workspace has one, and an index is as large as the cells themselves. */
const builts = new WeakMap<DatabaseHandle, Built>();
const clocks = new Map<string, (slot: number) => number>();

/** Answers what was built before for as long as the cells stay as they are. */
export async function weekOf(
  database: DatabaseHandle,
  history: MirroredHistory,
  zone: string,
): Promise<WeekIndex> {
  const known = builts.get(database);
  if (known?.activity === history.activity && known.zone === zone) return known.index;
  const index = build(history, zone);
  const built = { activity: history.activity, zone, index };
  builts.set(database, built);
  index.catch(() => builts.get(database) === built && builts.delete(database));
  return index;
}

/** A clock is slow to make, so others get their turn before and after; and again before the index is used. */
async function build(history: MirroredHistory, zone: string): Promise<WeekIndex> {
  await turn();
  let hourOfWeek = clocks.get(zone);
  if (!hourOfWeek) clocks.set(zone, (hourOfWeek = hourOfWeekIn(zone)));
  await turn();
  const index = await complete(buildWeekIndex(history, zone, hourOfWeek));
  await turn();
  return index;
}

async function complete<Result>(work: Generator<void, Result>): Promise<Result> {
  let last = work.next();
  await inSlices(() => last.done === true || (last = work.next()).done === true);
  if (last.done !== true) throw new Error('Work that ended has no result.');
  return last.value;
}
