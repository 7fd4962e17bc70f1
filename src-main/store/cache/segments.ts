// Segments in the file: written once, read column by column.
import { Problem } from '#shared/model/problem.ts';
import {
  segmentFields,
  type CodedColumn,
  type Segment,
  type SegmentField,
} from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import { idAt, textOf, type IdColumn, type TextColumn } from './columns.ts';
import { assertUnchanged, checksumOf } from './checksum.ts';
import { recentReads } from './recent-reads.ts';
import {
  idsOf,
  seriesOf,
  storeIds,
  storeSeries,
  storeTexts,
  storeTimes,
  textsOf,
  timesOf,
  type StoredColumn,
} from './stored-columns.ts';
import type { Stretch } from './stretch.ts';

export type SegmentInfo = {
  readonly id: number;
  readonly day: number;
  readonly firstMicroseconds: number;
  readonly lastMicroseconds: number;
  readonly events: number;
};

type InfoRow = { id: number; day: number; first_us: number; last_us: number; events: number };

/** Writes a stretch whose rows are in order. */
export function insertSegment(database: DatabaseHandle, day: number, stretch: Stretch): void {
  const { id } = row<{ id: number }>(
    database,
    'INSERT INTO segment (day, first_us, last_us, events) VALUES (?, ?, ?, ?) RETURNING id',
    day,
    stretch.microseconds[0],
    stretch.microseconds[stretch.length - 1],
    stretch.length,
  )!;
  const put = (field: string, { kind, body, detail }: StoredColumn) =>
    run(
      database,
      'INSERT INTO segment_column VALUES (?, ?, ?, ?, ?, ?)',
      id,
      field,
      kind,
      body,
      detail,
      checksumOf(body, detail),
    );
  put('time', storeTimes(stretch.microseconds));
  put('series', storeSeries(stretch.series));
  put('id', storeIds(stretch.ids));
  for (const [field, column] of stretch.fields) put(field, storeTexts(column));
}

export function deleteSegment(database: DatabaseHandle, id: number): void {
  run(database, 'DELETE FROM segment WHERE id = ?', id);
}

/** Every segment, or those of one day, in time order. */
export function readSegmentInfos(database: DatabaseHandle, day: number | null = null): SegmentInfo[] {
  const found = rows<InfoRow>(
    database,
    'SELECT * FROM segment WHERE @day IS NULL OR day = @day ORDER BY first_us, last_us, id',
    { day },
  );
  return found.map(({ first_us, last_us, ...rest }) => ({
    ...rest,
    firstMicroseconds: first_us,
    lastMicroseconds: last_us,
  }));
}

/** A whole segment, to be put together with others. */
export function readStretch(database: DatabaseHandle, info: SegmentInfo): Stretch {
  const fields = rows<{ field: string }>(
    database,
    'SELECT field FROM segment_column WHERE segment_id = ?',
    info.id,
  ).map(({ field }) => field);
  const texts = segmentFields.filter((field) => fields.includes(field));
  return {
    length: info.events,
    microseconds: readTimes(database, info),
    series: readSeries(database, info),
    ids: readIds(database, info),
    fields: new Map(texts.map((field) => [field, readTexts(database, info, field)!])),
  };
}

/** Ids are most of a segment, and only those of cited events are asked for, which are cited in the order of time. */
const recentIds = recentReads(4);

/**
 * Opens a segment; a column is read when it is asked for first, and kept as long as the segment, but for its ids.
 * @param database the connection to read by, asked for anew each time: a segment may outlive the one it was opened on.
 */
export function openSegment(database: () => DatabaseHandle, info: SegmentInfo): Segment {
  const once = <Value>(read: () => Value) => {
    let kept: { value: Value } | null = null;
    return () => (kept ??= { value: read() }).value;
  };
  const times = once(() => readTimes(database(), info));
  const series = once(() => readSeries(database(), info));
  const ids = recentIds(() => readIds(database(), info));
  const texts = new Map(
    segmentFields.map((field) => [field, once(() => readTexts(database(), info, field))]),
  );
  const coded = new Map(
    segmentFields.map((field) => [field, once(() => asCoded(texts.get(field)!(), info.events))]),
  );
  return {
    length: info.events,
    get microseconds() {
      return times();
    },
    get series() {
      return series();
    },
    idAt: (index) => idAt(ids(), index),
    column: (field) => coded.get(field)!(),
    plainText: (field, index) => {
      const column = texts.get(field)!();
      return column?.kind === 'plain' ? textOf(column, index) : undefined;
    },
  };
}

function asCoded(column: TextColumn | null, length: number): CodedColumn | null {
  if (column === null || column.kind === 'coded') return column;
  return {
    codes: Uint32Array.from({ length }, (_, place) => place),
    values: Array.from({ length }, (_, place) => textOf(column, place)),
  };
}

type ColumnRow = { kind: string; body: Buffer; detail: Buffer | null; checksum: number };

function readColumn(database: DatabaseHandle, segmentId: number, field: string): ColumnRow | undefined {
  const found = row<ColumnRow>(
    database,
    'SELECT kind, body, detail, checksum FROM segment_column WHERE segment_id = ? AND field = ?',
    segmentId,
    field,
  );
  if (found) assertUnchanged(found.checksum, found.body, found.detail);
  return found;
}

function requireColumn(database: DatabaseHandle, segmentId: number, field: string): ColumnRow {
  const found = readColumn(database, segmentId, field);
  if (found) return found;
  throw new Problem('conflict', 'The local copy of the events changed while it was being read.', {
    next: 'Try again.',
  });
}

export function readTimes(database: DatabaseHandle, { id }: SegmentInfo): Float64Array {
  return timesOf(requireColumn(database, id, 'time'));
}

export function readSeries(database: DatabaseHandle, { id, events }: SegmentInfo): Uint32Array {
  return seriesOf(requireColumn(database, id, 'series'), events);
}

export function readIds(database: DatabaseHandle, { id }: SegmentInfo): IdColumn {
  return idsOf(requireColumn(database, id, 'id'));
}

export function readTexts(
  database: DatabaseHandle,
  { id, events }: SegmentInfo,
  field: SegmentField,
): TextColumn | null {
  const found = readColumn(database, id, field);
  return found ? textsOf(found, events) : null;
}
