// What events were seen with, as numbers: networks, addresses and kinds of resources.
import type { Dictionary } from '../../history/dictionary.ts';
import type { CodedColumn, Segment, SegmentField } from '../../history/segment.ts';
import { canonicalAddress, networkOf } from './network.ts';

export const sightingKinds = ['action', 'network', 'address', 'resourceType'] as const;
export type SightingKind = (typeof sightingKinds)[number];
/** The kinds that are read from a field. */
export type FieldKind = Exclude<SightingKind, 'action'>;

export type SightingTexts = Readonly<Record<SightingKind, Dictionary>>;

export const fieldOf = {
  network: 'ip',
  address: 'ip',
  resourceType: 'resourceType',
} as const satisfies Record<FieldKind, SegmentField>;

export interface Numbered {
  readonly codes: CodedColumn['codes'];
  /** Number by code; −1 for a text that says nothing. */
  readonly numbers: Int32Array;
}

/** What the events of a segment were seen with; null where the field is not mirrored. */
export function numbersOf(segment: Segment, kind: FieldKind, texts: SightingTexts): Numbered | null {
  const column = segment.column(fieldOf[kind]);
  if (column === null) return null;
  const numberOf = numberings[kind];
  return { codes: column.codes, numbers: Int32Array.from(column.values, (text) => numberOf(text, texts)) };
}

const numberings: Record<FieldKind, (text: string | null, texts: SightingTexts) => number> = {
  address: addressNumber,
  network: (text, texts) => networkNumber(addressNumber(text, texts), texts),
  resourceType: (text, { resourceType }) => {
    const trimmed = text?.trim() ?? '';
    return trimmed === '' ? -1 : resourceType.codeOf(trimmed);
  },
};

/** What is known as an address is spelt as all of them are: reading it again would change nothing. */
function addressNumber(text: string | null, { address }: SightingTexts): number {
  if (text === null) return -1;
  const known = address.find(text);
  if (known !== undefined) return known;
  const canonical = canonicalAddress(text);
  return canonical === null ? -1 : address.codeOf(canonical);
}

const networksOf = new WeakMap<Dictionary, number[]>();

/** Number of the network of each address, by the address's number. */
function networkNumber(number: number, { address, network }: SightingTexts): number {
  if (number < 0) return -1;
  let networks = networksOf.get(address);
  if (networks === undefined) networksOf.set(address, (networks = []));
  for (let next = networks.length; next <= number; next += 1)
    networks.push(network.codeOf(networkOf(address.valueOf(next))!));
  return networks[number]!;
}
