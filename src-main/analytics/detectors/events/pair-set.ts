// A set of pairs of numbers that makes no object per pair.

/** Pairs (a, b) of whole numbers from 0 on, with a × span + b below 2^53. */
export class PairSet {
  readonly #span: number;
  /** Open addressing; −1 is free. */
  #slots = new Float64Array(1024).fill(-1);
  #size = 0;

  /** @param span larger than every b. */
  constructor(span: number) {
    this.#span = span;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether the pair was not in the set until now. */
  add(a: number, b: number): boolean {
    const key = a * this.#span + b;
    const slot = this.#find(key);
    if (this.#slots[slot] === key) return false;
    this.#slots[slot] = key;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  has(a: number, b: number): boolean {
    const key = a * this.#span + b;
    return this.#slots[this.#find(key)] === key;
  }

  clear(): void {
    this.#slots.fill(-1);
    this.#size = 0;
  }

  #find(key: number): number {
    const mask = this.#slots.length - 1;
    const high = Math.floor(key / 4_294_967_296);
    let hash = Math.imul(key >>> 0, 0x9e_37_79_b1) ^ Math.imul(high + 1, 0x85_eb_ca_6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    while (this.#slots[slot] !== -1 && this.#slots[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(old.length * 2).fill(-1);
    for (const key of old) if (key !== -1) this.#slots[this.#find(key)] = key;
  }
}
