import { expect, test } from 'vitest';
import { Problem } from '#shared/model/problem.ts';
import { passphraseSeal } from '../../../src-main/evidence/passphrase-seal.ts';

/** Cheap, so that tests are quick; the real cost has a test of its own. */
const cost = { N: 2 ** 10, r: 8, p: 1 };
const secret = Buffer.from('0123456789abcdef0123456789abcdef');
const seal = passphraseSeal('correct horse', cost);

test('the same passphrase opens it, whatever its parameters', async () => {
  const sealed = await seal.seal(secret);
  expect(Buffer.from(await seal.unseal(sealed)).equals(secret)).toBe(true);
  expect(Buffer.from(await passphraseSeal('correct horse').unseal(sealed)).equals(secret)).toBe(true);
});

test('by default a guess costs scrypt with N = 2^17, r = 8, p = 1', async () => {
  const strong = passphraseSeal('correct horse');
  const sealed = await strong.seal(secret);
  expect(JSON.parse(sealed)).toMatchObject({ kdf: 'scrypt', N: 131_072, r: 8, p: 1, cipher: 'aes-256-gcm' });
  expect(Buffer.from(await strong.unseal(sealed)).equals(secret)).toBe(true);
});

test('the secret is not in what is stored, and no two seals are alike', async () => {
  const [one, other] = await Promise.all([seal.seal(secret), seal.seal(secret)]);
  expect(one).not.toBe(other);
  expect(one).not.toContain(secret.toString('base64').slice(0, 20));
});

test('another passphrase is refused with a sentence', async () => {
  const sealed = await seal.seal(secret);
  await expect(passphraseSeal('wrong horse', cost).unseal(sealed)).rejects.toMatchObject({ code: 'locked' });
});

test('composed and decomposed letters are the same passphrase', async () => {
  const sealed = await passphraseSeal('Zo\u00eb', cost).seal(secret);
  expect(Buffer.from(await passphraseSeal('Zoe\u0308', cost).unseal(sealed)).equals(secret)).toBe(true);
});

test('any change to what is stored is noticed', async () => {
  const quick = passphraseSeal('correct horse', { N: 16, r: 1, p: 1 });
  const sealed = await quick.seal(secret);
  const unnoticed: string[] = [];
  for (let at = 0; at < sealed.length; at++) {
    for (const character of ' 0279ABb"/=') {
      const changed = `${sealed.slice(0, at)}${character}${sealed.slice(at + 1)}`;
      if (changed === sealed) continue;
      const code = await quick.unseal(changed).then(
        () => 'opened',
        (error: unknown) => (error instanceof Problem ? error.code : 'other error'),
      );
      if (code !== 'locked') unnoticed.push(`${at} ${character} ${code}`);
    }
  }
  expect(unnoticed).toEqual([]);
});

test('parameters that would exhaust the machine are refused unread', async () => {
  const sealed = (await seal.seal(secret)).replace('"N":1024', '"N":1073741824');
  await expect(seal.unseal(sealed)).rejects.toMatchObject({ code: 'locked' });
});

test('an empty passphrase is refused', () => {
  expect(() => passphraseSeal('')).toThrow(/not empty/);
});
