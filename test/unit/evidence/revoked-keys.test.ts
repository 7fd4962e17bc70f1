import { expect, test } from 'vitest';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { parseRevokedKeys } from '../../../src-main/evidence/revoked-keys.ts';
import { alice, signerOf } from './sample-input.ts';

const mallory = signerOf(9).publicKey;

test('keys and fingerprints are revoked, others are not', () => {
  const byKey = parseRevokedKeys(`# lost laptop\r\n\r\n${formatPublicKey(mallory)} mallory\r\n`);
  const byFingerprint = parseRevokedKeys(`${fingerprintOf(mallory)}\n`);
  expect([byKey(mallory), byFingerprint(mallory)]).toEqual([true, true]);
  expect([byKey(alice.publicKey), byFingerprint(alice.publicKey)]).toEqual([false, false]);
});

test('an empty list revokes nothing', () => {
  expect(parseRevokedKeys('')(mallory)).toBe(false);
});

test.each([
  ['a shortened fingerprint', fingerprintOf(mallory).slice(0, -1)],
  ['an MD5 fingerprint', 'MD5:00:11:22'],
  ['a damaged key', formatPublicKey(mallory).slice(0, -3)],
  ['a word', 'mallory'],
])('%s is refused, naming the line', (_, line) => {
  expect(() => parseRevokedKeys(`\n\n${line}`)).toThrow(/line 3 /);
});

test('a binary revocation list is refused in words', () => {
  expect(() => parseRevokedKeys('SSHKRL\n\0\0\0\0\u0001')).toThrow(/KRL/);
});
