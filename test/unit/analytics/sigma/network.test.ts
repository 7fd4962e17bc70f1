import fc from 'fast-check';
import { isIP, BlockList } from 'node:net';
import { expect, test } from 'vitest';
import { isInNetwork, parseNetwork } from '../../../../src-main/analytics/sigma/network.ts';

const inside = (network: string, address: string) => {
  const parsed = parseNetwork(network);
  if (parsed === null) throw new Error(`${network} is no network`);
  return isInNetwork(parsed, address);
};

test.each([
  ['10.0.0.0/8', '10.255.255.255', true],
  ['10.0.0.0/8', '11.0.0.0', false],
  ['0.0.0.0/0', '203.0.113.9', true],
  ['203.0.113.9/32', '203.0.113.9', true],
  ['203.0.113.9/32', '203.0.113.8', false],
  ['203.0.113.0/24', '203.0.113.9/32', true],
  ['203.0.113.0/24', '203.000.113.009', true],
  ['203.0.113.0/24', '::ffff:203.0.113.9', true],
  ['203.0.113.0/24', '::ffff:cb00:7109', true],
  ['203.0.113.0/24', '2001:db8::1', false],
  ['2001:db8::/32', '2001:db8:ffff::1', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['fe80::/10', 'fe80::1%eth0', true],
  ['::/0', '::1', true],
  ['::/0', '10.0.0.1', false],
  ['64:ff9b::/96', '64:ff9b::203.0.113.9', true],
  ['10.0.0.0/8', 'AWS Internal', false],
  ['10.0.0.0/8', '10.0.0', false],
  ['10.0.0.0/8', '10.0.0.256', false],
  ['10.0.0.0/8', '', false],
  ['::/0', '1:2:3:4:5:6:7:8:9', false],
  ['::/0', '1::2::3', false],
])('%s and %s', (network, address, expected) => {
  expect(inside(network, address)).toBe(expected);
});

test.each([
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0.1/8',
  '2001:db8::/129',
  '2001:db8::1/32',
  'x/8',
  '/8',
  '10.0.0.0/08x',
])('%s is no network', (text) => {
  expect(parseNetwork(text)).toBeNull();
});

test('agrees with the block list of Node for any address', () => {
  const address = fc.oneof(fc.ipV4(), fc.ipV6()).filter((text) => isIP(text) > 0 && !/^::ffff:/i.test(text));
  fc.assert(
    fc.property(address, address, fc.nat({ max: 128 }), (base, other, wanted) => {
      const family = isIP(base) === 4 ? 'ipv4' : 'ipv6';
      const bits = Math.min(wanted, family === 'ipv4' ? 32 : 128);
      const zeros = Array.from({ length: 129 }, (_, least) => least).findLast(
        (least) => least <= bits && parseNetwork(`${base}/${least}`) !== null,
      );
      // Node takes every IPv4 address for a part of ::/0; here the families are apart.
      if (zeros === undefined || isIP(base) !== isIP(other)) return;
      const list = new BlockList();
      list.addSubnet(base, zeros, family);
      expect(inside(`${base}/${zeros}`, other)).toBe(list.check(other, isIP(other) === 4 ? 'ipv4' : 'ipv6'));
    }),
    { numRuns: 2000 },
  );
});
