// A column whose texts mostly differ: their bytes one after another.
import type { PlainTexts } from './event-batch.ts';

const firstBytes = 4_096;

/** Collects texts row by row; a row may be written again until the next one is. */
export class PlainColumn {
  readonly #offsets: Uint32Array;
  #bytes = new Uint8Array(firstBytes);
  /** Present from the first null on. */
  #isNull: Uint8Array | null = null;

  constructor(rows: number) {
    this.#offsets = new Uint32Array(rows + 1);
  }

  write(row: number, bytes: Uint8Array, start: number, end: number): void {
    const at = this.#offsets[row]!;
    const next = at + end - start;
    if (next > this.#bytes.length) this.#makeRoom(at, next);
    copyBytes(bytes, start, end, this.#bytes, at);
    this.#offsets[row + 1] = next;
    if (this.#isNull) this.#isNull[row] = 0;
  }

  writeNull(row: number): void {
    this.#isNull ??= new Uint8Array(this.#offsets.length - 1);
    this.#isNull[row] = 1;
    this.#offsets[row + 1] = this.#offsets[row]!;
  }

  /** The first `rows` rows; the column then is empty again. */
  take(rows: number): PlainTexts {
    const isNull = this.#isNull?.slice(0, rows) ?? null;
    this.#isNull = null;
    const bytes = this.#bytes.slice(0, this.#offsets[rows]);
    return { kind: 'plain', offsets: this.#offsets.slice(0, rows + 1), bytes, isNull };
  }

  #makeRoom(used: number, needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, used));
    this.#bytes = larger;
  }
}

/** A call into the runtime costs more than moving a few bytes by hand. */
function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > 48) return to.set(from.subarray(start, end), at);
  for (let place = start, target = at; place < end; place += 1, target += 1) to[target] = from[place]!;
}
