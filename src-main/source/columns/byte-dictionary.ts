// Numbers texts by their bytes, without making a string of a text that is already known.

const seed = 0x9e37_79b1;
const firstSlots = 256;
const firstBytes = 4_096;

/** Texts are numbered from 0 on in the order they are first seen; each is decoded once, when somebody asks for it. */
export class ByteDictionary {
  /** Number + 1 of the text in each slot, 0 where there is none; at most half are taken. */
  #slots = new Int32Array(firstSlots);
  #hashes = new Int32Array(firstSlots / 2);
  /** Text n is #bytes[#starts[n]] to #bytes[#starts[n + 1]]. */
  #starts = new Uint32Array(firstSlots / 2 + 1);
  #bytes: Buffer = Buffer.allocUnsafeSlow(firstBytes);
  #view = viewOf(this.#bytes);
  #size = 0;
  readonly #texts: string[] = [];

  get size(): number {
    return this.#size;
  }

  /** Bytes of all texts together. */
  get byteLength(): number {
    return this.#starts[this.#size]!;
  }

  /** The number of the text at [start, end) of `bytes`, given to it now if it has none yet. `view` looks at the same bytes. */
  numberOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
    const hash = hashOf(bytes, view, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) break;
      if (this.#hashes[number] === hash && this.isText(number, bytes, view, start, end)) return number;
      slot = (slot + 1) & mask;
    }
    return this.#add(slot, hash, bytes, start, end);
  }

  /** Whether the text with this number has exactly these bytes. */
  isText(number: number, bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    let at = this.#starts[number]!;
    if (this.#starts[number + 1]! - at !== end - start) return false;
    let place = start;
    for (; place + 4 <= end; place += 4, at += 4)
      if (view.getInt32(place, true) !== this.#view.getInt32(at, true)) return false;
    for (; place < end; place += 1, at += 1) if (bytes[place] !== this.#bytes[at]) return false;
    return true;
  }

  textOf(number: number): string {
    return (this.#texts[number] ??= this.bytesOf(number).toString('utf8'));
  }

  /** The bytes themselves, not a copy; they stay as they are. */
  bytesOf(number: number): Buffer {
    return this.#bytes.subarray(this.#starts[number], this.#starts[number + 1]);
  }

  lengthOf(number: number): number {
    return this.#starts[number + 1]! - this.#starts[number]!;
  }

  #add(slot: number, hash: number, bytes: Uint8Array, start: number, end: number): number {
    const number = this.#size;
    const at = this.#starts[number]!;
    this.#makeRoom(at + end - start);
    this.#bytes.set(bytes.subarray(start, end), at);
    this.#slots[slot] = number + 1;
    this.#hashes[number] = hash;
    this.#starts[number + 1] = at + end - start;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length - 1) this.#spread();
    return number;
  }

  #makeRoom(byteLength: number): void {
    if (byteLength <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(byteLength, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.byteLength));
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }

  /** Twice the slots, so that a search stays short. */
  #spread(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#size; number += 1) {
      let slot = this.#hashes[number]! & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.#slots = slots;
    this.#hashes = grown(this.#hashes, new Int32Array(slots.length / 2));
    this.#starts = grown(this.#starts, new Uint32Array(slots.length / 2 + 1));
  }
}

/** Every byte counts: audit texts such as paths and addresses differ in any place. */
function hashOf(bytes: Uint8Array, view: DataView, start: number, end: number): number {
  let hash = end - start;
  let place = start;
  for (; place + 4 <= end; place += 4) {
    hash = Math.imul(hash ^ view.getInt32(place, true), seed);
    hash ^= hash >>> 15;
  }
  for (; place < end; place += 1) hash = Math.imul(hash ^ bytes[place]!, seed);
  return hash ^ (hash >>> 16);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function grown<Numbers extends Int32Array | Uint32Array>(smaller: Numbers, larger: Numbers): Numbers {
  larger.set(smaller);
  return larger;
}
