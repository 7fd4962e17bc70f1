// The text fields of rows, each becoming a column.
import { CodedColumn } from './coded-column.ts';
import type { BatchColumn, BatchField } from './event-batch.ts';
import { PlainColumn } from './plain-column.ts';
import { incomplete } from './row-builder.ts';
import { endWithoutHostMask, type RowLayout, type TextField } from './row-layout.ts';

interface TextColumn extends TextField {
  column: CodedColumn | PlainColumn;
}

export class TextFields {
  readonly #constants: RowLayout['constants'];
  readonly #rows: number;
  readonly #texts: TextColumn[];

  /** @param rows how many a batch holds at most */
  constructor({ texts, constants }: Pick<RowLayout, 'texts' | 'constants'>, rows: number) {
    this.#constants = constants;
    this.#rows = rows;
    this.#texts = texts.map((text) => ({
      ...text,
      column: text.isPlain ? new PlainColumn(rows) : new CodedColumn(rows),
    }));
  }

  /** How many there are on the wire. */
  get count(): number {
    return this.#texts.length;
  }

  /** Writes the fields that begin at `position` to a row; answers where they end, or {@link incomplete}. */
  write(row: number, bytes: Uint8Array, view: DataView, position: number, limit: number): number {
    let end = position;
    for (const text of this.#texts) {
      const start = end + 4;
      if (start > limit) return incomplete;
      const length = view.getInt32(end);
      end = start + Math.max(length, 0);
      if (end > limit) return incomplete;
      if (length < 0 && !text.isNeverNull) {
        text.column.writeNull(row);
        continue;
      }
      const textEnd = text.hasHostMask ? endWithoutHostMask(bytes, start, end) : end;
      text.column.write(row, bytes, start, textEnd, view);
    }
    return end;
  }

  /** The columns of the first `rows` rows; all are empty afterwards. */
  take(rows: number): Map<BatchField, BatchColumn> {
    const columns = new Map<BatchField, BatchColumn>();
    for (const [field, value] of this.#constants)
      columns.set(field, { kind: 'coded', codes: new Uint8Array(rows), values: [value] });
    for (const text of this.#texts) {
      columns.set(text.field, text.column.take(rows));
      if (text.column instanceof CodedColumn && !text.column.isRepetitive)
        text.column = new PlainColumn(this.#rows);
    }
    return columns;
  }
}
