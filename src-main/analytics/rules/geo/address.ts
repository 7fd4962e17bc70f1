// Reads an internet address as a number.

export interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
}

const mappedPrefix = 0xffffn;

/**
 * An IPv4 or IPv6 address; null for any other text. Leading zeros in IPv4 are decimal, a zone (“%eth0”) is left out, and
 * an IPv4 address written as IPv6 (“::ffff:192.0.2.1”) is the IPv4 address.
 */
export function parseAddress(text: string): Address | null {
  const plain = text.trim().replace(/%.*$/, '');
  if (!plain.includes(':')) {
    const value = parseIpv4(plain);
    return value === null ? null : { version: 4, value };
  }
  const value = parseIpv6(plain);
  if (value === null) return null;
  return value >> 32n === mappedPrefix ? { version: 4, value: value & 0xffffffffn } : { version: 6, value };
}

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return parts.reduce((sum, part) => sum * 256n + BigInt(Number(part)), 0n);
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => groupsOf(half));
  const [head, tail] = groups;
  if (!head || tail === null) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = tail === undefined ? head : [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return all.reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** Groups of sixteen bits; the last may be an IPv4 address, which is two of them. */
function groupsOf(half: string): bigint[] | null {
  if (half === '') return [];
  const groups: bigint[] = [];
  const parts = half.split(':');
  for (const [at, part] of parts.entries()) {
    if (at === parts.length - 1 && part.includes('.')) {
      const value = parseIpv4(part);
      if (value === null) return null;
      groups.push(value >> 16n, value & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return null;
  }
  return groups;
}
