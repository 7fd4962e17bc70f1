// Pairs of numbers in the order in which they first came; the newest can be taken back.

/** Columns of one entry per pair, ascending by time. Places from `length` on mean nothing. */
export class PairLog {
  length = 0;
  subjects = new Uint32Array(256);
  values = new Uint32Array(256);
  microseconds = new Float64Array(256);
  /** Place of the entry before of the same subject, or −1. */
  previous = new Int32Array(256);
  /** Open addressing: place of an entry + 1, or 0 where it is free. What was taken back stays, and is used again. */
  #slots = new Uint32Array(1024);
  #used = 0;
  /** Place of the newest entry by subject, or −1. */
  #last = new Int32Array(0);

  /** Adds a pair that is not there yet, not before the one added last. False when it was there. */
  add(subject: number, value: number, microseconds: number): boolean {
    const mask = this.#slots.length - 1;
    let vacated = -1;
    let slot = hashOf(subject, value) & mask;
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & mask) {
      const place = this.#slots[slot]! - 1;
      if (place >= this.length) vacated = vacated < 0 ? slot : vacated;
      else if (this.subjects[place] === subject && this.values[place] === value) return false;
    }
    if (vacated < 0) this.#used += 1;
    this.#append(subject, value, microseconds);
    this.#slots[vacated < 0 ? slot : vacated] = this.length;
    if (this.#used * 2 > this.#slots.length) this.#rehash();
    return true;
  }

  /** Takes back all but the first so many entries. */
  truncate(length: number): void {
    for (let place = this.length - 1; place >= length; place -= 1)
      this.#last[this.subjects[place]!] = this.previous[place]!;
    this.length = Math.min(length, this.length);
  }

  /** Place of the first entry at or after an instant. */
  placeAt(microseconds: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.microseconds[middle]! < microseconds) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #append(subject: number, value: number, microseconds: number): void {
    if (this.length === this.subjects.length) this.#grow();
    if (subject >= this.#last.length) this.#last = grown(this.#last, 2 * subject + 64);
    this.subjects[this.length] = subject;
    this.values[this.length] = value;
    this.microseconds[this.length] = microseconds;
    this.previous[this.length] = this.#last[subject]!;
    this.#last[subject] = this.length;
    this.length += 1;
  }

  #grow(): void {
    const capacity = 2 * this.length;
    const { subjects, values, microseconds, previous } = this;
    (this.subjects = new Uint32Array(capacity)).set(subjects);
    (this.values = new Uint32Array(capacity)).set(values);
    (this.microseconds = new Float64Array(capacity)).set(microseconds);
    (this.previous = new Int32Array(capacity)).set(previous);
  }

  #rehash(): void {
    let size = this.#slots.length;
    while (this.length * 4 > size) size *= 2;
    const mask = size - 1;
    const slots = new Uint32Array(size);
    for (let place = 0; place < this.length; place += 1) {
      let slot = hashOf(this.subjects[place]!, this.values[place]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = place + 1;
    }
    this.#slots = slots;
    this.#used = this.length;
  }
}

function hashOf(subject: number, value: number): number {
  let hash = Math.imul(subject, 0x9e_37_79_b1) ^ Math.imul(value + 1, 0x85_eb_ca_6b);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c_1b_3c_6d);
  return hash ^ (hash >>> 13);
}

function grown(old: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(capacity).fill(-1);
  larger.set(old);
  return larger;
}
