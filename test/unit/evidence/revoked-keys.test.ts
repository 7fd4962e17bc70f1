import { expect, test } from 'vitest';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import {
  formatRevokedKey,
  parseRevocationLists,
  parseRevokedKeys,
} from '../../../src-main/evidence/revoked-keys.ts';
import { alice, signerOf } from './sample-input.ts';

const mallory = signerOf(9).publicKey;
const since = Date.UTC(2026, 10, 1) / 1000;

test('keys and fingerprints are revoked, others are not', () => {
  const byKey = parseRevokedKeys(`# lost laptop\r\n\r\n${formatPublicKey(mallory)} mallory\r\n`);
  const byFingerprint = parseRevokedKeys(`${fingerprintOf(mallory)}\n`);
  const nothingSaid = { revokedAt: null, compromisedSince: null, reason: null };
  expect([byKey(mallory), byFingerprint(mallory)]).toEqual([nothingSaid, nothingSaid]);
  expect([byKey(alice.publicKey), byFingerprint(alice.publicKey)]).toEqual([null, null]);
});

test('an empty list revokes nothing', () => {
  expect(parseRevokedKeys('')(mallory)).toBeNull();
});

test('a line says when and why, and what we write is read back', () => {
  const line = formatRevokedKey({
    key: mallory,
    revokedAt: '2026-11-02T00:00:00.000Z',
    compromisedSince: '2026-11-01T00:00:00.000Z',
    reason: 'laptop lost\non a train',
  });
  expect(line).not.toContain('\n');
  expect(parseRevokedKeys(`${line}\n`)(mallory)).toEqual({
    revokedAt: '2026-11-02T00:00:00.000Z',
    compromisedSince: since,
    reason: 'laptop lost on a train',
  });
  const bare = formatRevokedKey({
    key: mallory,
    revokedAt: '2026-11-02',
    compromisedSince: null,
    reason: null,
  });
  expect(parseRevokedKeys(bare)(mallory)).toMatchObject({ compromisedSince: null, reason: null });
});

test.each([
  ['free text', '# found again'],
  ['a misspelt word', '# compromised_since=2026-11-01'],
  ['no sign before it', 'compromised-since=2026-11-01'],
])('%s makes no exception', (_, comment) => {
  const revocation = parseRevokedKeys(`${formatPublicKey(mallory)} ${comment}`)(mallory);
  expect(revocation).toMatchObject({ compromisedSince: null });
});

test('of two lines about a key the stricter counts, in one list or in two', () => {
  const line = (comment: string) => `${fingerprintOf(mallory)} # ${comment}\n`;
  const early = line('compromised-since=2026-11-01');
  const late = line('compromised-since=2026-11-20');
  const ever = line('revoked-at=2026-11-20');
  for (const lists of [[early + late], [late + early], [late, early]]) {
    expect(parseRevocationLists(lists)(mallory)?.compromisedSince).toBe(since);
  }
  for (const lists of [[early + ever], [ever, early], [early, ever, late]]) {
    expect(parseRevocationLists(lists)(mallory)).toMatchObject({ compromisedSince: null });
  }
  expect(parseRevocationLists(undefined)(mallory)).toBeNull();
});

test.each([
  ['a shortened fingerprint', fingerprintOf(mallory).slice(0, -1)],
  ['an MD5 fingerprint', 'MD5:00:11:22'],
  ['a damaged key', formatPublicKey(mallory).slice(0, -3)],
  ['a word', 'mallory'],
  ['a time that is none', `${fingerprintOf(mallory)} # compromised-since=yesterday`],
  ['an unknown word after known ones', `${fingerprintOf(mallory)} # revoked-at=2026-11-01 because=lost`],
])('%s is refused, naming the line', (_, line) => {
  expect(() => parseRevokedKeys(`\n\n${line}`)).toThrow(/line 3 /);
});

const wire = (...bytes: Buffer[]) => {
  const body = Buffer.concat(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};
const krl = (...sections: [number, Buffer][]) =>
  Buffer.concat([
    Buffer.from('SSHKRL\n\0\0\0\0\u0001'),
    Buffer.alloc(24),
    wire(),
    wire(),
    ...sections.flatMap(([type, body]) => [Buffer.from([type]), wire(body)]),
  ]);

test('a binary list names keys; sections about certificates are passed over', () => {
  const list = krl([1, Buffer.from('anything')], [2, wire(mallory.blob)]);
  expect(parseRevokedKeys(list)(mallory)).toMatchObject({ compromisedSince: null });
  expect(parseRevokedKeys(list)(alice.publicKey)).toBeNull();
});

test.each([
  ['cut', krl([2, wire(mallory.blob)]).subarray(0, -1)],
  ['of another version', Buffer.from('SSHKRL\n\0\0\0\0\u0002')],
  ['with an unknown section', krl([9, Buffer.alloc(0)])],
  ['with a short fingerprint', krl([5, wire(Buffer.alloc(31))])],
  [
    'with a critical extension',
    krl([255, Buffer.concat([wire(Buffer.from('x')), Buffer.from([1]), wire()])]),
  ],
])('a binary list that is %s is refused in words', (_, list) => {
  expect(() => parseRevokedKeys(list)).toThrow(/binary list of revoked keys \(KRL\) cannot be read/);
});
