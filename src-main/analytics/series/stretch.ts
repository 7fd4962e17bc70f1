// The most recent few numbers of a stream and their mean.

export class Stretch {
  readonly #values: Float64Array;
  #size = 0;
  #next = 0;

  /** @param length how many numbers make a whole stretch. */
  constructor(length: number) {
    this.#values = new Float64Array(length);
  }

  get length(): number {
    return this.#values.length;
  }

  /** Adds a number and returns the one that leaves, or null while the stretch fills. */
  add(value: number): number | null {
    const leaving = this.#size === this.#values.length ? this.#values[this.#next]! : null;
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#values.length;
    if (leaving === null) this.#size += 1;
    return leaving;
  }

  /** Forgets everything. */
  clear(): void {
    this.#size = 0;
    this.#next = 0;
  }

  /**
   * NaN while less than half of a stretch is known. Added up anew each time: a running sum would keep the rounding of
   * everything that ever passed through it.
   */
  mean(): number {
    if (this.#size * 2 < this.#values.length) return Number.NaN;
    let mean = 0;
    for (let at = 0; at < this.#size; at += 1) mean += this.#values[at]! / this.#size;
    return mean;
  }
}
