// A column whose texts repeat: one code a row, and each text once.
import { ByteDictionary } from './byte-dictionary.ts';
import type { BatchColumn, CodedTexts, PlainTexts } from './event-batch.ts';

/** Fewer rows say too little about a column to give up coding it. */
const fewestRowsToJudge = 32_768;
/** A dictionary that outgrows one of these is begun anew: memory stays bounded however long the reading lasts. */
const largestDictionary = { texts: 262_144, bytes: 33_554_432 };

const nullNumber = -1;

/**
 * Collects texts row by row; a row may be written again until the next one is.
 * Texts are remembered from batch to batch, codes are those of one batch.
 */
export class CodedColumn {
  readonly #codes: Uint32Array;
  #dictionary = new ByteDictionary();
  /** By number in the dictionary: the code in this batch plus 1, or 0. */
  #codeOf = new Uint32Array(256);
  /** By code: number in the dictionary, or {@link nullNumber}. */
  #numbers: number[] = [];
  #nullCode = -1;
  #last = nullNumber;
  #lastCode = 0;
  #rowsSeen = 0;
  #isRepetitive = true;

  constructor(rows: number) {
    this.#codes = new Uint32Array(rows);
  }

  /** False once more than half of the texts seen were new: coding such a column costs more than it saves. */
  get isRepetitive(): boolean {
    return this.#isRepetitive;
  }

  /** Texts it knows from this batch and earlier ones. */
  get remembered(): number {
    return this.#dictionary.size;
  }

  write(row: number, bytes: Uint8Array, start: number, end: number, view: DataView): void {
    if (this.#last < 0 || !this.#dictionary.isText(this.#last, bytes, view, start, end))
      this.#turnTo(this.#dictionary.numberOf(bytes, view, start, end));
    this.#codes[row] = this.#lastCode;
  }

  writeNull(row: number): void {
    if (this.#nullCode < 0) this.#nullCode = this.#numbers.push(nullNumber) - 1;
    this.#codes[row] = this.#nullCode;
  }

  /** The first `rows` rows; the column then is empty again. Plain when they turned out to differ. */
  take(rows: number): BatchColumn {
    this.#rowsSeen += rows;
    if (this.#rowsSeen >= fewestRowsToJudge) this.#isRepetitive = this.#dictionary.size * 2 <= this.#rowsSeen;
    const column = this.#isRepetitive ? this.#coded(rows) : this.#plain(rows);
    this.#forgetCodes();
    return column;
  }

  #turnTo(number: number): void {
    if (number >= this.#codeOf.length) {
      const larger = new Uint32Array(this.#codeOf.length * 2);
      larger.set(this.#codeOf);
      this.#codeOf = larger;
    }
    let code = this.#codeOf[number]!;
    if (code === 0) this.#codeOf[number] = code = this.#numbers.push(number);
    this.#last = number;
    this.#lastCode = code - 1;
  }

  #coded(rows: number): CodedTexts {
    const values = this.#numbers.map((number) =>
      number === nullNumber ? null : this.#dictionary.textOf(number),
    );
    return { kind: 'coded', codes: narrowed(this.#codes.subarray(0, rows), values.length), values };
  }

  #plain(rows: number): PlainTexts {
    const offsets = new Uint32Array(rows + 1);
    const isNull = this.#nullCode < 0 ? null : new Uint8Array(rows);
    for (let row = 0; row < rows; row += 1) {
      const number = this.#numbers[this.#codes[row]!]!;
      offsets[row + 1] = offsets[row]! + (number === nullNumber ? 0 : this.#dictionary.lengthOf(number));
    }
    const bytes = new Uint8Array(offsets[rows]!);
    for (let row = 0; row < rows; row += 1) {
      const number = this.#numbers[this.#codes[row]!]!;
      if (number !== nullNumber) bytes.set(this.#dictionary.bytesOf(number), offsets[row]);
      else if (isNull) isNull[row] = 1;
    }
    return { kind: 'plain', offsets, bytes, isNull };
  }

  #forgetCodes(): void {
    for (const number of this.#numbers) if (number !== nullNumber) this.#codeOf[number] = 0;
    this.#numbers = [];
    this.#nullCode = -1;
    this.#last = nullNumber;
    const { size, byteLength } = this.#dictionary;
    if (size <= largestDictionary.texts && byteLength <= largestDictionary.bytes) return;
    this.#dictionary = new ByteDictionary();
    this.#codeOf = new Uint32Array(256);
    this.#rowsSeen = 0;
  }
}

function narrowed(codes: Uint32Array, values: number): CodedTexts['codes'] {
  if (values <= 256) return new Uint8Array(codes);
  return values <= 65_536 ? new Uint16Array(codes) : codes.slice();
}
