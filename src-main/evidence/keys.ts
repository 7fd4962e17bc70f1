// Signing keys of this computer: one file each, the public half in the open, the private half sealed or in an agent.
import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Problem } from '#shared/model/problem.ts';
import type { SigningKey } from '#shared/model/reviewer.ts';
import { instant } from '#shared/time/instant.ts';
import { writeFileAtomically } from './atomic-file.ts';
import {
  fingerprintOf,
  formatPublicKey,
  parsePublicKey,
  shortFingerprint,
  type PublicKey,
} from './public-key.ts';
import { allowedSignersLine, assertIdentity } from './signer-identity.ts';
import { ed25519Signer, type Signer } from './sshsig.ts';

/** Keeps a secret so that only the person or the computer it belongs to can read it. */
export type KeySeal = {
  readonly kind: Exclude<SigningKey['sealedBy'], 'agent'>;
  readonly seal: (secret: Uint8Array) => Promise<string>;
  /** Throws Problem `locked` when it cannot be opened. */
  readonly unseal: (sealed: string) => Promise<Uint8Array>;
};

const openHalf = {
  v: z.literal(1),
  publicKey: z.string(),
  fingerprint: z.string(),
  identity: z.string(),
  createdAt: instant,
};
const keyFile = z.discriminatedUnion('sealedBy', [
  z.strictObject({
    ...openHalf,
    sealedBy: z.enum(['passphrase', 'system-keychain']),
    /** The 32-byte seed of RFC 8032, sealed. */
    sealedPrivateKey: z.string(),
  }),
  // The private half has never been here: an ssh-agent has it.
  z.strictObject({ ...openHalf, sealedBy: z.literal('agent') }),
]);
type KeyFile = z.infer<typeof keyFile>;

const ownerOnlyFolder = 0o700;
const seedBytes = 32;
/** PKCS#8 around a bare seed (RFC 8410 section 7): version 0, algorithm 1.3.101.112, octet string of an octet string. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

function privateKeyOf(seed: Uint8Array): KeyObject {
  const encoded = Buffer.concat([pkcs8Prefix, seed]);
  try {
    return createPrivateKey({ key: encoded, format: 'der', type: 'pkcs8' });
  } finally {
    encoded.fill(0);
  }
}

function seedOf(privateKey: KeyObject): Buffer {
  const encoded = privateKey.export({ format: 'der', type: 'pkcs8' });
  const seed = Buffer.from(encoded.subarray(-seedBytes));
  encoded.fill(0);
  return seed;
}

const damaged = (name: string, cause?: unknown) =>
  new Problem('file-unreadable', `The key file ${name} is damaged; it was left as it is.`, {
    next: 'Restore it from a backup, or move it away and set the reviewer again to create a new key.',
    cause,
  });

function readKeyFile(directory: string, name: string): KeyFile {
  try {
    const file = keyFile.parse(JSON.parse(readFileSync(join(directory, name), 'utf8')));
    const key = parsePublicKey(file.publicKey);
    if (fingerprintOf(key) === file.fingerprint && `${shortFingerprint(key)}.json` === name) return file;
  } catch (cause) {
    throw damaged(name, cause);
  }
  throw damaged(name);
}

function publicHalf(file: KeyFile): SigningKey {
  const { fingerprint, publicKey, identity, sealedBy, createdAt } = file;
  const allowedSigners = allowedSignersLine(identity, parsePublicKey(publicKey));
  return { fingerprint, publicKey, allowedSigners, identity, sealedBy, createdAt };
}

function readKeyFiles(directory: string): KeyFile[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).filter((name) => /^[0-9a-f]{8}\.json$/.test(name));
  return names.toSorted().map((name) => readKeyFile(directory, name));
}

/** The public halves of all keys in the folder, oldest first. Throws Problem `file-unreadable` for a damaged key file. */
export function listKeys(directory: string): SigningKey[] {
  const keys = readKeyFiles(directory).map(publicHalf);
  return keys.toSorted((left, right) => (left.createdAt < right.createdAt ? -1 : 1));
}

export type NewKey = {
  readonly directory: string;
  readonly seal: KeySeal;
  /** How the signer is listed: see signer-identity.ts. */
  readonly identity: string;
  readonly now: string;
};

/** The private half of a new Ed25519 key, 32 bytes, nowhere kept yet. Whoever asks for it wipes it. */
export const newSeed = (): Buffer => seedOf(generateKeyPairSync('ed25519').privateKey);

/**
 * Generates an Ed25519 key and stores it sealed. Only the public half is returned.
 * @throws Problem `invalid-input` for an identity that a list of allowed signers cannot hold.
 */
export async function createKey(key: NewKey): Promise<SigningKey> {
  const seed = newSeed();
  try {
    return await storeKey(key, seed);
  } finally {
    seed.fill(0);
  }
}

/**
 * Stores a key sealed; the seed stays the caller's to wipe.
 * @throws Problem `invalid-input` for an identity that a list of allowed signers cannot hold.
 */
export async function storeKey(
  { directory, seal, identity, now }: NewKey,
  seed: Uint8Array,
): Promise<SigningKey> {
  assertIdentity(identity);
  const { publicKey } = signerOfSeed(seed);
  const file: KeyFile = {
    v: 1,
    publicKey: formatPublicKey(publicKey),
    fingerprint: fingerprintOf(publicKey),
    identity,
    createdAt: now,
    sealedBy: seal.kind,
    sealedPrivateKey: await seal.seal(seed),
  };
  return writeKeyFile(directory, file);
}

async function writeKeyFile(directory: string, file: KeyFile): Promise<SigningKey> {
  mkdirSync(directory, { recursive: true, mode: ownerOnlyFolder });
  const path = join(directory, `${shortFingerprint(parsePublicKey(file.publicKey))}.json`);
  await writeFileAtomically(path, Buffer.from(`${JSON.stringify(file, null, 2)}\n`));
  return publicHalf(file);
}

export type NewAgentKey = Omit<NewKey, 'seal'> & { readonly publicKey: PublicKey };

/**
 * Notes a key whose private half an ssh-agent keeps.
 * @throws Problem `invalid-input` for an identity that a list of allowed signers cannot hold, `conflict` where a file of a
 * key with the same beginning is there already.
 */
export async function noteAgentKey({
  directory,
  publicKey,
  identity,
  now,
}: NewAgentKey): Promise<SigningKey> {
  assertIdentity(identity);
  const short = shortFingerprint(publicKey);
  if (existsSync(join(directory, `${short}.json`)))
    throw new Problem('conflict', 'This key is in the workspace already. Nothing was changed.', {
      next: '“countersign keys” lists those there are.',
    });
  return writeKeyFile(directory, {
    v: 1,
    publicKey: formatPublicKey(publicKey),
    fingerprint: fingerprintOf(publicKey),
    identity,
    createdAt: now,
    sealedBy: 'agent',
  });
}

/** Takes back a key that nothing was signed with. */
export function removeKey(directory: string, publicKey: string): void {
  rmSync(join(directory, `${shortFingerprint(parsePublicKey(publicKey))}.json`), { force: true });
}

function requireKey(directory: string, fingerprint: string): KeyFile {
  const file = readKeyFiles(directory).find((one) => one.fingerprint === fingerprint);
  if (file) return file;
  throw new Problem('not-found', 'The signing key is not on this computer, so nothing was signed.', {
    next: 'Set the reviewer again to create a key here.',
  });
}

/** A signer around the seed, which stays the caller's to wipe. */
export const signerOfSeed = (seed: Uint8Array): Signer => ed25519Signer(privateKeyOf(seed));

/**
 * Opens a key for signing.
 * @throws Problem `not-found`, or `locked` when the seal does not open it.
 */
export async function openKey(directory: string, fingerprint: string, seal: KeySeal): Promise<Signer> {
  const seed = await openSeed(directory, fingerprint, seal);
  try {
    return signerOfSeed(seed);
  } finally {
    seed.fill(0);
  }
}

/**
 * The private half itself, 32 bytes. Whoever asks for it wipes it.
 * @throws Problem `not-found`, or `locked` when the seal does not open it.
 */
export async function openSeed(directory: string, fingerprint: string, seal: KeySeal): Promise<Buffer> {
  const file = requireKey(directory, fingerprint);
  if (file.sealedBy === 'agent' || file.sealedBy !== seal.kind) throw wrongWay(file.sealedBy);
  const opened = await seal.unseal(file.sealedPrivateKey);
  const seed = Buffer.from(opened);
  opened.fill(0);
  if (seed.length === seedBytes && fingerprintOf(signerOfSeed(seed).publicKey) === fingerprint) return seed;
  seed.fill(0);
  throw damaged(`${shortFingerprint(parsePublicKey(file.publicKey))}.json`);
}

const waysToOpen: Readonly<Record<SigningKey['sealedBy'], string>> = {
  passphrase: 'Give the passphrase that was chosen when the key was made.',
  'system-keychain': 'Export from the desktop window, which can use the keychain of this computer.',
  agent: 'Start the ssh-agent that holds it.',
};

function wrongWay(sealedBy: SigningKey['sealedBy']): Problem {
  return new Problem('locked', 'The signing key was sealed in another way than it is being opened now.', {
    next: waysToOpen[sealedBy],
  });
}
