// Numbers texts in the order they first come, in some 30 bytes each however long they are: joins of a pack need no more of them.
import { sha256 } from './digest.ts';

const wordsPerKey = 4;
/** Slots per key: at most half are taken, so that a search ends soon. */
const roominess = 2;

export type KeyIndex = {
  /** How many different texts there are. */
  readonly size: () => number;
  /** The number of a text, from 0; a new one if it has none yet. */
  readonly add: (text: string) => number;
  /** The number of a text, or -1. */
  readonly find: (text: string) => number;
};

/** The first 128 bits of the SHA-256 of a text: two texts of one key cannot be made. */
export const keyOf = (text: string): Buffer => sha256(text).subarray(0, 4 * wordsPerKey);

export function keyIndex(): KeyIndex {
  let keys = new Uint32Array(64 * wordsPerKey);
  let slots = new Int32Array(64 * roominess).fill(-1);
  let size = 0;
  const hasKey = (number: number, key: Buffer): boolean => {
    for (let word = 0; word < wordsPerKey; word += 1)
      if (keys[number * wordsPerKey + word] !== key.readUInt32LE(4 * word)) return false;
    return true;
  };
  /** The slot that holds the key, or the free one where it belongs. */
  const slotOf = (key: Buffer): number => {
    const mask = slots.length - 1;
    let slot = key.readUInt32LE(0) & mask;
    while (slots[slot]! >= 0 && !hasKey(slots[slot]!, key)) slot = (slot + 1) & mask;
    return slot;
  };
  const grow = (): void => {
    const more = new Uint32Array(keys.length * 2);
    more.set(keys);
    keys = more;
    slots = new Int32Array((keys.length / wordsPerKey) * roominess).fill(-1);
    const mask = slots.length - 1;
    for (let number = 0; number < size; number += 1) {
      let slot = keys[number * wordsPerKey]! & mask;
      while (slots[slot]! >= 0) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
  };
  return {
    size: () => size,
    find: (text) => slots[slotOf(keyOf(text))]!,
    add: (text) => {
      const key = keyOf(text);
      const found = slots[slotOf(key)]!;
      if (found >= 0) return found;
      if ((size + 1) * wordsPerKey > keys.length) grow();
      for (let word = 0; word < wordsPerKey; word += 1)
        keys[size * wordsPerKey + word] = key.readUInt32LE(4 * word);
      slots[slotOf(key)] = size;
      size += 1;
      return size - 1;
    },
  };
}
