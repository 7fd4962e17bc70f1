// Small whole numbers side by side, each in as few bits as the largest of them needs.

/** A number of this many bits and what is left of the byte before it fit together in 32. */
export const mostBits = 24;

/** Bits that hold every number from 0 to `largest`; none where there is only 0. */
export function bitsFor(largest: number): number {
  if (largest <= 0) return 0;
  return largest < 2 ** 32 ? 32 - Math.clz32(largest) : Math.floor(Math.log2(largest)) + 1;
}

/** The lowest bits of a number come first. @param bits at most {@link mostBits}; every number is below 2 ** bits. */
export function packBits(numbers: ArrayLike<number>, bits: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(bytesFor(numbers.length, bits));
  if (bits === 0) return bytes;
  let place = 0;
  let held = 0;
  let heldBits = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    held |= numbers[at]! << heldBits;
    heldBits += bits;
    while (heldBits >= 8) {
      bytes[place++] = held;
      held >>>= 8;
      heldBits -= 8;
    }
  }
  if (heldBits > 0) bytes[place] = held;
  return bytes;
}

/** Fills `numbers`, which are all 0, with what {@link packBits} packed. */
export function unpackBits<Numbers extends Uint8Array | Uint16Array | Uint32Array>(
  bytes: Uint8Array,
  bits: number,
  numbers: Numbers,
): Numbers {
  if (bits === 0) return numbers;
  const mask = 2 ** bits - 1;
  let place = 0;
  let held = 0;
  let heldBits = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    while (heldBits < bits) {
      held |= bytes[place++]! << heldBits;
      heldBits += 8;
    }
    numbers[at] = held & mask;
    held >>>= bits;
    heldBits -= bits;
  }
  return numbers;
}

export function bytesFor(length: number, bits: number): number {
  return Math.ceil((length * bits) / 8);
}
