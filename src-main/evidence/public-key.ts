// OpenSSH public keys: text form, fingerprint, and the line that lists one as an allowed signer.
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import { securityKeyType } from './security-key.ts';
import { strictBase64, wireString, WireReader } from './ssh-wire.ts';

/** A key as OpenSSH carries it: its type and its wire encoding, which repeats the type. */
export type PublicKey = { readonly type: string; readonly blob: Buffer };

export const ed25519Type = 'ssh-ed25519';
const ed25519KeyBytes = 32;

const plainKeyTypes = [
  ed25519Type,
  'ssh-rsa',
  'ssh-dss',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  securityKeyType,
  'sk-ecdsa-sha2-nistp256@openssh.com',
];
const keyTypes = new Set(
  plainKeyTypes.flatMap((type) => [type, `${type.replace('@openssh.com', '')}-cert-v01@openssh.com`]),
);

export const isKeyType = (word: string): boolean => keyTypes.has(word);

/** Wraps the 32 raw bytes of an Ed25519 public key. */
export function ed25519PublicKey(raw: Uint8Array): PublicKey {
  return { type: ed25519Type, blob: Buffer.concat([wireString(ed25519Type), wireString(raw)]) };
}

/** Takes the public half of an Ed25519 private key of node:crypto. */
export function publicKeyOf(key: KeyObject): PublicKey {
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return ed25519PublicKey(Buffer.from(x, 'base64url'));
}

/** Ed25519 in this program or in an agent, or inside a FIDO security key. */
export const isEd25519Type = (type: string): boolean => type === ed25519Type || type === securityKeyType;

/**
 * Checks a wire-encoded key: the repeated type is known and an Ed25519 key has its 32 bytes; that of a security key names
 * its application, too.
 * @throws Problem `file-unreadable`
 */
export function decodePublicKey(blob: Buffer): PublicKey {
  const reader = new WireReader(blob);
  const type = reader.string().toString('latin1');
  if (!isKeyType(type))
    throw new Problem('file-unreadable', 'The key is of a kind this program does not know.');
  if (isEd25519Type(type)) {
    const raw = reader.string();
    if (type === securityKeyType) reader.string();
    reader.end();
    if (raw.length !== ed25519KeyBytes) {
      throw new Problem('file-unreadable', 'The Ed25519 key does not have 32 bytes.');
    }
  }
  return { type, blob };
}

/**
 * Reads `type base64 [comment]`.
 * @throws Problem `file-unreadable`
 */
export function parsePublicKey(text: string): PublicKey {
  const [type = '', base64 = ''] = text.split(/[ \t]+/);
  const key = decodePublicKey(strictBase64(base64));
  if (key.type === type) return key;
  throw new Problem('file-unreadable', 'The key says it is of another type than the line does.');
}

export function formatPublicKey(key: PublicKey): string {
  return `${key.type} ${key.blob.toString('base64')}`;
}

/** `SHA256:…` as `ssh-keygen -l` prints it. */
export function fingerprintOf(key: PublicKey): string {
  const digest = createHash('sha256').update(key.blob).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** The first eight hex digits of the SHA-256 of the key, for file names. */
export function shortFingerprint(key: PublicKey): string {
  return createHash('sha256').update(key.blob).digest('hex').slice(0, 8);
}

/**
 * The Ed25519 key for node:crypto, that of a security key included.
 * @throws Problem `file-unreadable` for every other type of key.
 */
export function ed25519KeyObject(key: PublicKey): KeyObject {
  if (!isEd25519Type(key.type)) {
    throw new Problem(
      'file-unreadable',
      `The signature was made with a ${key.type} key; only Ed25519 is read here.`,
      {
        next: 'Check this signature with ssh-keygen -Y verify, as VERIFY.txt shows.',
      },
    );
  }
  const reader = new WireReader(key.blob);
  reader.string();
  const x = reader.string().toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
