// Who was active on which day: a bit per subject and entry, in time order; the newest can be taken back.

/** A day may have several entries, one after the other. */
export class ActiveDays {
  readonly #days: number[] = [];
  readonly #bits: Uint8Array[] = [];

  get length(): number {
    return this.#days.length;
  }

  /** @param marks 1 for every subject that was active; they are cleared. */
  add(day: number, marks: Uint8Array): void {
    const last = marks.lastIndexOf(1);
    if (last < 0) return;
    const bits = new Uint8Array((last >> 3) + 1);
    for (let subject = 0; subject <= last; subject += 1)
      if (marks[subject] === 1) bits[subject >> 3]! |= 1 << (subject & 7);
    marks.fill(0, 0, last + 1);
    this.#days.push(day);
    this.#bits.push(bits);
  }

  /** Takes back all but the first so many entries. */
  truncate(length: number): void {
    this.#days.length = length;
    this.#bits.length = length;
  }

  /** The days between two others, both left out, on which a subject was active: each once, ascending. */
  between(subject: number, after: number, before: number): number[] {
    const found: number[] = [];
    for (let at = this.#firstAfter(after); at < this.#days.length && this.#days[at]! < before; at += 1) {
      const isActive = ((this.#bits[at]![subject >> 3] ?? 0) >> (subject & 7)) & 1;
      if (isActive === 1 && found.at(-1) !== this.#days[at]) found.push(this.#days[at]!);
    }
    return found;
  }

  #firstAfter(day: number): number {
    let low = 0;
    let high = this.#days.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#days[middle]! <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
