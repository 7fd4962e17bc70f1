import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { merkleRoot } from '../../../src-main/evidence/merkle.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The definition of RFC 6962 section 2.1, word for word. */
function definition(leaves: readonly Uint8Array[]): Buffer {
  if (leaves.length === 0) return sha256();
  const [only] = leaves;
  if (leaves.length === 1 && only) return sha256(Buffer.from([0]), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.from([1]), definition(leaves.slice(0, split)), definition(leaves.slice(split)));
}

test('the root is that of the definition for every number of leaves', () => {
  for (let size = 0; size <= 70; size++) {
    const leaves = Array.from({ length: size }, (_, index) => Buffer.from([index, size]));
    const hashes = leaves.map((leaf) => sha256(Buffer.from([0]), leaf));
    expect(merkleRoot(hashes).equals(definition(leaves))).toBe(true);
  }
});

test('the published test vector of RFC 6962 implementations holds', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const hashes = leaves.map((leaf) => sha256(Buffer.from([0]), Buffer.from(leaf, 'hex')));
  expect(merkleRoot(hashes).toString('hex')).toBe(
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  );
});

test('swapping two leaves changes the root', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(255), { minLength: 2, maxLength: 20 }), (values) => {
      const hashes = values.map((value) => Buffer.alloc(32, value));
      const [first, second, ...rest] = hashes;
      if (!first || !second) return;
      expect(merkleRoot([second, first, ...rest]).equals(merkleRoot(hashes))).toBe(false);
    }),
  );
});
