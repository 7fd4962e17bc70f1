import * as crypto from 'node:crypto';
import * as zlib from 'node:zlib';
import { ed25519 } from '@noble/curves/ed25519.js';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createHash,
  createHmac,
  createPublicKey,
  hash,
  verify,
} from '../../../../src-main/evidence/browser-verifier/page-crypto.ts';
import { crc32 } from '../../../../src-main/evidence/browser-verifier/page-zlib.ts';

const bytes = fc.uint8Array({ maxLength: 300 });

test('hashes and checksums of pieces are those of Node', () => {
  fc.assert(
    fc.property(bytes, bytes, fc.constantFrom('sha1', 'sha256', 'sha512'), (one, other, name) => {
      const theirs = crypto.createHash(name).update(one).update(other).digest('hex');
      expect(createHash(name).update(one).update(other).digest('hex')).toBe(theirs);
      expect(createHmac(name, one).update(other).digest('base64')).toBe(
        crypto.createHmac(name, one).update(other).digest('base64'),
      );
      expect(hash(name, one, 'hex')).toBe(crypto.hash(name, one, 'hex'));
      expect(crc32(other, crc32(one))).toBe(zlib.crc32(other, zlib.crc32(one)));
    }),
    { numRuns: 100 },
  );
  expect(hash('sha256', 'ä')).toBe(crypto.hash('sha256', 'ä', 'hex'));
  expect(() => createHash('md5')).toThrow('no md5');
});

const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
const littleEndian = (value: bigint): Buffer =>
  Buffer.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toReversed());
const integerOf = (given: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(Buffer.from(given).toReversed()).toString('hex')}`);

const jwk = (raw: Uint8Array) => ({
  key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
  format: 'jwk' as const,
});

/** What Node and the page say; they must never differ. */
function both(signature: Uint8Array, message: Uint8Array, raw: Uint8Array): [boolean, boolean] {
  const theirs = crypto.verify(null, message, crypto.createPublicKey(jwk(raw)), signature);
  return [theirs, verify(null, message, createPublicKey(jwk(raw)), signature)];
}

const { privateKey, publicKey } = crypto.generateKeyPairSync('ed25519');
const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');

test('a signature holds here exactly when it holds for Node', () => {
  fc.assert(
    fc.property(bytes, fc.nat(63), fc.integer({ min: 1, max: 255 }), (message, at, change) => {
      const signature = crypto.sign(null, message, privateKey);
      expect(both(signature, message, raw)).toEqual([true, true]);
      const damaged = Buffer.from(signature);
      damaged[at]! ^= change;
      expect(both(damaged, message, raw)).toEqual([false, false]);
      const other = Buffer.from(raw);
      other[at % 32]! ^= change;
      const [theirs, ours] = both(signature, message, other);
      expect(ours).toBe(theirs);
    }),
    { numRuns: 25 },
  );
});

test('a second form of the same signature does not hold', () => {
  const message = Buffer.from('once');
  const signature = crypto.sign(null, message, privateKey);
  const scalar = integerOf(signature.subarray(32));
  const larger = Buffer.concat([signature.subarray(0, 32), littleEndian(scalar + order)]);
  expect(both(larger, message, raw)).toEqual([false, false]);
  expect(both(signature.subarray(1), message, raw)).toEqual([false, false]);
});

const prime = 2n ** 255n - 19n;
const smallOrder = [0n, 1n, prime - 1n, prime, prime + 1n].flatMap((y) => [
  littleEndian(y),
  littleEndian(y | (1n << 255n)),
]);

test('keys and points of small order, with which anything could be signed, hold neither here nor for Node', () => {
  const tried = smallOrder.flatMap((key) =>
    smallOrder.flatMap((point) =>
      [0n, 1n].map((scalar) =>
        both(Buffer.concat([point, littleEndian(scalar)]), Buffer.from('anything'), key),
      ),
    ),
  );
  expect(tried.flat().filter(Boolean)).toEqual([]);
});

test('keys and points with a part of small order are judged as Node judges them', () => {
  const { Point } = ed25519;
  const torsion = [
    Point.ZERO,
    Point.fromBytes(littleEndian(0n), true),
    Point.fromBytes(littleEndian(prime - 1n)),
  ];
  const [secret, nonce] = [123_456_789n, 777n];
  const tried = torsion.flatMap((ofKey) =>
    torsion.flatMap((ofPoint) =>
      [0n, nonce].flatMap((chosen) =>
        ['a', 'b', 'c', 'd', 'e'].map((text) => {
          const message = Buffer.from(text);
          const key = Point.BASE.multiply(secret).add(ofKey).toBytes();
          const point = Point.BASE.multiplyUnsafe(chosen).add(ofPoint).toBytes();
          const digest = crypto.hash('sha512', Buffer.concat([point, key, message]), 'buffer');
          const scalar = (chosen + (integerOf(digest) % order) * secret) % order;
          return both(Buffer.concat([point, littleEndian(scalar)]), message, key);
        }),
      ),
    ),
  );
  expect(tried.filter(([theirs, ours]) => theirs !== ours)).toEqual([]);
  expect(new Set(tried.map(([theirs]) => theirs))).toEqual(new Set([true, false]));
});
