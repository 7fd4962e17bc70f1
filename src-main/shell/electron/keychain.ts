// Seals secrets with the keychain of the operating system, where it has one that protects anything.
import { safeStorage } from 'electron';
import { Problem } from '#shared/model/problem.ts';
import type { KeySeal } from '../../evidence/keys.ts';
import type { SecretSeal } from '../../store/sealed-secrets.ts';

const prefix = 'system-keychain:1:';

/** False also for Chromium's `basic_text`, which encrypts with a key everybody knows. Ask after the app is ready. */
export async function isKeychainAvailable(platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') return false;
  }
  return safeStorage.isAsyncEncryptionAvailable();
}

/** Seals database passwords; what another door sealed on this computer is opened by `other`. */
export function keychainSecretSeal(other: SecretSeal): SecretSeal {
  return {
    seal: async (secret) => prefix + (await safeStorage.encryptStringAsync(secret)).toString('base64'),
    unseal: async (sealed) => (sealed.startsWith(prefix) ? open(sealed) : other.unseal(sealed)),
  };
}

/** Seals the signing key. */
export function keychainKeySeal(): KeySeal {
  const text = (secret: Uint8Array) => Buffer.from(secret).toString('base64');
  return {
    kind: 'system-keychain',
    seal: async (secret) => prefix + (await safeStorage.encryptStringAsync(text(secret))).toString('base64'),
    unseal: async (sealed) => new Uint8Array(Buffer.from(await open(sealed), 'base64')),
  };
}

async function open(sealed: string): Promise<string> {
  try {
    if (!sealed.startsWith(prefix)) throw new Error('Sealed by another door.');
    const encrypted = Buffer.from(sealed.slice(prefix.length), 'base64');
    return (await safeStorage.decryptStringAsync(encrypted)).result;
  } catch (cause) {
    throw new Problem(
      'locked',
      'The keychain of this computer cannot open what was sealed. Nothing was changed.',
      {
        next: 'Unlock the keychain, or use the program and the person that sealed it.',
        cause,
      },
    );
  }
}
