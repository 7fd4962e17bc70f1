// SSH signatures over files (OpenSSH PROTOCOL.sshsig, version 1) with Ed25519, in software or in a security key.
import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import {
  decodePublicKey,
  ed25519KeyObject,
  ed25519Type,
  isEd25519Type,
  publicKeyOf,
  type PublicKey,
} from './public-key.ts';
import {
  applicationOf,
  readAuthenticator,
  securityKeyBytes,
  securityKeyType,
  wasTouched,
  type Authenticator,
} from './security-key.ts';
import { strictBase64, wireString, WireReader } from './ssh-wire.ts';

/** A signature made for one purpose is worthless for another. */
export const signatureNamespaces = {
  evidencePack: 'countersign-evidence-pack',
  reviewDecision: 'countersign-review-decision',
  checkpoint: 'countersign-checkpoint',
  keyRotation: 'countersign-key-rotation',
  signers: 'countersign-signers',
  signOff: 'countersign-sign-off',
  workPapers: 'countersign-work-papers',
  redactedPack: 'countersign-redacted-pack',
  assignment: 'countersign-assignment',
  assignmentDecisions: 'countersign-assignment-decisions',
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
  /** What a security key adds; null for plain Ed25519. */
  readonly authenticator: Authenticator | null;
};

/** Something that can sign: the public half in the open, the private half closed in. */
export type Signer = {
  readonly publicKey: PublicKey;
  /** Returns an armored SSH signature over `message` in `namespace`. */
  readonly sign: (namespace: string, message: Uint8Array) => string;
};

/** A signer that has to ask for each signature: an agent, or a person who touches a key. */
export type LateSigner = {
  readonly publicKey: PublicKey;
  /** As {@link Signer} does, in its own time. Throws Problem when the signature was not given. */
  readonly signLater: (namespace: string, message: Uint8Array) => Promise<string>;
};

export const isLate = (signer: Signer | LateSigner): signer is LateSigner => 'signLater' in signer;

export async function signWith(
  signer: Signer | LateSigner,
  namespace: string,
  message: Uint8Array,
): Promise<string> {
  return isLate(signer) ? signer.signLater(namespace, message) : signer.sign(namespace, message);
}

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

type UnsignedParts = Omit<SshSignature, 'signature' | 'authenticator'>;

/** @param field the signature as agents give it: its type, its bytes, and what a security key adds. */
function encodeSignature(parts: UnsignedParts, field: Uint8Array): string {
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
      wireString(field),
    ]),
  );
}

/** Builds a signer around an Ed25519 private key. Ed25519 has no randomness: the same message gives the same signature. */
export function ed25519Signer(privateKey: KeyObject): Signer {
  const publicKey = publicKeyOf(privateKey);
  return {
    publicKey,
    sign: (namespace, message) => {
      const { bytes, finish } = prepareSignature(publicKey, namespace, message);
      return finish(Buffer.concat([wireString(ed25519Type), wireString(sign(null, bytes, privateKey))]));
    },
  };
}

export type PreparedSignature = {
  /** What the key has to sign. */
  readonly bytes: Buffer;
  /** Makes the armored text from the signature field; does not look whether it holds. */
  readonly finish: (field: Uint8Array) => string;
};

/** A signature that somebody else is to make: an agent, or a key in a device. */
export function prepareSignature(
  publicKey: PublicKey,
  namespace: string,
  message: Uint8Array,
): PreparedSignature {
  const parts = { publicKey, namespace, reserved: Buffer.alloc(0), hashAlgorithm: 'sha512' as const };
  return { bytes: signedBytes(parts, message), finish: (field) => encodeSignature(parts, field) };
}

const unreadable = (what: string) =>
  new Problem('file-unreadable', `The signature file cannot be read: ${what}.`);

function readHashAlgorithm(name: string): HashAlgorithm {
  const known = hashAlgorithms.find((algorithm) => algorithm === name);
  if (known === undefined) throw unreadable('it names a hash that SSH signatures do not use');
  return known;
}

function readSignatureField(
  field: Buffer,
  keyType: string,
): Pick<SshSignature, 'signature' | 'authenticator'> {
  const reader = new WireReader(field);
  const type = reader.string().toString('latin1');
  if (!isEd25519Type(type)) {
    throw unreadable('it was not made with Ed25519; check it with ssh-keygen -Y verify');
  }
  if (type !== keyType) throw unreadable('it is of another type than the key it carries');
  const signature = reader.string();
  const authenticator = type === securityKeyType ? readAuthenticator(reader) : null;
  reader.end();
  if (signature.length !== signatureBytes) throw unreadable('the signature does not have 64 bytes');
  return { signature, authenticator };
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
  const made = readSignatureField(reader.string(), publicKey.type);
  reader.end();
  return { publicKey, namespace, reserved, hashAlgorithm, ...made };
}

/**
 * Whether the signature was made over exactly this message, for exactly this namespace, by the key it carries. One of a
 * security key that nobody touched does not hold.
 * @throws Problem `file-unreadable` for a key that is not Ed25519.
 */
export function signatureHolds(parts: SshSignature, namespace: string, message: Uint8Array): boolean {
  const { publicKey, signature, authenticator } = parts;
  if (parts.namespace !== namespace) return false;
  if ((authenticator !== null) !== (publicKey.type === securityKeyType)) return false;
  if (authenticator !== null && !wasTouched(authenticator)) return false;
  const bytes = signedBytes(parts, message);
  const made =
    authenticator === null ? bytes : securityKeyBytes(applicationOf(publicKey.blob), authenticator, bytes);
  return verify(null, made, ed25519KeyObject(publicKey), signature);
}
