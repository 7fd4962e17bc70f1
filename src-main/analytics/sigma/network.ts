// IP networks: addresses as sixteen-bit groups, compared by their leading bits.

export interface Network {
  /** Two groups for IPv4, eight for IPv6. */
  readonly groups: readonly number[];
  readonly prefixBits: number;
}

/** Reads “203.0.113.0/24” or “2001:db8::/32”. Null when it is no network, or has bits set behind its prefix. */
export function parseNetwork(written: string): Network | null {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(written);
  const groups = parseAddress(match?.[1] ?? '');
  const prefixBits = Number(match?.[2]);
  if (groups === null || prefixBits > groups.length * 16) return null;
  const network = { groups, prefixBits };
  return groups.every((group, at) => (group & ~maskOf(network, at)) === 0) ? network : null;
}

/** Whether the text is an address of the network. Text that is no address is not. */
export function isInNetwork(network: Network, text: string): boolean {
  const groups = parseAddress(text);
  if (groups === null || groups.length !== network.groups.length) return false;
  return groups.every((group, at) => (group & maskOf(network, at)) === network.groups[at]);
}

function maskOf({ prefixBits }: Network, at: number): number {
  const bits = Math.min(16, Math.max(0, prefixBits - at * 16));
  return (0xffff << (16 - bits)) & 0xffff;
}

/**
 * Reads one address; a host mask (/32, /128) and an IPv6 zone are ignored, leading zeros are decimal, and an IPv4 address
 * in IPv6 clothing (::ffff:203.0.113.7) is the IPv4 address.
 */
function parseAddress(text: string): number[] | null {
  if (text.length > 64) return null;
  const bare = text.replace(/%.*$/s, '').replace(text.includes(':') ? /\/128$/ : /\/32$/, '');
  if (!bare.includes(':')) return parseIpv4(bare);
  const lastColon = bare.lastIndexOf(':');
  const tail = bare.includes('.') ? parseIpv4(bare.slice(lastColon + 1)) : [];
  if (tail === null) return null;
  const written = tail.length === 0 ? bare : `${bare.slice(0, lastColon)}:${hexadecimal(tail)}`;
  const groups = parseIpv6(written);
  if (groups?.slice(0, 6).join(':') === '0:0:0:0:0:65535') return groups.slice(6);
  return groups;
}

function parseIpv4(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = parts.map(Number);
  return [a * 256 + b, c * 256 + d];
}

function parseIpv6(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const parts = [...head, ...Array<string>(missing).fill('0'), ...tail];
  return parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))
    ? parts.map((part) => parseInt(part, 16))
    : null;
}

function hexadecimal(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}
