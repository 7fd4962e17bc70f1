// Writes what a server sends, byte by byte as the protocol's documentation says.
import * as fc from 'fast-check';

export type Field = Buffer | string | null;

export const bytesOf = (...parts: (number | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)));

export function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

export function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

export function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

/** Microseconds since 1970 as a timestamp is sent. */
export const timestamp = (microseconds: bigint): Buffer => int64(microseconds - 946_684_800_000_000n);

export function row(fields: readonly Field[]): Buffer {
  const parts = fields.flatMap((field) => {
    if (field === null) return [int32(-1)];
    const bytes = Buffer.from(field as Buffer);
    return [int32(bytes.length), bytes];
  });
  return Buffer.concat([int16(fields.length), ...parts]);
}

export const copyHeader = (flags = 0, extension: Buffer = Buffer.alloc(0)): Buffer =>
  Buffer.concat([
    Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'),
    Buffer.from(new Uint32Array([flags]).buffer).swap32(),
    int32(extension.length),
    extension,
  ]);

export const copyTrailer = int16(-1);

export function message(kind: string, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from(kind), int32(payload.length + 4), payload]);
}

/** Cuts bytes at the given places, whatever they are. */
export function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [
    ...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length]),
  ].toSorted((a, b) => a - b);
  return edges.slice(1).map((edge, index) => Buffer.from(bytes.subarray(edges[index], edge)));
}

export const places = fc.array(fc.nat(), { maxLength: 40 });

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
