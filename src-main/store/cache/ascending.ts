// Ascending whole numbers as the steps between them, which are far smaller than the numbers.
import { bitsFor, bytesFor, mostBits, packBits, unpackBits } from './bits.ts';

/** Clocks that count coarser than microseconds leave steps of whole milliseconds or seconds. */
const units = [1_000_000, 1_000] as const;

/** Numbers before the wide steps: how many there are in all, the first, the unit of steps, bits a step, how many wide steps. */
const headNumbers = 5;

/**
 * The head, the steps that are too wide for the bits of a step, then every step in these bits; all ones stand for the next wide one.
 * @returns null where the numbers do not ascend, or where a step is no whole number that adds up exactly.
 */
export function packAscending(numbers: Float64Array | Uint32Array): Uint8Array<ArrayBuffer> | null {
  const steps = stepsBetween(numbers);
  if (steps === null) return null;
  const unit = units.find((candidate) => steps.every((step) => step % candidate === 0)) ?? 1;
  if (unit > 1) for (let at = 0; at < steps.length; at += 1) steps[at]! /= unit;
  const bits = cheapestBits(steps);
  const widest = 2 ** bits - 1;
  const small = new Uint32Array(steps.length);
  const wide: number[] = [];
  for (let at = 0; at < steps.length; at += 1) {
    small[at] = Math.min(steps[at]!, widest);
    if (steps[at]! >= widest) wide.push(steps[at]!);
  }
  const head = Float64Array.of(numbers.length, numbers[0] ?? 0, unit, bits, wide.length, ...wide);
  const packed = packBits(small, bits);
  const bytes = new Uint8Array(head.byteLength + packed.byteLength);
  bytes.set(new Uint8Array(head.buffer));
  bytes.set(packed, head.byteLength);
  return bytes;
}

/** What {@link packAscending} packed. @param buffer begins with it. */
export function unpackAscending(buffer: ArrayBuffer): Float64Array<ArrayBuffer> {
  const [length, first, unit, bits, wideSteps] = new Float64Array(buffer, 0, headNumbers);
  const numbers = new Float64Array(length!);
  if (length === 0) return numbers;
  const wide = new Float64Array(buffer, headNumbers * 8, wideSteps);
  const stepsFrom = (headNumbers + wide.length) * 8;
  const packed = new Uint8Array(buffer, stepsFrom, bytesFor(length! - 1, bits!));
  const small = unpackBits(packed, bits!, new Uint32Array(length! - 1));
  const widest = 2 ** bits! - 1;
  let number = first!;
  let nextWide = 0;
  numbers[0] = number;
  for (let at = 0; at < small.length; at += 1) {
    const step = small[at]!;
    number += (step === widest ? wide[nextWide++]! : step) * unit!;
    numbers[at + 1] = number;
  }
  return numbers;
}

function stepsBetween(numbers: Float64Array | Uint32Array): Float64Array | null {
  const steps = new Float64Array(Math.max(0, numbers.length - 1));
  for (let at = 0; at < steps.length; at += 1) {
    const step = numbers[at + 1]! - numbers[at]!;
    if (!(step >= 0) || !Number.isSafeInteger(step) || numbers[at]! + step !== numbers[at + 1]!) return null;
    steps[at] = step;
  }
  return steps;
}

/** As many bits as make the whole smallest: a few wide steps, such as a night without events, must not widen all. */
function cheapestBits(steps: Float64Array): number {
  const needing = new Uint32Array(54);
  // One more than the step, because all ones are taken.
  for (const step of steps) needing[Math.min(53, bitsFor(step + 1))]! += 1;
  let wide = steps.length;
  let cheapest = { bits: 0, size: Infinity };
  for (let bits = 0; bits <= mostBits; bits += 1) {
    wide -= needing[bits]!;
    const size = bytesFor(steps.length, bits) + wide * 8;
    if (size < cheapest.size) cheapest = { bits, size };
  }
  return cheapest.bits;
}
