// The ids of a batch: sixteen bytes each, or texts.
import type { BatchIds } from './event-batch.ts';
import { PlainColumn } from './plain-column.ts';

const uuidBytes = 16;

export interface IdColumn {
  write(row: number, bytes: Uint8Array, start: number, end: number): void;
  take(rows: number): BatchIds;
}

export function createIdColumn(kind: BatchIds['kind'], rows: number): IdColumn {
  return kind === 'uuid' ? new UuidColumn(rows) : new TextIdColumn(rows);
}

class UuidColumn implements IdColumn {
  readonly #bytes: Uint8Array;

  constructor(rows: number) {
    this.#bytes = new Uint8Array(rows * uuidBytes);
  }

  write(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (end - start !== uuidBytes) throw new Error('The server sent a UUID that is not sixteen bytes long.');
    const target = row * uuidBytes;
    for (let at = 0; at < uuidBytes; at += 1) this.#bytes[target + at] = bytes[start + at]!;
  }

  take(rows: number): BatchIds {
    return { kind: 'uuid', bytes: this.#bytes.slice(0, rows * uuidBytes) };
  }
}

class TextIdColumn implements IdColumn {
  readonly #texts: PlainColumn;

  constructor(rows: number) {
    this.#texts = new PlainColumn(rows);
  }

  write(row: number, bytes: Uint8Array, start: number, end: number): void {
    this.#texts.write(row, bytes, start, end);
  }

  take(rows: number): BatchIds {
    const { offsets, bytes } = this.#texts.take(rows);
    return { kind: 'text', offsets, bytes };
  }
}
