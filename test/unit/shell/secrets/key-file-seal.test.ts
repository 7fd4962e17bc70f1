import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keyFileSeal } from '../../../../src-main/shell/secrets/key-file-seal.ts';
import { readSecret, storeSecret } from '../../../../src-main/store/sealed-secrets.ts';
import { temporaryFolder } from '../../../support/workspace.ts';

describe('the key file', () => {
  test('opens what it sealed, and no two seals are alike', async () => {
    const seal = keyFileSeal(join(temporaryFolder(), 'settings', 'secret.key'));
    const [one, other] = [await seal.seal('pässword'), await seal.seal('pässword')];
    expect(one).not.toBe(other);
    expect(await seal.unseal(one)).toBe('pässword');
    expect(await seal.unseal(await seal.seal(''))).toBe('');
  });

  test('is made once, whole, for its owner only, and leaves nothing beside it', async () => {
    const folder = join(temporaryFolder(), 'settings');
    const seals = [1, 2, 3].map(() => keyFileSeal(join(folder, 'secret.key')));
    const sealed = await Promise.all(seals.map((seal) => seal.seal('x')));
    for (const text of sealed) expect(await seals[0]!.unseal(text)).toBe('x');
    expect(readdirSync(folder)).toEqual(['secret.key']);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('another key, a changed text and another door’s seal do not open', async () => {
    const folder = temporaryFolder();
    const seal = keyFileSeal(join(folder, 'a.key'));
    const sealed = await seal.seal('x');
    await expect(keyFileSeal(join(folder, 'b.key')).unseal(sealed)).rejects.toMatchObject({ code: 'locked' });
    await expect(seal.unseal(`${sealed.slice(0, -4)}AAAA`)).rejects.toMatchObject({ code: 'locked' });
    await expect(seal.unseal('v10:abc')).rejects.toMatchObject({ code: 'locked' });
  });

  test('cut off, or in a place that cannot be used, gives a sentence and is left as it is', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'secret.key');
    const seal = keyFileSeal(path);
    const sealed = await seal.seal('x');
    truncateSync(path, 5);
    for (const work of [seal.seal('x'), seal.unseal(sealed)])
      await expect(work).rejects.toMatchObject({ code: 'file-unreadable' });
    expect(statSync(path).size).toBe(5);
    writeFileSync(join(folder, 'file'), '');
    await expect(keyFileSeal(join(folder, 'file', 'secret.key')).seal('x')).rejects.toMatchObject({
      code: 'file-unreadable',
    });
  });
});

describe('stored secrets', () => {
  test('are kept by name, sealed, for their owner only; a later one replaces the earlier', async () => {
    const folder = temporaryFolder();
    const seal = keyFileSeal(join(folder, 'settings', 'secret.key'));
    expect(await readSecret(folder, seal, 'password')).toBeNull();
    await storeSecret(folder, seal, 'password', 'one');
    await storeSecret(folder, seal, 'other', 'two');
    await storeSecret(folder, seal, 'password', 'three');
    expect(await readSecret(folder, seal, 'password')).toBe('three');
    expect(await readSecret(folder, seal, 'other')).toBe('two');
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toContain('three');
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).toSorted()).toEqual(['secrets.json', 'settings']);
  });

  test('a damaged file is named and left alone', async () => {
    const folder = temporaryFolder();
    const seal = keyFileSeal(join(folder, 'settings', 'secret.key'));
    writeFileSync(join(folder, 'secrets.json'), '{"password": 3}');
    await expect(readSecret(folder, seal, 'password')).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(storeSecret(folder, seal, 'password', 'x')).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe('{"password": 3}');
  });

  test('a folder that cannot be written to gives a sentence', async () => {
    const folder = temporaryFolder();
    const seal = keyFileSeal(join(folder, 'settings', 'secret.key'));
    mkdirSync(join(folder, 'workspace', 'secrets.json'), { recursive: true });
    await expect(storeSecret(join(folder, 'nowhere'), seal, 'password', 'x')).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});
