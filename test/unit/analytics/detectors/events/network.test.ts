import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalAddress, networkOf } from '../../../../../src-main/analytics/detectors/events/network.ts';

describe('addresses and their networks', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    [' 203.0.113.7 ', '203.0.113.7', '203.0.113.0/24'],
    ['203.0.113.7/32', '203.0.113.7', '203.0.113.0/24'],
    ['203.0.113.7:51234', '203.0.113.7', '203.0.113.0/24'],
    ['010.001.000.009', '10.1.0.9', '10.1.0.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.7', '203.0.113.0/24'],
    ['::FFFF:cb00:7107', '203.0.113.7', '203.0.113.0/24'],
    ['2001:DB8::1', '2001:db8:0:0:0:0:0:1', '2001:db8:0::/48'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['[2001:db8::1]:443', '2001:db8:0:0:0:0:0:1', '2001:db8:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:1', 'fe80:0:0::/48'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0:0:0:c000:201', '64:ff9b:0::/48'],
    ['::', '0:0:0:0:0:0:0:0', '0:0:0::/48'],
    ['256.1.1.1', '256.1.1.1', '256.1.1.1'],
    ['0.0.0.0', '0.0.0.0', '0.0.0.0/24'],
    ['255.255.255.255', '255.255.255.255', '255.255.255.0/24'],
    ['1.2.3.04', '1.2.3.4', '1.2.3.0/24'],
    ['00.2.3.4', '0.2.3.4', '0.2.3.0/24'],
    ['1.2.3.4.5', '1.2.3.4.5', '1.2.3.4.5'],
    ['1.2.3.', '1.2.3.', '1.2.3.'],
    ['1..3.4', '1..3.4', '1..3.4'],
    ['1.2.3.4e', '1.2.3.4e', '1.2.3.4e'],
    ['1.2.3', '1.2.3', '1.2.3'],
    ['1::2::3', '1::2::3', '1::2::3'],
    ['1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7:8:9'],
    ['12345::', '12345::', '12345::'],
    ['cloudformation.example.com', 'cloudformation.example.com', 'cloudformation.example.com'],
    ['', null, null],
    ['   ', null, null],
    [null, null, null],
  ])('%s', (text, address, network) => {
    expect(canonicalAddress(text)).toBe(address);
    expect(networkOf(text)).toBe(network);
  });

  test('every way of writing an IPv4 address is the same address', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(octet, octet, octet, octet), (octets) => {
        const plain = octets.join('.');
        const padded = octets.map((value) => String(value).padStart(3, '0')).join('.');
        for (const spelling of [padded, `::ffff:${plain}`, `${plain}:22`, `${plain}/32`]) {
          expect(canonicalAddress(spelling)).toBe(plain);
          expect(networkOf(spelling)).toBe(`${octets.slice(0, 3).join('.')}.0/24`);
        }
      }),
    );
  });

  test('an IPv6 address reads back from any form the platform writes it in', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        const canonical = canonicalAddress(address)!;
        expect(canonicalAddress(canonical)).toBe(canonical);
        expect(networkOf(canonical)).toBe(networkOf(address));
        const isFour = canonical.includes('.');
        // The URL parser is the independent reading.
        const url = new URL(`http://[${address}]/`).hostname;
        const again = new URL(`http://[${isFour ? `::ffff:${canonical}` : canonical}]/`).hostname;
        expect(again).toBe(url);
      }),
    );
  });

  test('hostile text stays what it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const trimmed = text.trim();
        expect(canonicalAddress(text) === null).toBe(trimmed === '');
        expect(networkOf(canonicalAddress(text))).toBe(networkOf(text));
      }),
    );
    expect(networkOf('1'.repeat(1_000_000))).toHaveLength(1_000_000);
  });
});

test('reading an address again changes nothing', () => {
  const piece = fc.constantFrom(
    '0',
    '00',
    '1',
    '10',
    '255',
    '256',
    'ff',
    'ffff',
    '.',
    ':',
    '::',
    '[',
    ']',
    '/',
    '%',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 17 }), (pieces) => {
      const once = canonicalAddress(pieces.join(''));
      expect(canonicalAddress(once)).toBe(once);
      if (once !== null) expect(networkOf(once)).toBe(networkOf(pieces.join('')));
    }),
    { numRuns: 2_000 },
  );
});
