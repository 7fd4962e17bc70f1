// What the fields of one row on the wire are, in order: time, id, then one text each.
import type { BatchField } from './event-batch.ts';

export interface TextField {
  readonly field: BatchField;
  /** An absent value is read as an empty text. */
  readonly isNeverNull: boolean;
  /** The text of an inet always shows a mask; that of a single host is cut off. */
  readonly hasHostMask: boolean;
  /** From the start: texts of which hardly two are the same. */
  readonly isPlain: boolean;
}

export interface RowLayout {
  readonly idKind: 'uuid' | 'text';
  readonly texts: readonly TextField[];
  /** Fields that have one value for all rows and are not on the wire. */
  readonly constants: ReadonlyMap<BatchField, string>;
}

/** Where the text of an address ends without its host mask: /32 of IPv4, /128 of IPv6. */
export function endWithoutHostMask(bytes: Uint8Array, start: number, end: number): number {
  const mask = bytes.indexOf(slash, start);
  if (mask < 0 || mask >= end) return end;
  const isVersion6 = bytes.subarray(start, mask).includes(colon);
  const host = isVersion6 ? mask128 : mask32;
  if (end - mask - 1 !== host.length) return end;
  return host.every((digit, place) => bytes[mask + 1 + place] === digit) ? mask : end;
}

const slash = 0x2f;
const colon = 0x3a;
const mask32 = [0x33, 0x32];
const mask128 = [0x31, 0x32, 0x38];
