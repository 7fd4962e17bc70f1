// How the columns of a segment are written down: one body of bytes each, and what it takes to read it.
import { z } from 'zod';
import { packAscending, unpackAscending } from './ascending.ts';
import { bitsFor, mostBits, packBits, unpackBits } from './bits.ts';
import type { Codes, IdColumn, TextColumn } from './columns.ts';
import { readStoredJson } from './stored-json.ts';

export type StoredColumn = {
  readonly kind: string;
  readonly body: Uint8Array;
  readonly detail: Uint8Array | null;
};

export function storeTimes(microseconds: Float64Array): StoredColumn {
  const packed = packAscending(microseconds);
  return packed === null
    ? { kind: 'number64', body: bytesOf(microseconds), detail: null }
    : { kind: 'ascending', body: packed, detail: null };
}

export function timesOf({ kind, body }: StoredColumn): Float64Array {
  return kind === 'ascending' ? unpackAscending(bufferOf(body)) : new Float64Array(bufferOf(body));
}

/** As places in the ascending list of those that occur. */
export function storeSeries(series: Uint32Array): StoredColumn {
  const list = distinct(series);
  const bits = bitsFor(list.length - 1);
  if (bits > mostBits) return { kind: 'number32', body: bytesOf(series), detail: null };
  const placeOf = new Uint32Array((list.at(-1) ?? 0) + 1);
  for (let place = 0; place < list.length; place += 1) placeOf[list[place]!] = place;
  const places = new Uint32Array(series.length);
  for (let at = 0; at < series.length; at += 1) places[at] = placeOf[series[at]!]!;
  return { kind: 'listed', body: packBits(places, bits), detail: packAscending(list) };
}

/** Each number once, ascending. Numbers count from 0 without holes, so a mark each is cheaper than sorting. */
function distinct(numbers: Uint32Array): Uint32Array {
  let largest = 0;
  for (const number of numbers) if (number > largest) largest = number;
  const marks = new Uint8Array(largest + 1);
  let size = 0;
  for (const number of numbers) {
    if (marks[number] === 0) size += 1;
    marks[number] = 1;
  }
  const list = new Uint32Array(size);
  for (let number = 0, place = 0; place < size; number += 1) if (marks[number] === 1) list[place++] = number;
  return list;
}

export function seriesOf({ kind, body, detail }: StoredColumn, length: number): Uint32Array {
  if (kind !== 'listed' || detail === null) return new Uint32Array(bufferOf(body));
  const list = Uint32Array.from(unpackAscending(bufferOf(detail)));
  const series = unpackBits(body, bitsFor(list.length - 1), new Uint32Array(length));
  for (let at = 0; at < length; at += 1) series[at] = list[series[at]!]!;
  return series;
}

export function storeIds(ids: IdColumn): StoredColumn {
  return ids.kind === 'uuid'
    ? { kind: 'uuid', body: ids.bytes, detail: null }
    : { kind: 'text', body: ids.bytes, detail: bytesOf(ids.offsets) };
}

export function idsOf({ kind, body, detail }: StoredColumn): IdColumn {
  const bytes = new Uint8Array(bufferOf(body));
  return kind === 'uuid' || detail === null
    ? { kind: 'uuid', bytes }
    : { kind: 'text', bytes, offsets: new Uint32Array(bufferOf(detail)) };
}

export function storeTexts(column: TextColumn): StoredColumn {
  if (column.kind === 'plain') return { kind: 'plain', body: column.bytes, detail: detailOf(column) };
  const { codes, values } = column;
  const bits = bitsFor(values.length - 1);
  const detail = Buffer.from(JSON.stringify(values));
  return bits > mostBits
    ? { kind: 'coded32', body: bytesOf(codes), detail }
    : { kind: 'packed', body: packBits(codes, bits), detail };
}

/** Offsets, then one byte a text that says whether it is null, where any is. */
function detailOf({ offsets, isNull }: { offsets: Uint32Array; isNull: Uint8Array | null }): Uint8Array {
  return isNull === null ? bytesOf(offsets) : Buffer.concat([bytesOf(offsets), isNull]);
}

const texts = z.array(z.string().nullable());

/** @throws Problem `store-damaged` */
export function textsOf({ kind, body, detail }: StoredColumn, length: number): TextColumn | null {
  if (detail === null) return null;
  if (kind === 'plain') return plainOf(body, detail, length);
  const values = readStoredJson(
    texts,
    Buffer.from(detail.buffer, detail.byteOffset, detail.byteLength).toString(),
  );
  const codes =
    kind === 'packed'
      ? unpackBits(body, bitsFor(values.length - 1), emptyCodes(length, values.length))
      : rawCodes(kind, body);
  return { kind: 'coded', codes, values };
}

function plainOf(body: Uint8Array, detail: Uint8Array, length: number): TextColumn {
  const rest = detail.subarray(4 * (length + 1));
  return {
    kind: 'plain',
    offsets: new Uint32Array(bufferOf(detail.subarray(0, 4 * (length + 1)))),
    bytes: new Uint8Array(bufferOf(body)),
    isNull: rest.length === 0 ? null : new Uint8Array(bufferOf(rest)),
  };
}

function emptyCodes(length: number, values: number): Codes {
  if (values <= 256) return new Uint8Array(length);
  return values <= 65_536 ? new Uint16Array(length) : new Uint32Array(length);
}

/** As mirrors wrote them before they packed them. */
function rawCodes(kind: string, body: Uint8Array): Codes {
  const buffer = bufferOf(body);
  if (kind === 'coded8') return new Uint8Array(buffer);
  return kind === 'coded16' ? new Uint16Array(buffer) : new Uint32Array(buffer);
}

/** The bytes as a buffer of their own, from its start: what is read may lie anywhere in a larger one. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = bytes;
  if (byteOffset === 0 && buffer.byteLength === byteLength && buffer instanceof ArrayBuffer) return buffer;
  return new Uint8Array(bytes).buffer;
}

function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
