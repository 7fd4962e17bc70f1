// Segments in the file: written once, read column by column.
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import {
  segmentFields,
  type CodedColumn,
  type Segment,
  type SegmentField,
} from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows, run } from '../query.ts';
import { idAt, textOf, type Codes, type IdColumn, type TextColumn } from './columns.ts';
import { assertUnchanged, checksumOf } from './checksum.ts';
import { readStoredJson } from './stored-json.ts';
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
  const put = (field: string, kind: string, body: ArrayBufferView, detail: Uint8Array | null = null) =>
    run(
      database,
      'INSERT INTO segment_column VALUES (?, ?, ?, ?, ?, ?)',
      id,
      field,
      kind,
      bytesOf(body),
      detail,
      checksumOf(bytesOf(body), detail),
    );
  put('time', 'number64', stretch.microseconds);
  put('series', 'number32', stretch.series);
  if (stretch.ids.kind === 'uuid') put('id', 'uuid', stretch.ids.bytes);
  else put('id', 'text', stretch.ids.bytes, bytesOf(stretch.ids.offsets));
  for (const [field, column] of stretch.fields) {
    if (column.kind === 'coded') {
      const values = Buffer.from(JSON.stringify(column.values));
      put(field, `coded${column.codes.BYTES_PER_ELEMENT * 8}`, column.codes, values);
    } else put(field, 'plain', column.bytes, detailOf(column));
  }
}

/** Offsets, then one byte a text that says whether it is null, where any is. */
function detailOf({ offsets, isNull }: { offsets: Uint32Array; isNull: Uint8Array | null }): Uint8Array {
  return isNull === null ? bytesOf(offsets) : Buffer.concat([bytesOf(offsets), isNull]);
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
    microseconds: readTimes(database, info.id),
    series: readSeries(database, info.id),
    ids: readIds(database, info.id),
    fields: new Map(texts.map((field) => [field, readTexts(database, info.id, field)!])),
  };
}

/**
 * Opens a segment; a column is read when it is asked for first, and kept as long as the segment.
 * @param database the connection to read by, asked for anew each time: a segment may outlive the one it was opened on.
 */
export function openSegment(database: () => DatabaseHandle, info: SegmentInfo): Segment {
  const once = <Value>(read: () => Value) => {
    let kept: { value: Value } | null = null;
    return () => (kept ??= { value: read() }).value;
  };
  const times = once(() => readTimes(database(), info.id));
  const series = once(() => readSeries(database(), info.id));
  const ids = once(() => readIds(database(), info.id));
  const texts = new Map(
    segmentFields.map((field) => [field, once(() => readTexts(database(), info.id, field))]),
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

function readTimes(database: DatabaseHandle, segmentId: number): Float64Array {
  return new Float64Array(bufferOf(requireColumn(database, segmentId, 'time').body));
}

function readSeries(database: DatabaseHandle, segmentId: number): Uint32Array {
  return new Uint32Array(bufferOf(requireColumn(database, segmentId, 'series').body));
}

function readIds(database: DatabaseHandle, segmentId: number): IdColumn {
  const { kind, body, detail } = requireColumn(database, segmentId, 'id');
  const bytes = new Uint8Array(bufferOf(body));
  return kind === 'uuid' || detail === null
    ? { kind: 'uuid', bytes }
    : { kind: 'text', bytes, offsets: new Uint32Array(bufferOf(detail)) };
}

const values = z.array(z.string().nullable());

function readTexts(database: DatabaseHandle, segmentId: number, field: SegmentField): TextColumn | null {
  const found = readColumn(database, segmentId, field);
  if (!found?.detail) return null;
  const { kind, body, detail } = found;
  if (kind !== 'plain')
    return {
      kind: 'coded',
      codes: codesOf(kind, body),
      values: readStoredJson(values, detail.toString('utf8')),
    };
  const length = lengthOf(database, segmentId);
  const offsets = new Uint32Array(bufferOf(detail.subarray(0, 4 * (length + 1))));
  const rest = detail.subarray(4 * (length + 1));
  return {
    kind: 'plain',
    offsets,
    bytes: new Uint8Array(bufferOf(body)),
    isNull: rest.length === 0 ? null : new Uint8Array(bufferOf(rest)),
  };
}

function lengthOf(database: DatabaseHandle, segmentId: number): number {
  return row<{ events: number }>(database, 'SELECT events FROM segment WHERE id = ?', segmentId)?.events ?? 0;
}

function codesOf(kind: string, body: Buffer): Codes {
  const buffer = bufferOf(body);
  if (kind === 'coded8') return new Uint8Array(buffer);
  return kind === 'coded16' ? new Uint16Array(buffer) : new Uint32Array(buffer);
}

/** The bytes as a buffer of their own, from its start: what is read may lie anywhere in a larger one. */
function bufferOf(body: Buffer): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = body;
  if (byteOffset === 0 && buffer.byteLength === byteLength && buffer instanceof ArrayBuffer) return buffer;
  return new Uint8Array(body).buffer;
}

function bytesOf(view: ArrayBufferView): Buffer {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}
