// The last N numbers of a stream in order of size, for exact quantiles at every moment.

/** Adding costs one binary search and one block move each way: about a microsecond at 4,000 numbers. */
export class SortedWindow {
  readonly #sorted: Float64Array;
  readonly #arrivals: Float64Array;
  #size = 0;
  #oldest = 0;

  /** @param capacity how many of the most recent numbers are kept. */
  constructor(capacity: number) {
    this.#sorted = new Float64Array(capacity + 1);
    this.#arrivals = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of this rank; 0 is the smallest. */
  at(rank: number): number {
    if (!(rank >= 0 && rank < this.#size)) throw new RangeError('There is no number of this rank.');
    return this.#sorted[rank]!;
  }

  /** How many numbers are smaller than this one. */
  countBelow(value: number): number {
    let low = 0;
    let high = this.#size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The middle number, or the mean of the two middle ones; NaN while empty. */
  median(): number {
    if (this.#size === 0) return Number.NaN;
    const upper = this.#size >>> 1;
    if (this.#size % 2 === 1) return this.#sorted[upper]!;
    return this.#sorted[upper - 1]! / 2 + this.#sorted[upper]! / 2;
  }

  /** Adds a number; the oldest leaves when the window is full. Only finite numbers may be added. */
  add(value: number): void {
    if (!Number.isFinite(value)) throw new RangeError('Only finite numbers can be put in order.');
    const capacity = this.#arrivals.length;
    if (this.#size === capacity) {
      const gone = this.countBelow(this.#arrivals[this.#oldest]!);
      this.#sorted.copyWithin(gone, gone + 1, this.#size);
      this.#size -= 1;
    }
    this.#arrivals[this.#oldest] = value;
    this.#oldest = (this.#oldest + 1) % capacity;
    const place = this.countBelow(value);
    this.#sorted.copyWithin(place + 1, place, this.#size);
    this.#sorted[place] = value;
    this.#size += 1;
  }
}
