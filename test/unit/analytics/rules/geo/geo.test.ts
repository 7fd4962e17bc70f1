import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '#shared/model/problem.ts';
import { parseAddress } from '../../../../../src-main/analytics/rules/geo/address.ts';
import { distanceKm } from '../../../../../src-main/analytics/rules/geo/haversine.ts';
import { readLocations } from '../../../../../src-main/analytics/rules/geo/location-table.ts';

const point = (latitude: number, longitude: number) => ({ latitude, longitude });

describe('distance', () => {
  test('New York to London is 5570 km, to Boston 306 km', () => {
    const newYork = point(40.7128, -74.006);
    expect(Math.round(distanceKm(newYork, point(51.5074, -0.1278)))).toBe(5570);
    expect(Math.round(distanceKm(newYork, point(42.3601, -71.0589)))).toBe(306);
  });

  test('agrees with the angle between the two directions, is symmetric, and at most half way round', () => {
    const anywhere = fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    const vector = ({ latitude, longitude }: { latitude: number; longitude: number }) => {
      const [a, b] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180];
      return [Math.cos(a) * Math.cos(b), Math.cos(a) * Math.sin(b), Math.sin(a)] as const;
    };
    fc.assert(
      fc.property(anywhere, anywhere, (one, other) => {
        const [u, v] = [vector(one), vector(other)];
        const chord = Math.hypot(u[0] - v[0], u[1] - v[1], u[2] - v[2]);
        const expected = 2 * 6371 * Math.asin(Math.min(1, chord / 2));
        expect(Math.abs(distanceKm(one, other) - expected)).toBeLessThan(1e-3);
        expect(Math.abs(distanceKm(one, other) - distanceKm(other, one))).toBeLessThan(1e-6);
      }),
    );
    expect(distanceKm(point(0, 0), point(0, 180))).toBeCloseTo(Math.PI * 6371, 6);
  });
});

describe('addresses', () => {
  test.each([
    ['192.0.2.1', 4, 0xc0000201n],
    ['192.000.002.001', 4, 0xc0000201n],
    ['::ffff:192.0.2.1', 4, 0xc0000201n],
    ['0.0.0.0', 4, 0n],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['2001:db8::1', 6, 0x20010db8000000000000000000000001n],
    ['2001:DB8:0:0:0:0:0:1', 6, 0x20010db8000000000000000000000001n],
    ['fe80::1%eth0', 6, 0xfe800000000000000000000000000001n],
  ] as const)('%s', (text, version, value) => expect(parseAddress(text)).toEqual({ version, value }));

  test.each([
    '',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.1.1',
    'x',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    '::192.0.2.999',
    'localhost:80',
  ])('%s is none', (text) => expect(parseAddress(text)).toBeNull());
});

describe('the location file', () => {
  const file = [
    '\uFEFFnetwork,geoname_id,latitude,longitude,country\r',
    '192.0.2.0/24,1,40.7128,-74.006,US\r',
    '192.0.2.128/25,2,51.5074,-0.1278,"GB"\r',
    '198.51.100.0/24,3,,,\r',
    '2001:db8::/32,4,48.2,16.37,AT\r',
    '2001:db8:ffff::/48,5,-33.9,151.2,\r',
    '\r',
  ];
  const locate = readLocations(file);

  test('finds the smallest network around an address', () => {
    expect(locate('192.0.2.7')).toEqual({ latitude: 40.7128, longitude: -74.006, country: 'US' });
    expect(locate('192.0.2.200')).toMatchObject({ country: 'GB' });
    expect(locate('2001:db8::7')).toMatchObject({ country: 'AT' });
    expect(locate('2001:db8:ffff::7')).toEqual({ latitude: -33.9, longitude: 151.2, country: null });
  });

  test('what it does not know is unknown', () => {
    for (const ip of ['192.0.1.255', '192.0.3.0', '198.51.100.1', '2001:db9::', '::', 'no address', ''])
      expect(locate(ip)).toBeNull();
  });

  test('columns in any order; “country_iso_code” is a country', () => {
    const other = readLocations(['longitude,country_iso_code,network,latitude', '-74,US,10.0.0.0/8,40']);
    expect(other('10.1.2.3')).toEqual({ latitude: 40, longitude: -74, country: 'US' });
  });

  test.each([
    [[], 'is empty'],
    [['network,latitude'], 'longitude'],
    [['network,latitude,longitude', '10.0.0.0/33,1,1'], 'Line 2'],
    [['network,latitude,longitude', '', 'somewhere,1,1'], 'Line 3'],
    [['network,latitude,longitude', '10.0.0.0/8,91,1'], 'Line 2'],
    [['network,latitude,longitude', '10.0.0.0/8,north,1'], 'Line 2'],
  ])('%j is refused with the line', (lines, words) => {
    expect(() => readLocations(lines)).toThrow(Problem);
    expect(() => readLocations(lines)).toThrow(words);
  });

  test('agrees with looking at every network', () => {
    const network = fc.record({
      base: fc.integer({ min: 0, max: 255 }),
      bits: fc.integer({ min: 24, max: 32 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(network, { selector: ({ base, bits }) => `${base >> (32 - bits)}/${bits}` }),
        (networks) => {
          const lines = networks.map(({ base, bits }, at) => `10.0.0.${base}/${bits},${at % 90},0,n${at}`);
          const find = readLocations(['network,latitude,longitude,country', ...lines]);
          for (let host = 0; host < 256; host += 5) {
            const around = networks
              .map((one, at) => ({ ...one, at }))
              .filter(({ base, bits }) => base >> (32 - bits) === host >> (32 - bits))
              .toSorted((a, b) => b.bits - a.bits)[0];
            expect(find(`10.0.0.${host}`)?.country).toBe(around === undefined ? undefined : `n${around.at}`);
          }
        },
      ),
    );
  });
});
