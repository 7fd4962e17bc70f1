// SSH signatures over files (OpenSSH PROTOCOL.sshsig, version 1) with Ed25519.
import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import { decodePublicKey, ed25519KeyObject, ed25519Type, publicKeyOf, type PublicKey } from './public-key.ts';
import { strictBase64, wireString, WireReader } from './ssh-wire.ts';

/** A signature made for one purpose is worthless for another. */
export const signatureNamespaces = {
  evidencePack: 'countersign-evidence-pack',
  reviewDecision: 'countersign-review-decision',
  checkpoint: 'countersign-checkpoint',
} as const;

const magic = 'SSHSIG';
const version = 1;
const beginning = '-----BEGIN SSH SIGNATURE-----\n';
const ending = '\n-----END SSH SIGNATURE-----\n';
const armorColumns = 70;
const signatureBytes = 64;
const hashAlgorithms = ['sha256', 'sha512'] as const;
type HashAlgorithm = (typeof hashAlgorithms)[number];

export type SshSignature = {
  readonly publicKey: PublicKey;
  readonly namespace: string;
  readonly reserved: Buffer;
  readonly hashAlgorithm: HashAlgorithm;
  /** R ‖ S of RFC 8032, 64 bytes. */
  readonly signature: Buffer;
};

/** Something that can sign: the public half in the open, the private half closed in. */
export type Signer = {
  readonly publicKey: PublicKey;
  /** Returns an armored SSH signature over `message` in `namespace`. */
  readonly sign: (namespace: string, message: Uint8Array) => string;
};

function signedBytes(
  parts: Pick<SshSignature, 'namespace' | 'reserved' | 'hashAlgorithm'>,
  message: Uint8Array,
) {
  const digest = createHash(parts.hashAlgorithm).update(message).digest();
  return Buffer.concat([
    Buffer.from(magic),
    wireString(parts.namespace),
    wireString(parts.reserved),
    wireString(parts.hashAlgorithm),
    wireString(digest),
  ]);
}

function armor(blob: Buffer): string {
  const lines = blob.toString('base64').match(new RegExp(`.{1,${armorColumns}}`, 'g')) ?? [];
  return `${beginning}${lines.join('\n')}${ending}`;
}

function encodeSignature(parts: SshSignature): string {
  const versionField = Buffer.alloc(4);
  versionField.writeUInt32BE(version);
  return armor(
    Buffer.concat([
      Buffer.from(magic),
      versionField,
      wireString(parts.publicKey.blob),
      wireString(parts.namespace),
      wireString(parts.reserved),
      wireString(parts.hashAlgorithm),
      wireString(Buffer.concat([wireString(ed25519Type), wireString(parts.signature)])),
    ]),
  );
}

/** Builds a signer around an Ed25519 private key. Ed25519 has no randomness: the same message gives the same signature. */
export function ed25519Signer(privateKey: KeyObject): Signer {
  const publicKey = publicKeyOf(privateKey);
  return {
    publicKey,
    sign: (namespace, message) => {
      const parts = { namespace, reserved: Buffer.alloc(0), hashAlgorithm: 'sha512' as const };
      const signature = sign(null, signedBytes(parts, message), privateKey);
      return encodeSignature({ ...parts, publicKey, signature });
    },
  };
}

const unreadable = (what: string) =>
  new Problem('file-unreadable', `The signature file cannot be read: ${what}.`);

function readHashAlgorithm(name: string): HashAlgorithm {
  const known = hashAlgorithms.find((algorithm) => algorithm === name);
  if (known === undefined) throw unreadable('it names a hash that SSH signatures do not use');
  return known;
}

function readEd25519Signature(field: Buffer): Buffer {
  const reader = new WireReader(field);
  if (reader.string().toString('latin1') !== ed25519Type) {
    throw unreadable('it was not made with Ed25519; check it with ssh-keygen -Y verify');
  }
  const signature = reader.string();
  reader.end();
  if (signature.length !== signatureBytes) throw unreadable('the signature does not have 64 bytes');
  return signature;
}

/**
 * Reads an armored signature. Only the exact text an encoder writes is taken (LF, or CRLF throughout), so that no byte
 * of the file can change unnoticed.
 * @throws Problem `file-unreadable`
 */
export function parseSignature(file: Uint8Array): SshSignature {
  const raw = Buffer.from(file).toString('latin1');
  const text = /^(?:[^\r\n]*\r\n)+$/.test(raw) ? raw.replaceAll('\r\n', '\n') : raw;
  if (!text.startsWith(beginning) || !text.endsWith(ending)) throw unreadable('it is not an SSH signature');
  const blob = strictBase64(text.slice(beginning.length, -ending.length).replaceAll('\n', ''));
  if (armor(blob) !== text) throw unreadable('its lines are not laid out as ssh-keygen lays them out');
  const reader = new WireReader(blob);
  if (reader.take(magic.length).toString('latin1') !== magic) throw unreadable('it is not an SSH signature');
  if (reader.number() !== version) throw unreadable('it has another version than 1');
  const publicKey = decodePublicKey(reader.string());
  const namespace = reader.string().toString('utf8');
  const reserved = reader.string();
  const hashAlgorithm = readHashAlgorithm(reader.string().toString('latin1'));
  const signature = readEd25519Signature(reader.string());
  reader.end();
  return { publicKey, namespace, reserved, hashAlgorithm, signature };
}

/**
 * Whether the signature was made over exactly this message, for exactly this namespace, by the key it carries.
 * @throws Problem `file-unreadable` for a key that is not plain Ed25519.
 */
export function signatureHolds(parts: SshSignature, namespace: string, message: Uint8Array): boolean {
  if (parts.namespace !== namespace) return false;
  return verify(null, signedBytes(parts, message), ed25519KeyObject(parts.publicKey), parts.signature);
}
