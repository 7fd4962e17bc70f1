// Counts by place, of which most places have none: what is written out costs what was touched, not what there is room for.

/** An accumulator that is used again for the next row. */
export class SparseSum {
  readonly #counts: Uint32Array;
  /** A bit a place that was touched, and a bit a word in which there is one. */
  readonly #touched: Int32Array;
  readonly #touchedWords: Int32Array;

  /** @param places how many there are. */
  constructor(places: number) {
    this.#counts = new Uint32Array(places);
    this.#touched = new Int32Array((places + 31) >>> 5);
    this.#touchedWords = new Int32Array((this.#touched.length + 31) >>> 5);
  }

  add(place: number, count: number): void {
    const word = place >>> 5;
    this.#counts[place]! += count;
    if (this.#touched[word] === 0) this.#touchedWords[word >>> 5]! |= 1 << (word & 31);
    this.#touched[word]! |= 1 << (place & 31);
  }

  /** Takes away what was added before. */
  subtract(place: number, count: number): void {
    this.#counts[place]! -= count;
  }

  /** Writes places that have any, ascending, from `start` on; leaves the sum empty, and answers where the next one belongs. */
  drain(
    places: Uint8Array | Uint16Array | Uint32Array,
    counts: Uint8Array | Uint16Array | Uint32Array,
    start: number,
  ): number {
    const [sums, touched, words] = [this.#counts, this.#touched, this.#touchedWords];
    let end = start;
    for (let group = 0; group < words.length; group += 1) {
      for (let rest = words[group]!; rest !== 0; rest &= rest - 1) {
        const word = group * 32 + lowestBit(rest);
        for (let bits = touched[word]!; bits !== 0; bits &= bits - 1) {
          const place = word * 32 + lowestBit(bits);
          if (sums[place] === 0) continue;
          places[end] = place;
          counts[end] = sums[place]!;
          sums[place] = 0;
          end += 1;
        }
        touched[word] = 0;
      }
      words[group] = 0;
    }
    return end;
  }
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
