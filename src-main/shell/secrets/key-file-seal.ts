// Seals secrets with a key file in the person's own settings folder, outside every workspace, for doors without a keychain.
import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import type { SecretSeal } from '../../store/sealed-secrets.ts';

const prefix = 'aes-256-gcm:1:';

/**
 * AES-256-GCM under a random key that only this user may read (mode 0600). A copied or shared workspace cannot be
 * opened with it; somebody who can read this user's files can.
 */
export function keyFileSeal(keyPath: string): SecretSeal {
  return {
    seal: async (secret) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', readOrCreateKey(keyPath), nonce);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    },
    unseal: async (text) => {
      try {
        if (!text.startsWith(prefix)) throw new Error('Sealed by another door.');
        const bytes = Buffer.from(text.slice(prefix.length), 'base64');
        const decipher = createDecipheriv('aes-256-gcm', readOrCreateKey(keyPath), bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch (cause) {
        if (cause instanceof Problem) throw cause;
        throw new Problem(
          'locked',
          'The stored database password was sealed on another computer or by another program, so it cannot be opened here.',
          {
            next: 'Connect to the database again to store it for this computer.',
            cause,
          },
        );
      }
    },
  };
}

const keyBytes = 32;

/** Reads the key, or creates it whole: written aside and linked into place, so that no reader meets half of it. */
function readOrCreateKey(path: string): Buffer {
  try {
    const key = existsSync(path) ? readFileSync(path) : createKey(path);
    if (key.length === keyBytes) return key;
  } catch (cause) {
    throw unusableKey(cause);
  }
  throw unusableKey(new Error('The key file has the wrong length.'));
}

function createKey(path: string): Buffer {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${randomUUID()}`;
  writeFileSync(aside, randomBytes(keyBytes), { flag: 'wx', mode: 0o600, flush: true });
  try {
    linkSync(aside, path);
  } catch (error) {
    // Another program was first; its key counts.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(aside);
  }
  return readFileSync(path);
}

function unusableKey(cause: unknown): Problem {
  return new Problem(
    'file-unreadable',
    'The file secret.key in your settings folder, which protects stored passwords, cannot be used. Nothing was changed.',
    {
      next: 'Check that you may read and write that folder. If the file is damaged, delete it and connect to the database again.',
      cause,
    },
  );
}
