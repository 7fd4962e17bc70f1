import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  assertInForce,
  assertNewer,
  readSignedList,
  rootAfter,
} from '../../../src-main/evidence/organisation-list-signed.ts';
import { parseOrganisationList } from '../../../src-main/evidence/organisation-list.ts';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { signatureNamespaces, type Signer } from '../../../src-main/evidence/sshsig.ts';
import { signersFile, signerOf } from './sample-input.ts';

const root = signerOf(70);
const nextRoot = signerOf(71);
const header = (version: number, more = '', by = root) =>
  `# countersign-signers version=${version} issued=2026-11-20T10:00:00Z root=${fingerprintOf(by.publicKey)}${more}\n`;
const signed = (text: string, signer: Signer = root, namespace: string = signatureNamespaces.signers) => {
  const list = Buffer.from(text);
  return { list, signature: Buffer.from(signer.sign(namespace, list)), revoked: null };
};
const take = (files: Parameters<typeof readSignedList>[0], by = root) =>
  readSignedList(files, by.publicKey, 'UTC');

test('a list that the root key signed is taken', () => {
  const list = take(signed(`${header(7, ' valid-until=2027-01-01T00:00:00Z')}${signersFile}`));
  expect(list).toMatchObject({ version: 7, validUntil: '2027-01-01T00:00:00Z', nextRoot: null });
  expect(list.signers).toHaveLength(1);
  expect(rootAfter(list, root.publicKey)).toBe(root.publicKey);
});

test('a version that is not newer is refused', () => {
  const list = take(signed(`${header(7)}${signersFile}`));
  expect(() => assertNewer(list, null)).not.toThrow();
  expect(() => assertNewer(list, 6)).not.toThrow();
  for (const held of [7, 8]) expect(() => assertNewer(list, held)).toThrow(/version 7 .*version \d is held/);
});

test('a list that has ended is refused, unless the lists after it need its root key', () => {
  const ended = take(signed(`${header(7, ' valid-until=2026-11-20T10:00:00Z')}${signersFile}`));
  const until = Date.parse('2026-11-20T10:00:00Z');
  expect(() => assertInForce(ended, until)).not.toThrow();
  expect(() => assertInForce(ended, until + 1)).toThrow(/Version 7 of the list has ended on 2026-11-20/);
  const handover = `# countersign-next-root ${formatPublicKey(nextRoot.publicKey)}\n${signersFile}`;
  const last = take(signed(`${header(8, ' valid-until=2026-11-20T10:00:00Z')}${handover}`));
  expect(() => assertInForce(last, until + 1)).not.toThrow();
  expect(() => assertInForce(take(signed(`${header(9)}${signersFile}`)), until)).not.toThrow();
});

test('another root key, also one that the list claims, is refused', () => {
  expect(() => take(signed(`${header(7)}${signersFile}`, nextRoot))).toThrow(/not by the root key/);
  expect(() => take(signed(`${header(7, '', nextRoot)}${signersFile}`, nextRoot))).toThrow(/not by the root/);
  expect(() => take(signed(`${header(7, '', nextRoot)}${signersFile}`))).toThrow(/another root key than/);
});

test('a new root key comes only with a list that the old one signed', () => {
  const handover = `${header(8)}# countersign-next-root ${formatPublicKey(nextRoot.publicKey)}\n${signersFile}`;
  const list = take(signed(handover));
  expect(rootAfter(list, root.publicKey).blob).toEqual(nextRoot.publicKey.blob);
  expect(() => take(signed(handover, nextRoot))).toThrow(/not by the root key/);
});

test.each(Object.values(signatureNamespaces).filter((name) => name !== signatureNamespaces.signers))(
  'a signature of the root key for %s is none of a list',
  (namespace) => {
    expect(() => take(signed(`${header(7)}${signersFile}`, root, namespace))).toThrow(/another purpose/);
  },
);

test('a changed list is refused', () => {
  const { signature } = signed(`${header(7)}${signersFile}`);
  const list = Buffer.from(`${header(9)}${signersFile}`);
  expect(() => take({ list, signature, revoked: null })).toThrow(/changed after it was signed/);
});

test('the list of revoked keys must be the one the list names', () => {
  const revoked = Buffer.from(`${fingerprintOf(signerOf(9).publicKey)}\n`);
  const hash = createHash('sha256').update(revoked).digest('hex');
  const files = signed(`${header(7, ` revoked-sha256=${hash}`)}${signersFile}`);
  expect(take({ ...files, revoked }).revokedSha256).toBe(hash);
  expect(() => take(files)).toThrow(/was not given/);
  expect(() => take({ ...files, revoked: Buffer.from('') })).toThrow(/another one than/);
  expect(() => take({ ...signed(`${header(7)}${signersFile}`), revoked })).toThrow(
    /names no list of revoked/,
  );
});

const fingerprint = fingerprintOf(root.publicKey);
test.each([
  ['no version in the first line', signersFile],
  ['a version further down', `\n${header(1)}`],
  ['two versions', header(1) + header(2)],
  ['version 0', header(0)],
  ['no root', '# countersign-signers version=1 issued=2026-11-20T10:00:00Z'],
  ['version twice', header(1, ' version=2')],
  ['an unknown word', header(1, ' future=1')],
  ['a time that is none', `# countersign-signers version=1 issued=2026-99-20T10:00:00Z root=${fingerprint}`],
  ['a damaged next root', `${header(1)}# countersign-next-root ssh-ed25519 AAAA\n`],
  ['a damaged line', `${header(1)}garbage\n`],
])('a list with %s cannot be read', (_, text) => {
  expect(() => parseOrganisationList(text, 'UTC')).toThrow();
});
