// The quick way to canonical JSON says exactly what the full algorithm says, or leaves it to that.
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src-main/evidence/entry-hash.ts';
import { inKeyOrder, notPlain } from '../../../src-main/evidence/key-order.ts';

test('any JSON has the same canonical text either way', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary', maxDepth: 5 }), (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['members out of order', { b: [{ z: 1, a: { d: 1, c: 2 } }], a: null }],
  ['names that look like indices', { 10: 'a', 9: 'b', x: { 1: 0 } }],
  ['names beyond the basic plane, by code unit', { '\u{1f600}': 1, '\ufb33': 2, é: 3 }],
  ['a member named __proto__', JSON.parse('{"z":1,"__proto__":{"b":1,"a":2}}') as unknown],
  ['numbers in their shortest form', [-0, 1e21, 1e-7, 0.1 + 0.2, 2 ** 53]],
  ['control characters and separators', '\u0000\u001f\u2028\u007f"\\'],
  ['undefined members', { a: undefined, b: 1 }],
  ['dates', { at: new Date(0) }],
] as const)('%s', (_, value) => expect(canonicalJson(value)).toBe(canonicalize(value)));

test.each([[Number.NaN], [{ a: Infinity }], ['\ud800'], [{ '\ud800': 1 }], [undefined]])(
  'what has no canonical form is refused: %j',
  (value) => expect(() => canonicalJson(value)).toThrow(),
);

test('parts already in order are not copied, and depth beyond reason is left to the full algorithm', () => {
  const ordered = { a: [{ b: 1, c: 'x' }], d: null };
  expect(inKeyOrder(ordered)).toBe(ordered);
  let deep: unknown = 1;
  for (let level = 0; level < 5_000; level += 1) deep = [deep];
  expect(inKeyOrder(deep)).toBe(notPlain);
  expect(canonicalJson(deep)).toHaveLength(10_001);
});
