// Signatures by FIDO security keys (OpenSSH PROTOCOL.u2f): what such a key really signs, and what it adds to say how.
import { createHash } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import { wireString, WireReader } from './ssh-wire.ts';

export const securityKeyType = 'sk-ssh-ed25519@openssh.com';

/** What a security key vouches for beside the message. */
export type Authenticator = {
  /** Bit 0: somebody touched it. Bit 2: it asked for a PIN or a finger. */
  readonly flags: number;
  /** How often the key has signed; part of what is signed, so that nobody can change it afterwards. */
  readonly counter: number;
};

const userPresent = 0x01;
const flagsAndCounterBytes = 5;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function flagsAndCounter({ flags, counter }: Authenticator): Buffer {
  const bytes = Buffer.alloc(flagsAndCounterBytes);
  bytes.writeUInt8(flags, 0);
  bytes.writeUInt32BE(counter, 1);
  return bytes;
}

/** SHA-256 of the application, flags, counter, SHA-256 of the message. */
export function securityKeyBytes(
  application: Uint8Array,
  authenticator: Authenticator,
  message: Uint8Array,
): Buffer {
  return Buffer.concat([sha256(application), flagsAndCounter(authenticator), sha256(message)]);
}

/** Reads the byte of flags and the four of the counter that follow the signature proper. */
export function readAuthenticator(reader: WireReader): Authenticator {
  const bytes = reader.take(flagsAndCounterBytes);
  return { flags: bytes.readUInt8(0), counter: bytes.readUInt32BE(1) };
}

/** Nobody may sign with a key that merely is plugged in. */
export const wasTouched = ({ flags }: Authenticator): boolean => (flags & userPresent) !== 0;

/** The signature field as it is carried: type, the 64 bytes, then flags and counter in the open. */
export function encodeSecurityKeySignature(signature: Uint8Array, authenticator: Authenticator): Buffer {
  return Buffer.concat([wireString(securityKeyType), wireString(signature), flagsAndCounter(authenticator)]);
}

/** Wraps the 32 raw bytes of the key and the application it was made for (`ssh:` where nobody chose another). */
export function securityKeyBlob(raw: Uint8Array, application: string): Buffer {
  return Buffer.concat([wireString(securityKeyType), wireString(raw), wireString(application)]);
}

/**
 * The application named in a key of this type.
 * @throws Problem `file-unreadable`
 */
export function applicationOf(blob: Buffer): Buffer {
  const reader = new WireReader(blob);
  if (reader.string().toString('latin1') !== securityKeyType)
    throw new Problem('file-unreadable', 'The key is not one of a security key.');
  reader.string();
  return reader.string();
}
