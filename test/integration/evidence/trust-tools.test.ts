// What an organisation hands out must be readable by the real ssh-keygen: its list, its revoked keys, and its signatures.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSignedList } from '../../../src-main/evidence/organisation-list-signed.ts';
import {
  fingerprintOf,
  formatPublicKey,
  parsePublicKey,
  type PublicKey,
} from '../../../src-main/evidence/public-key.ts';
import { formatRevokedKey, parseRevokedKeys } from '../../../src-main/evidence/revoked-keys.ts';
import { parseSignature, signatureHolds, signatureNamespaces } from '../../../src-main/evidence/sshsig.ts';
import { alice, identity, signersFile, signerOf } from '../../unit/evidence/sample-input.ts';
import { runTool } from './run-tool.ts';

const message = Buffer.from('tag manifest\n');
let folder: string;
let root: PublicKey;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-trust-'));
  keygen('-q', '-t', 'ed25519', '-N', '', '-C', 'root@example.org', '-f', 'root');
  root = parsePublicKey(readFileSync(join(folder, 'root.pub'), 'utf8').trim());
  writeFileSync(join(folder, 'alice.pub'), `${formatPublicKey(alice.publicKey)}\n`);
  writeFileSync(join(folder, 'alice.sig'), alice.sign(signatureNamespaces.evidencePack, message));
});
afterAll(() => rmSync(folder, { recursive: true }));

const keygen = (...rest: string[]) => runTool('ssh-keygen', rest, { cwd: folder, input: message });

function verifyByTool(list: string, revoked?: string): boolean {
  const named = ['-f', list, '-I', identity, '-n', signatureNamespaces.evidencePack, '-s', 'alice.sig'];
  return keygen('-Y', 'verify', ...named, ...(revoked === undefined ? [] : ['-r', revoked])).status === 0;
}

function writeList(): void {
  const header = `# countersign-signers version=3 issued=2026-11-20T10:00:00Z root=${fingerprintOf(root)}`;
  const next = `# countersign-next-root ${formatPublicKey(signerOf(71).publicKey)}`;
  writeFileSync(join(folder, 'signers'), `${header}\n${next}\n${signersFile}`);
  rmSync(join(folder, 'signers.sig'), { force: true });
}

test('a list signed by ssh-keygen is taken, and stays one that ssh-keygen verifies packs with', () => {
  writeList();
  expect(keygen('-Y', 'sign', '-f', 'root', '-n', signatureNamespaces.signers, 'signers').status).toBe(0);
  const list = readFileSync(join(folder, 'signers'));
  const signature = readFileSync(join(folder, 'signers.sig'));
  expect(readSignedList({ list, signature, revoked: null }, root, 'UTC')).toMatchObject({ version: 3 });
  expect(verifyByTool('signers')).toBe(true);
  const other = signersFile.replace('alice', 'bob');
  writeFileSync(join(folder, 'other'), other);
  expect(verifyByTool('other')).toBe(false);
  // And the list itself can be checked by hand.
  writeFileSync(join(folder, 'roots'), `root@example.org ${formatPublicKey(root)}\n`);
  const named = [
    '-f',
    'roots',
    '-I',
    'root@example.org',
    '-n',
    signatureNamespaces.signers,
    '-s',
    'signers.sig',
  ];
  const check = (input: Uint8Array) =>
    runTool('ssh-keygen', ['-Y', 'verify', ...named], { cwd: folder, input }).status;
  expect(check(list)).toBe(0);
  expect(check(Buffer.concat([list, Buffer.from('#\n')]))).not.toBe(0);
});

test('a list that ssh-keygen signed for another purpose is refused', () => {
  writeList();
  keygen('-Y', 'sign', '-f', 'root', '-n', signatureNamespaces.evidencePack, 'signers');
  const list = readFileSync(join(folder, 'signers'));
  const signature = readFileSync(join(folder, 'signers.sig'));
  expect(() => readSignedList({ list, signature, revoked: null }, root, 'UTC')).toThrow(/another purpose/);
});

test('ssh-keygen reads the lines we write about revoked keys', () => {
  const line = (key: PublicKey) =>
    formatRevokedKey({
      key,
      revokedAt: '2026-11-20',
      compromisedSince: '2026-11-19',
      reason: 'lost = gone, "x" #1',
    });
  writeFileSync(join(folder, 'list'), signersFile);
  writeFileSync(join(folder, 'revoked'), `# keys\n${line(root)}\n${line(alice.publicKey)}\n`);
  writeFileSync(join(folder, 'others'), `${line(root)}\n`);
  expect(verifyByTool('list')).toBe(true);
  expect(verifyByTool('list', 'others')).toBe(true);
  expect(verifyByTool('list', 'revoked')).toBe(false);
});

test.each([
  ['keys', 'alice.pub', ''],
  ['SHA256 fingerprints', 'spec', `hash: ${fingerprintOf(alice.publicKey)}\n`],
  ['SHA1 fingerprints', 'spec', `sha1: ${formatPublicKey(alice.publicKey)}\n`],
])('a binary list of %s made by ssh-keygen revokes what ssh-keygen says it revokes', (_, source, text) => {
  if (text !== '') writeFileSync(join(folder, source), text);
  expect(keygen('-k', '-z', '5', '-f', 'binary.krl', source).status).toBe(0);
  const list = readFileSync(join(folder, 'binary.krl'));
  for (const [file, key] of [
    ['alice.pub', alice.publicKey],
    ['root.pub', root],
  ] as const) {
    const byTool = keygen('-Q', '-f', 'binary.krl', file).status !== 0;
    expect(parseRevokedKeys(list)(key) !== null).toBe(byTool);
  }
  expect(parseRevokedKeys(list)(alice.publicKey)).not.toBeNull();
});

const spaces = Object.values(signatureNamespaces);
test.each(spaces)(
  'a signature for %s holds there and in no other namespace, here and for ssh-keygen',
  (made) => {
    const armored = alice.sign(made, message);
    writeFileSync(join(folder, 'made.sig'), armored);
    writeFileSync(join(folder, 'anybody'), `${identity} ${formatPublicKey(alice.publicKey)}\n`);
    for (const asked of spaces) {
      const named = ['-f', 'anybody', '-I', identity, '-n', asked, '-s', 'made.sig'];
      const byTool = keygen('-Y', 'verify', ...named).status === 0;
      expect([asked, byTool]).toEqual([asked, asked === made]);
      expect(signatureHolds(parseSignature(Buffer.from(armored)), asked, message)).toBe(byTool);
    }
  },
);
