// Canonical addresses, and the network an address belongs to: /24 of IPv4, /48 of IPv6.

/** An address as numbers: 4 octets, or 8 groups of 16 bits. */
type Parsed = { readonly octets: readonly number[] } | { readonly groups: readonly number[] };

/**
 * One spelling per address: “010.0.0.007” is 10.0.0.7 (octets count as decimal), “::ffff:10.0.0.7” is the same, IPv6 in lower case
 * with full groups. A port, a prefix length and a zone are left out. What is no address stays as it is, trimmed.
 * Null when the text is empty.
 */
export function canonicalAddress(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return null;
  if (isPlainFour(trimmed)) return trimmed;
  const parsed = parse(trimmed);
  if (parsed === null) return trimmed;
  return 'octets' in parsed ? parsed.octets.join('.') : hexadecimal(parsed.groups).join(':');
}

/** “10.0.0.0/24”, “2001:db8:0::/48”; what is no address is its own network. Null when the text is empty. */
export function networkOf(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return null;
  if (isPlainFour(trimmed)) return `${trimmed.slice(0, trimmed.lastIndexOf('.'))}.0/24`;
  const parsed = parse(trimmed);
  if (parsed === null) return trimmed;
  if ('octets' in parsed) return `${parsed.octets.slice(0, 3).join('.')}.0/24`;
  return `${hexadecimal(parsed.groups.slice(0, 3)).join(':')}::/48`;
}

/** Whether a text is an IPv4 address as it is spelt here. Nearly all are, and a look costs less than taking them apart. */
function isPlainFour(text: string): boolean {
  if (text.length > 15) return false;
  let dots = 0;
  let digits = 0;
  let octet = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    const isDot = digit === -2;
    if (isDot ? digits === 0 : digit < 0 || digit > 9 || (digits > 0 && octet === 0)) return false;
    dots += isDot ? 1 : 0;
    digits = isDot ? 0 : digits + 1;
    octet = isDot ? 0 : octet * 10 + digit;
    if (octet > 255) return false;
  }
  return dots === 3 && digits > 0;
}

function hexadecimal(groups: readonly number[]): string[] {
  return groups.map((group) => group.toString(16));
}

/** The longest text that can be an address with zone, prefix and port. */
const longestAddress = 80;

function parse(text: string): Parsed | null {
  if (text.length > longestAddress) return null;
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  const host = (bracketed ?? text).replace(/\/\d{1,3}$/, '').replace(/%.*$/, '');
  if (host.includes(':') && !/^[\d.]+:\d+$/.test(host)) return parseSix(host);
  return parseFour(host.replace(/:\d+$/, ''));
}

function parseFour(host: string): Parsed | null {
  const octets = octetsOf(host);
  return octets === null ? null : { octets };
}

function octetsOf(host: string): number[] | null {
  const parts = host.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const octets = parts.map(Number);
  return octets.every((octet) => octet <= 255) ? octets : null;
}

function parseSix(host: string): Parsed | null {
  const halves = host.split('::');
  if (halves.length > 2) return null;
  const sides = halves.map(groupsOf);
  const [left, right] = sides;
  if (left === undefined || left === null || right === null) return null;
  const missing = 8 - left.length - (right?.length ?? 0);
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const groups = right === undefined ? left : [...left, ...Array<number>(missing).fill(0), ...right];
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xff_ff;
  if (!isMapped) return { groups };
  return { octets: groups.slice(6).flatMap((group) => [group >> 8, group & 255]) };
}

/** The 16-bit groups of one side of “::”; an IPv4 address at its end counts as two. */
function groupsOf(side: string): number[] | null {
  if (side === '') return [];
  const groups: number[] = [];
  const parts = side.split(':');
  for (const [at, part] of parts.entries()) {
    const octets = at === parts.length - 1 && part.includes('.') ? octetsOf(part) : null;
    if (octets !== null) groups.push(octets[0]! * 256 + octets[1]!, octets[2]! * 256 + octets[3]!);
    else if (/^[\da-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups.length <= 8 ? groups : null;
}
