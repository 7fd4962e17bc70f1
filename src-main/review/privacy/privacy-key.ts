// The key of the pseudonyms: made once, sealed in the workspace folder, never part of a pack.
import { randomBytes } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import { readSecret, storeSecret, type SecretSeal } from '../../store/sealed-secrets.ts';
import type { LedgerState } from '../projection.ts';
import { keyCheckOf } from '../../store/erasure/keyed-names.ts';

const secretName = 'pseudonym-key';

export type KeyPlace = { readonly directory: string; readonly secretSeal: SecretSeal };

/** Unsealing may ask the keychain of the system: once an opened workspace is enough. */
const known = new WeakMap<SecretSeal, Map<string, Buffer>>();

/**
 * The key, made where there is none and no entry was written with one.
 * @throws Problem `file-unreadable` when the key that entries were written with is gone, is another one, or cannot be stored
 */
export async function privacyKey(
  place: KeyPlace,
  { privacy }: Pick<LedgerState, 'privacy'>,
): Promise<Buffer> {
  const { directory, secretSeal } = place;
  const kept = known.get(secretSeal)?.get(directory);
  const key = kept ?? (await readKey(place)) ?? (privacy.keyCheck === null ? await makeKey(place) : null);
  if (key === null || (privacy.keyCheck !== null && keyCheckOf(key) !== privacy.keyCheck)) throw lost();
  const folders = known.get(secretSeal) ?? new Map<string, Buffer>();
  known.set(secretSeal, folders.set(directory, key));
  return key;
}

async function readKey({ directory, secretSeal }: KeyPlace): Promise<Buffer | null> {
  let secret: string | null;
  try {
    secret = await readSecret(directory, secretSeal, secretName);
  } catch (cause) {
    throw lost(cause);
  }
  return secret === null ? null : Buffer.from(secret, 'hex');
}

async function makeKey({ directory, secretSeal }: KeyPlace): Promise<Buffer> {
  const key = randomBytes(32);
  try {
    await storeSecret(directory, secretSeal, secretName, key.toString('hex'));
  } catch (cause) {
    throw new Problem(
      'file-unreadable',
      'The key of the pseudonyms could not be stored. Nothing was changed.',
      {
        next: 'Check that the workspace folder can be written to and that its disk has room.',
        cause,
      },
    );
  }
  return key;
}

function lost(cause?: unknown): Problem {
  return new Problem(
    'file-unreadable',
    'The key of this workspace’s pseudonyms is missing or is another one, so nobody can be told from anybody. Nothing was changed and nobody is shown.',
    { next: 'Put back secrets.json of the workspace folder from a copy of it.', cause },
  );
}
