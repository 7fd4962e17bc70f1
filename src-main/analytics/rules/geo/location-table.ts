// Networks with their locations, from the lines of a local CSV file, searched by halving.
import { Problem } from '#shared/model/problem.ts';
import { parseAddress } from './address.ts';
import type { GeoLookup, Location } from './geo-lookup.ts';

type Network = { readonly first: bigint; readonly last: bigint; readonly place: number };

/**
 * Reads lines of `network,latitude,longitude,country` (networks as 192.0.2.0/24 or 2001:db8::/32). Columns are found by their
 * header, in any order; others are left out, `country_iso_code` is a country, and a network without a location is unknown.
 * Where networks lie within each other, the smallest wins.
 * @throws Problem `file-unreadable` that names the line.
 */
export function readLocations(lines: Iterable<string>): GeoLookup {
  const locations: Location[] = [];
  const networks: Record<4 | 6, Network[]> = { 4: [], 6: [] };
  let columns: Columns | null = null;
  let number = 0;
  for (const line of lines) {
    number += 1;
    const cells = cellsOf(line);
    if (cells.every((cell) => cell === '')) continue;
    if (columns === null) {
      columns = columnsOf(cells);
      continue;
    }
    const read = readLine(cells, columns, number);
    if (read === null) continue;
    networks[read.version].push({ ...read.range, place: locations.length });
    locations.push(read.location);
  }
  if (columns === null) throw unreadable('The location file is empty.');
  const tables = { 4: tableOf(networks[4]), 6: tableOf(networks[6]) };
  return (ip) => {
    const address = parseAddress(ip);
    const place = address === null ? -1 : find(tables[address.version], address.value);
    return locations[place] ?? null;
  };
}

type Columns = {
  readonly network: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly country: number;
};

function columnsOf(cells: readonly string[]): Columns {
  const names = cells.map((cell) => cell.toLowerCase());
  const [network, latitude, longitude] = ['network', 'latitude', 'longitude'].map((name) => {
    const at = names.indexOf(name);
    if (at < 0) throw unreadable(`The location file has no column “${name}” in its first line.`);
    return at;
  });
  const country = names.findIndex((name) => name === 'country' || name === 'country_iso_code');
  return { network: network!, latitude: latitude!, longitude: longitude!, country };
}

function readLine(cells: readonly string[], columns: Columns, number: number) {
  const network = parseNetwork(cells[columns.network] ?? '');
  if (network === null)
    throw unreadable(`Line ${number} of the location file has no network that can be read.`);
  const texts = [cells[columns.latitude] ?? '', cells[columns.longitude] ?? ''];
  if (texts.includes('')) return null;
  const [latitude, longitude] = texts.map(Number);
  const isPlace = Math.abs(latitude!) <= 90 && Math.abs(longitude!) <= 180;
  if (!isPlace)
    throw unreadable(`Line ${number} of the location file has no latitude and longitude in degrees.`);
  const country = cells[columns.country] || null;
  return { ...network, location: { latitude: latitude!, longitude: longitude!, country } };
}

function parseNetwork(text: string): { version: 4 | 6; range: { first: bigint; last: bigint } } | null {
  const [base = '', length, ...rest] = text.split('/');
  const address = parseAddress(base);
  if (address === null || rest.length > 0) return null;
  const width = address.version === 4 ? 32 : 128;
  const bits = length === undefined ? width : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (!(bits <= width)) return null;
  const span = 1n << BigInt(width - bits);
  const first = address.value - (address.value % span);
  return { version: address.version, range: { first, last: first + span - 1n } };
}

/** Quotes may enclose a cell; no cell of such a file spans lines. */
function cellsOf(line: string): string[] {
  const cells =
    line
      .replace(/^\uFEFF/, '')
      .replace(/\r$/, '')
      .match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  return cells.map((cell) =>
    cell
      .replace(/,$/, '')
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .replaceAll('""', '"'),
  );
}

type Table = {
  readonly firsts: BigUint64Array | readonly bigint[];
  readonly lasts: BigUint64Array | readonly bigint[];
  readonly places: Uint32Array;
  /** The network around each, as a position in this table; −1 outside. */
  readonly around: Int32Array;
};

function tableOf(networks: readonly Network[]): Table {
  const sorted = networks.toSorted((a, b) => compare(a.first, b.first) || compare(b.last, a.last));
  const around = new Int32Array(sorted.length).fill(-1);
  const open: number[] = [];
  for (const [at, network] of sorted.entries()) {
    while (open.length > 0 && sorted[open.at(-1)!]!.last < network.first) open.pop();
    around[at] = open.at(-1) ?? -1;
    open.push(at);
  }
  const isShort = sorted.every(({ last }) => last < 1n << 64n);
  const column = (values: bigint[]) => (isShort ? BigUint64Array.from(values) : values);
  return {
    firsts: column(sorted.map(({ first }) => first)),
    lasts: column(sorted.map(({ last }) => last)),
    places: Uint32Array.from(sorted, ({ place }) => place),
    around,
  };
}

function find({ firsts, lasts, places, around }: Table, value: bigint): number {
  let low = 0;
  let high = firsts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (firsts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  let at = low - 1;
  while (at >= 0 && lasts[at]! < value) at = around[at]!;
  return at < 0 ? -1 : places[at]!;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function unreadable(message: string): Problem {
  return new Problem('file-unreadable', `${message} No location was read.`, {
    next: 'Choose a CSV file whose first line names the columns network, latitude, longitude and country.',
  });
}
