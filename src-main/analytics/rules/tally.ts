// How often each value is inside a window.

/** Counts of values that come and go. NaN and −1 mean unknown and are not counted. */
export class Tally {
  readonly #counts = new Map<number, number>();

  /** How many different values there are. */
  get size(): number {
    return this.#counts.size;
  }

  add(value: number): void {
    if (!(value >= 0)) return;
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  remove(value: number): void {
    const count = this.#counts.get(value);
    if (count === undefined) return;
    if (count === 1) this.#counts.delete(value);
    else this.#counts.set(value, count - 1);
  }

  clear(): void {
    this.#counts.clear();
  }
}
