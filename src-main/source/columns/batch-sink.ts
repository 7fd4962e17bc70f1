// Turns the rows of one statement into batches and hands each on when it is full.
import { BinaryRows } from './binary-rows.ts';
import type { RowBuilder } from './row-builder.ts';
import type { CountingSink } from './way-of-reading.ts';

export class BatchSink<Batch extends { readonly length: number }> implements CountingSink {
  readonly #builder: RowBuilder<Batch>;
  readonly #rows: BinaryRows;
  readonly #deliver: (batch: Batch) => Promise<void>;
  /** Rows the builder held before; they belong to another statement. */
  readonly #before: number;
  #delivered = 0;

  constructor(
    builder: RowBuilder<Batch>,
    framing: 'copy' | 'bare',
    deliver: (batch: Batch) => Promise<void>,
  ) {
    this.#builder = builder;
    this.#rows = new BinaryRows(builder, framing);
    this.#deliver = deliver;
    this.#before = builder.length;
  }

  get rows(): number {
    return this.#delivered + this.#builder.length - this.#before;
  }

  feed(bytes: Buffer, view: DataView, start: number, end: number): void {
    this.#rows.feed(bytes, view, start, end);
  }

  fill(): boolean {
    return this.#rows.fill();
  }

  async drain(): Promise<void> {
    const batch = this.#builder.take();
    this.#delivered += batch.length;
    await this.#deliver(batch);
  }

  assertEnded(): void {
    this.#rows.assertEnded();
  }
}
