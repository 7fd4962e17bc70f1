// Seals a secret with a passphrase: scrypt stretches it, AES-256-GCM encrypts and notices every change.
import { createCipheriv, createDecipheriv, randomBytes, scrypt, type ScryptOptions } from 'node:crypto';
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import type { KeySeal } from './keys.ts';
import { strictBase64 } from './ssh-wire.ts';

export type ScryptCost = { readonly N: number; readonly r: number; readonly p: number };

/** 128 MiB of memory and about half a second for each guess. */
const defaultCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
const maximumMemoryBytes = 2 ** 30;
const keyBytes = 32;
const saltBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';

const whole = z.number().int().min(1);
const sealedForm = z.strictObject({
  v: z.literal(1),
  kdf: z.literal('scrypt'),
  N: whole.max(2 ** 20),
  r: whole.max(32),
  p: whole.max(16),
  cipher: z.literal(cipher),
  salt: z.base64(),
  nonce: z.base64(),
  sealed: z.base64(),
});

function stretch(passphrase: string, salt: Buffer, { N, r, p }: ScryptCost): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: maximumMemoryBytes };
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  // The same letters can be typed as different code points on different systems.
  scrypt(passphrase.normalize('NFC'), salt, keyBytes, options, (error, key) =>
    error ? reject(error) : resolve(key),
  );
  return promise;
}

function readSealed(text: string): z.infer<typeof sealedForm> {
  try {
    return sealedForm.parse(JSON.parse(text));
  } catch (cause) {
    throw new Problem(
      'locked',
      'This signing key was not sealed with a passphrase, or its file is damaged.',
      {
        next: 'Use the program that created the key, or set the reviewer again to create a new one.',
        cause,
      },
    );
  }
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
}

async function unseal(passphrase: string, text: string): Promise<Buffer> {
  const { N, r, p, ...fields } = readSealed(text);
  try {
    const key = await stretch(passphrase, strictBase64(fields.salt), { N, r, p });
    return decrypt(key, strictBase64(fields.nonce), strictBase64(fields.sealed));
  } catch (cause) {
    throw new Problem(
      'locked',
      'This passphrase does not open the signing key. Nothing was signed or changed.',
      {
        next: 'Type the passphrase again; it is the one chosen when the reviewer was set.',
        cause,
      },
    );
  }
}

/**
 * A seal that only this passphrase opens. What it seals is text that carries its own parameters.
 * @throws Problem `invalid-input` for an empty passphrase; `unseal` throws Problem `locked`.
 */
export function passphraseSeal(passphrase: string, cost: ScryptCost = defaultCost): KeySeal {
  if (passphrase === '') {
    throw new Problem('invalid-input', 'A signing key needs a passphrase that is not empty.');
  }
  return {
    kind: 'passphrase',
    seal: async (secret) => {
      const salt = randomBytes(saltBytes);
      const nonce = randomBytes(nonceBytes);
      const encryption = createCipheriv(cipher, await stretch(passphrase, salt, cost), nonce);
      const body = Buffer.concat([encryption.update(secret), encryption.final(), encryption.getAuthTag()]);
      const text = (bytes: Buffer) => bytes.toString('base64');
      const fields = { salt: text(salt), nonce: text(nonce), sealed: text(body) };
      return JSON.stringify({ v: 1, kdf: 'scrypt', ...cost, cipher, ...fields });
    },
    unseal: (text) => unseal(passphrase, text),
  };
}
