// Nothing is lost and nothing counted twice between what arrives and what is shown; each broken promise in a sentence.
import { isDeepStrictEqual } from 'node:util';
import { hourlyCounts } from '../../../src-main/analytics/history/activity.ts';
import type { HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../src-main/analytics/history/history.ts';
import { segmentFields, textAt } from '../../../src-main/analytics/history/segment.ts';
import {
  countByDay,
  countEvents,
  readActions,
  readSlices,
  readTopActors,
  readTotals,
} from '../../../src-main/store/cache/activity.ts';
import { batchWriter } from '../../../src-main/store/cache/mirror.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import { readWeekCounts } from '../../../src-main/store/cache/week-counts.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { foldIntoWeek } from './fold-into-week.ts';
import type { Violation } from './detector-laws.ts';
import { batchFrom } from './random-batches.ts';
import type { Random } from './random.ts';

export type Arrived = Map<string, HistoryEvent>;

export const keyOf = ({ id, createdAtMicroseconds }: HistoryEvent): string =>
  `${createdAtMicroseconds} ${id}`;

/** Writes deliveries one by one, and remembers which events count: of those equal in id and time the first. */
export function deliver(
  database: DatabaseHandle,
  deliveries: readonly (readonly (readonly HistoryEvent[])[])[],
  random: Random,
  arrived: Arrived,
): Violation[] {
  const violations: Violation[] = [];
  const write = batchWriter(database);
  for (const batches of deliveries) {
    const before = arrived.size;
    const events = batches.flat();
    for (const event of events) if (!arrived.has(keyOf(event))) arrived.set(keyOf(event), event);
    const written = write(
      batches.map((batch) => batchFrom(batch, random)),
      { watermarkMicroseconds: null, keptActions: new Set(['role_grant']), isWhole: true },
    );
    const wanted = { added: arrived.size - before, duplicates: events.length - arrived.size + before };
    if (!isDeepStrictEqual({ added: written.added, duplicates: written.duplicates }, wanted))
      violations.push({
        law: 'a delivery says what was new',
        detector: '',
        detail: JSON.stringify([wanted, written]),
      });
  }
  return violations;
}

/** Counts that must agree, by where they are read. */
export async function brokenMirrorLaws(
  database: DatabaseHandle,
  arrived: Arrived,
  zone: string,
): Promise<Violation[]> {
  const violations: Violation[] = [];
  const same = (law: string, found: unknown, wanted: unknown) => {
    if (isDeepStrictEqual(found, wanted)) return;
    violations.push({
      law,
      detector: '',
      detail: `${JSON.stringify(wanted)?.slice(0, 600)} but ${JSON.stringify(found)?.slice(0, 600)}`,
    });
  };
  const history = mirroredHistory(database);
  const events = [...arrived.values()];
  same('segments hold every event once, whole', sorted(eventsIn(history)), sorted(events.map(rowOf)));
  same('segments ascend and never overlap', isInOrder(history), true);
  const total = arrived.size;
  same('totals', readTotals(database).events, total);
  same('unattributed', readTotals(database).unattributed, events.filter(({ actor }) => actor === '').length);
  same(
    'counts of days',
    countByDay(database),
    countsBy(events, (event) => Math.floor(event.createdAtMicroseconds / microsecondsPerDay)),
  );
  same('cells by hour', sumOfHours(history), total);
  same(
    'cells by slot',
    readSlices(database, { from: null, to: null }).reduce((sum, { count }) => sum + count, 0),
    total,
  );
  same(
    'actions',
    new Map(readActions(database).map(({ action, count }) => [action, count])),
    countsBy(events, ({ action }) => action),
  );
  const actors = readTopActors(database, { from: null, to: null }, 1_000_000);
  same(
    'actors',
    new Map(actors.map(({ sourceAccount, actor, count }) => [JSON.stringify([sourceAccount, actor]), count])),
    countsBy(
      events.filter(({ actor }) => actor !== ''),
      ({ sourceAccount, actor }) => JSON.stringify([sourceAccount, actor]),
    ),
  );
  const whole = { from: null, to: null };
  const { cells, history: shown } = await readWeekCounts(database, zone, whole, 'series');
  same('the heatmap, cell by cell', weekOf(cells, shown), foldIntoWeek(events, zone));
  const middle = events[Math.floor(events.length / 2)]?.createdAtMicroseconds ?? 0;
  const half = { from: middle, to: null };
  const inHalf = events.filter(({ createdAtMicroseconds: at }) => at >= middle);
  same('a range that begins anywhere', countEvents(database, half), inHalf.length);
  const partly = await readWeekCounts(database, zone, half, 'series');
  same(
    'the heatmap of a range, cell by cell',
    weekOf(partly.cells, partly.history),
    foldIntoWeek(inHalf, zone),
  );
  return violations;
}

const sorted = (rows: readonly string[]): string[] => rows.toSorted();

function rowOf({ id, createdAtMicroseconds, sourceAccount, actor, action, fields }: HistoryEvent): string {
  const texts = segmentFields.map((field) => fields?.[field] ?? null);
  return JSON.stringify([createdAtMicroseconds, id, sourceAccount, actor, action, ...texts]);
}

function eventsIn(history: History): string[] {
  return history.segments.flatMap((segment) =>
    Array.from({ length: segment.length }, (_, index) => {
      const series = history.series[segment.series[index]!]!;
      const { sourceAccount, actor } = history.actors[series.actor]!;
      const texts = segmentFields.map((field) => textAt(segment, field, index));
      const action = history.actions.valueOf(series.action);
      return JSON.stringify([
        segment.microseconds[index],
        segment.idAt(index),
        sourceAccount,
        actor,
        action,
        ...texts,
      ]);
    }),
  );
}

function isInOrder({ segments }: History): boolean {
  let last = -Infinity;
  let lastId = Buffer.alloc(0);
  for (const segment of segments) {
    for (let index = 0; index < segment.length; index += 1) {
      const at = segment.microseconds[index]!;
      const id = Buffer.from(segment.idAt(index));
      if (at < last || (at === last && Buffer.compare(id, lastId) <= 0)) return false;
      [last, lastId] = [at, id];
    }
  }
  return true;
}

export function countsBy<Key>(
  events: readonly HistoryEvent[],
  keyOf: (event: HistoryEvent) => Key,
): Map<Key, number> {
  const groups = Map.groupBy(events, keyOf);
  return new Map([...groups].map(([key, members]) => [key, members.length]));
}

function sumOfHours(history: History): number {
  const groupOf = Int32Array.from(history.series, ({ actor }) => actor);
  const { counts } = hourlyCounts(history.activity, groupOf, history.actors.length, -Infinity, Infinity);
  return counts.reduce((sum, count) => sum + count, 0);
}

type WeekCells = Awaited<ReturnType<typeof readWeekCounts>>['cells'];

function weekOf({ series, hours, counts }: WeekCells, history: History): Map<string, number> {
  const found = new Map<string, number>();
  for (let cell = 0; cell < series.length; cell += 1) {
    const { actor, action } = history.series[series[cell]!]!;
    const key = JSON.stringify([history.actors[actor]!.actor, history.actions.valueOf(action), hours[cell]]);
    found.set(key, (found.get(key) ?? 0) + counts[cell]!);
  }
  return found;
}
