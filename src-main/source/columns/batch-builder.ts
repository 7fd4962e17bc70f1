// Puts rows of events (time, id, texts) into columns.
import type { EventBatch } from './event-batch.ts';
import { createIdColumn, type IdColumn } from './id-column.ts';
import { incomplete, microsecondsAt, type BatchLimits, type RowBuilder } from './row-builder.ts';
import type { RowLayout } from './row-layout.ts';
import { TextFields } from './text-fields.ts';

/** Up to the id's first byte: count of fields, time with its length, length of the id. */
const headBytes = 18;

export class BatchBuilder implements RowBuilder<EventBatch> {
  readonly #limits: BatchLimits;
  readonly #microseconds: Float64Array;
  readonly #ids: IdColumn;
  readonly #texts: TextFields;
  #length = 0;
  #byteLength = 0;

  constructor(layout: RowLayout, limits: BatchLimits) {
    this.#limits = limits;
    this.#microseconds = new Float64Array(limits.rows);
    this.#ids = createIdColumn(layout.idKind, limits.rows);
    this.#texts = new TextFields(layout, limits.rows);
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length >= this.#limits.rows || this.#byteLength >= this.#limits.bytes;
  }

  add(bytes: Uint8Array, view: DataView, position: number, limit: number): number {
    const start = position + headBytes;
    if (start > limit) return incomplete;
    const idLength = view.getInt32(start - 4);
    if (
      view.getInt16(position) !== this.#texts.count + 2 ||
      view.getInt32(position + 2) !== 8 ||
      idLength < 0
    )
      throw new Error('The server sent a row of another form than was asked for.');
    if (start + idLength > limit) return incomplete;
    const row = this.#length;
    this.#microseconds[row] = microsecondsAt(view, position + 6);
    this.#ids.write(row, bytes, start, start + idLength);
    const end = this.#texts.write(row, bytes, view, start + idLength, limit);
    if (end === incomplete) return incomplete;
    this.#length += 1;
    this.#byteLength += end - position;
    return end;
  }

  take(): EventBatch {
    const length = this.#length;
    this.#length = 0;
    this.#byteLength = 0;
    return {
      length,
      microseconds: this.#microseconds.slice(0, length),
      ids: this.#ids.take(length),
      columns: this.#texts.take(length),
    };
  }
}
