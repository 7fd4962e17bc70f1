// Numbers of pairs of small whole numbers, without an object for each: there may be millions.

const firstSlots = 1_024;
const free = -1;

/** Open addressing; at most half of the slots are taken, so a search stays short. */
export class PairNumbers {
  #firsts = new Int32Array(firstSlots).fill(free);
  #seconds = new Int32Array(firstSlots);
  #numbers = new Int32Array(firstSlots);
  #size = 0;

  /** The number of a pair, or −1. */
  get(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    return this.#firsts[slot] === free ? -1 : this.#numbers[slot]!;
  }

  /** Pairs are given a number once. */
  add(first: number, second: number, number: number): void {
    if ((this.#size + 1) * 2 > this.#firsts.length) this.#spread();
    const slot = this.#slotOf(first, second);
    this.#firsts[slot] = first;
    this.#seconds[slot] = second;
    this.#numbers[slot] = number;
    this.#size += 1;
  }

  /** Where the pair lies, or would. */
  #slotOf(first: number, second: number): number {
    const mask = this.#firsts.length - 1;
    let slot = hashOf(first, second) & mask;
    while (this.#firsts[slot] !== free && (this.#firsts[slot] !== first || this.#seconds[slot] !== second))
      slot = (slot + 1) & mask;
    return slot;
  }

  #spread(): void {
    const [firsts, seconds, numbers] = [this.#firsts, this.#seconds, this.#numbers];
    this.#firsts = new Int32Array(firsts.length * 2).fill(free);
    this.#seconds = new Int32Array(firsts.length * 2);
    this.#numbers = new Int32Array(firsts.length * 2);
    for (let slot = 0; slot < firsts.length; slot += 1) {
      if (firsts[slot] === free) continue;
      const place = this.#slotOf(firsts[slot]!, seconds[slot]!);
      this.#firsts[place] = firsts[slot]!;
      this.#seconds[place] = seconds[slot]!;
      this.#numbers[place] = numbers[slot]!;
    }
  }
}

function hashOf(first: number, second: number): number {
  const mixed = Math.imul(Math.imul(first, 0x9e37_79b1) ^ second, 0x85eb_ca6b);
  return mixed ^ (mixed >>> 15);
}
