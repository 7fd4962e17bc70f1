import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKey, listKeys, openKey, type KeySeal } from '../../../src-main/evidence/keys.ts';
import { passphraseSeal } from '../../../src-main/evidence/passphrase-seal.ts';
import { fingerprintOf } from '../../../src-main/evidence/public-key.ts';
import { parseSignature, signatureHolds } from '../../../src-main/evidence/sshsig.ts';
import { generatedAt } from './sample-input.ts';

const cost = { N: 2 ** 10, r: 8, p: 1 };
const seal = passphraseSeal('correct horse', cost);
let folder: string;
let directory: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'));
  directory = join(folder, 'workspace', 'keys');
});
afterEach(() => rmSync(folder, { recursive: true }));

const create = (identity = 'alice@example.org', now = generatedAt) =>
  createKey({ directory, seal, identity, now });

test('a created key is listed, and signs after it was opened', async () => {
  const key = await create();
  expect(listKeys(directory)).toEqual([key]);
  expect(key.allowedSigners).toBe(`alice@example.org namespaces="countersign-*" ${key.publicKey}`);
  const signer = await openKey(directory, key.fingerprint, seal);
  expect(fingerprintOf(signer.publicKey)).toBe(key.fingerprint);
  const signature = parseSignature(Buffer.from(signer.sign('countersign-checkpoint', Buffer.from('x'))));
  expect(signatureHolds(signature, 'countersign-checkpoint', Buffer.from('x'))).toBe(true);
});

test('only its owner can read the file, and no other file is left', async () => {
  const key = await create();
  const [name = '', ...others] = readdirSync(directory);
  expect(others).toEqual([]);
  expect(name).toMatch(/^[0-9a-f]{8}\.json$/);
  expect(statSync(join(directory, name)).mode & 0o777).toBe(0o600);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(Object.keys(key).toSorted()).toEqual([
    'allowedSigners',
    'createdAt',
    'fingerprint',
    'identity',
    'publicKey',
    'sealedBy',
  ]);
});

test('the private key is not in the file in any usual form', async () => {
  const seen: Buffer[] = [];
  const listening: KeySeal = {
    ...seal,
    seal: (secret) => {
      seen.push(Buffer.from(secret));
      return seal.seal(secret);
    },
  };
  await createKey({ directory, seal: listening, identity: 'alice@example.org', now: generatedAt });
  const [seed = Buffer.alloc(0)] = seen;
  const text = readFileSync(join(directory, readdirSync(directory)[0] ?? ''), 'utf8');
  expect(seed).toHaveLength(32);
  for (const form of ['hex', 'base64', 'base64url'] as const) {
    expect(text).not.toContain(seed.toString(form).slice(4, 36));
  }
});

test('keys are listed oldest first; a folder that is not there has none', async () => {
  expect(listKeys(directory)).toEqual([]);
  const later = await create('bob@example.org', '2026-11-21T00:00:00.000Z');
  const earlier = await create('alice@example.org', '2026-11-20T00:00:00.000Z');
  expect(listKeys(directory)).toEqual([earlier, later]);
});

test('a wrong passphrase, another kind of seal and an unknown key are refused in words', async () => {
  const { fingerprint } = await create();
  const wrong = passphraseSeal('wrong horse', cost);
  await expect(openKey(directory, fingerprint, wrong)).rejects.toMatchObject({ code: 'locked' });
  const keychain: KeySeal = { ...seal, kind: 'system-keychain' };
  await expect(openKey(directory, fingerprint, keychain)).rejects.toMatchObject({ code: 'locked' });
  await expect(openKey(directory, 'SHA256:none', seal)).rejects.toMatchObject({ code: 'not-found' });
});

test('a damaged key file is named, never skipped', async () => {
  const { fingerprint } = await create();
  const [name = ''] = readdirSync(directory);
  const path = join(directory, name);
  writeFileSync(path, readFileSync(path, 'utf8').slice(0, -10));
  expect(() => listKeys(directory)).toThrow(name);
  await expect(openKey(directory, fingerprint, seal)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('a file whose public half was exchanged does not sign', async () => {
  const mine = await create();
  const other = await create('mallory@example.org');
  const pathOf = (key: { publicKey: string }) =>
    readdirSync(directory)
      .map((name) => join(directory, name))
      .find((path) => readFileSync(path, 'utf8').includes(key.publicKey)) ?? '';
  const sealedOf = (path: string) => /"sealedPrivateKey": (".*")/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  const path = pathOf(mine);
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(sealedOf(path), () => sealedOf(pathOf(other))),
  );
  await expect(openKey(directory, mine.fingerprint, seal)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('an identity that cannot be listed makes no key', async () => {
  await expect(create('two words')).rejects.toMatchObject({ code: 'invalid-input' });
  expect(listKeys(directory)).toEqual([]);
});
