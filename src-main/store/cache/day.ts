// One UTC day of the mirror: its segments, its cells, its totals, and what of it is kept whole.
import type { DatabaseHandle } from '../database.ts';
import { row, run } from '../query.ts';
import {
  addCells,
  countCells,
  groupBySeries,
  packCells,
  unpackCells,
  type BySeries,
  type Cells,
} from './cells.ts';
import { assertUnchanged, checksumOf } from './checksum.ts';
import type { WriteOptions, Written } from './written.ts';
import { keepWhole } from './kept-events.ts';
import type { Names } from './names.ts';
import { markCells, markDay } from './pending.ts';
import { deleteSegment, insertSegment, readSegmentInfos, readStretch, type SegmentInfo } from './segments.ts';
import {
  allRows,
  isSameEvent,
  isStrictlyInOrder,
  join,
  rowsInOrder,
  type Part,
  type Stretch,
} from './stretch.ts';

/** A larger day is cut into several segments. */
const segmentEvents = 262_144;

/** Adds events to a day; belongs into a transaction. */
export function addDay(
  database: DatabaseHandle,
  names: Names,
  day: number,
  parts: readonly Part[],
  options: WriteOptions,
): Written {
  const received = parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const touched = segmentsToRewrite(readSegmentInfos(database, day), parts);
  const existing = touched.map((info) => readStretch(database, info));
  const existingEvents = existing.reduce((sum, { length }) => sum + length, 0);
  const all = join([...existing.map((stretch) => ({ stretch, rows: allRows(stretch.length) })), ...parts]);
  const isInOrder = isStrictlyInOrder(all);
  const rows = isInOrder ? allRows(all.length) : withoutRepeats(all, rowsInOrder(all));
  const added = existingEvents === 0 ? rows : rows.filter((place) => place >= existingEvents);
  if (added.length > 0) {
    for (const { id } of touched) deleteSegment(database, id);
    for (const stretch of isInOrder && all.length <= segmentEvents ? [all] : cut(all, rows))
      insertSegment(database, day, stretch);
    const grouped = groupBySeries(all.series, added, names.series.length);
    count(database, names, day, all, grouped);
    keepWhole(database, names, all, grouped, options);
  }
  return { added: added.length, duplicates: received - added.length };
}

function* cut(stretch: Stretch, rows: Uint32Array): Generator<Stretch> {
  for (let from = 0; from < rows.length; from += segmentEvents)
    yield join([{ stretch, rows: rows.subarray(from, from + segmentEvents) }]);
}

/** Those that overlap in time with what arrives, and the last one before it while that one is small. */
function segmentsToRewrite(infos: readonly SegmentInfo[], parts: readonly Part[]): SegmentInfo[] {
  let earliest = Infinity;
  let latest = -Infinity;
  for (const { stretch, rows } of parts) {
    for (const place of rows) {
      earliest = Math.min(earliest, stretch.microseconds[place]!);
      latest = Math.max(latest, stretch.microseconds[place]!);
    }
  }
  const overlapping = infos.filter(
    (info) => info.lastMicroseconds >= earliest && info.firstMicroseconds <= latest,
  );
  const before = infos.findLast((info) => info.lastMicroseconds < earliest);
  return before && before.events < segmentEvents / 2 ? [before, ...overlapping] : overlapping;
}

/** What was mirrored first stays: it stands first among equals. */
function withoutRepeats(stretch: Stretch, rows: Uint32Array): Uint32Array {
  return rows.filter((place, at) => at === 0 || !isSameEvent(stretch, rows[at - 1]!, stretch, place));
}

function count(database: DatabaseHandle, names: Names, day: number, all: Stretch, grouped: BySeries): void {
  widenActors(names, grouped, all.microseconds);
  const cells = countCells(grouped, all.microseconds, day);
  const before = readDay(database, day);
  if (before === null) storeDay(database, names, day, cells, null);
  else storeDay(database, names, day, addCells(before, cells), cells);
}

/**
 * Writes the cells of a day in place of those it had, and marks what is to be judged again.
 * @param changed cells that are not as they were; null is a day that is new.
 */
export function storeDay(
  database: DatabaseHandle,
  names: Names,
  day: number,
  cells: Cells,
  changed: Cells | null,
): void {
  const packed = packCells(cells);
  run(
    database,
    `INSERT INTO day (day, events, unattributed, cells, checksum, revision)
       VALUES (@day, @events, @unattributed, @cells, @checksum, @revision)
       ON CONFLICT DO UPDATE SET events = excluded.events, unattributed = excluded.unattributed,
         cells = excluded.cells, checksum = excluded.checksum, revision = excluded.revision`,
    {
      day,
      events: cells.counts.reduce((sum, count) => sum + count, 0),
      unattributed: countUnattributed(names, cells),
      cells: packed,
      checksum: checksumOf(packed),
      revision: nextRevision(database),
    },
  );
  if (changed === null) markDay(database, day);
  else markCells(database, day, changed);
}

function widenActors(names: Names, grouped: BySeries, microseconds: Float64Array): void {
  for (let group = 0; group < grouped.series.length; group += 1) {
    const first = microseconds[grouped.rows[grouped.offsets[group]!]!]!;
    const last = microseconds[grouped.rows[grouped.offsets[group + 1]! - 1]!]!;
    names.widen(names.series[grouped.series[group]!]!.actor, first, last);
  }
}

/** An event nobody is named for counts, but is never anybody's unusual behaviour. */
function countUnattributed(names: Names, { series, counts }: Cells): number {
  let events = 0;
  for (let cell = 0; cell < series.length; cell += 1)
    if (names.actors[names.series[series[cell]!]!.actor]!.actor === '') events += counts[cell]!;
  return events;
}

function nextRevision(database: DatabaseHandle): number {
  run(database, 'UPDATE mirror_revision SET days = days + 1');
  return row<{ days: number }>(database, 'SELECT days FROM mirror_revision')!.days;
}

export function readDay(database: DatabaseHandle, day: number): Cells | null {
  const found = row<{ cells: Buffer; checksum: number }>(
    database,
    'SELECT cells, checksum FROM day WHERE day = ?',
    day,
  );
  if (!found) return null;
  assertUnchanged(found.checksum, found.cells);
  return unpackCells(found.cells);
}
