// Puts rows of counts (quarter hour, count, texts) into columns.
import type { BatchColumn, BatchField } from '../columns/event-batch.ts';
import {
  bigintAt,
  incomplete,
  microsecondsAt,
  type BatchLimits,
  type RowBuilder,
} from '../columns/row-builder.ts';
import type { RowLayout } from '../columns/row-layout.ts';
import { TextFields } from '../columns/text-fields.ts';

/** Counts, in no particular order. The same account, actor, action and quarter hour may occur more than once: add them up. */
export interface CellBatch {
  readonly length: number;
  /** Quarter hours since 1970-01-01T00:00Z. */
  readonly slots: Int32Array;
  /** Whole numbers of 1 and more. */
  readonly counts: Float64Array;
  /** sourceAccount, actor and action; none has a null. */
  readonly columns: Map<BatchField, BatchColumn>;
}

const microsecondsPerSlot = 900_000_000;
/** Count of fields, then slot and count with their lengths. */
const headBytes = 26;

export class CellBuilder implements RowBuilder<CellBatch> {
  readonly #limits: BatchLimits;
  readonly #slots: Int32Array;
  readonly #counts: Float64Array;
  readonly #texts: TextFields;
  #length = 0;
  #byteLength = 0;

  constructor(layout: RowLayout, limits: BatchLimits) {
    this.#limits = limits;
    this.#slots = new Int32Array(limits.rows);
    this.#counts = new Float64Array(limits.rows);
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
    const isExpected = view.getInt32(position + 2) === 8 && view.getInt32(position + 14) === 8;
    if (view.getInt16(position) !== this.#texts.count + 2 || !isExpected)
      throw new Error('The server sent a row of another form than was asked for.');
    const row = this.#length;
    this.#slots[row] = Math.floor(microsecondsAt(view, position + 6) / microsecondsPerSlot);
    this.#counts[row] = bigintAt(view, position + 18);
    const end = this.#texts.write(row, bytes, view, start, limit);
    if (end === incomplete) return incomplete;
    this.#length += 1;
    this.#byteLength += end - position;
    return end;
  }

  take(): CellBatch {
    const length = this.#length;
    this.#length = 0;
    this.#byteLength = 0;
    return {
      length,
      slots: this.#slots.slice(0, length),
      counts: this.#counts.slice(0, length),
      columns: this.#texts.take(length),
    };
  }
}
