// Binary key revocation lists of OpenSSH (PROTOCOL.krl, format version 1), as far as they are about plain keys.
import { createHash } from 'node:crypto';
import { Problem } from '#shared/model/problem.ts';
import type { PublicKey } from './public-key.ts';
import { WireReader } from './ssh-wire.ts';

const magic = Buffer.from('SSHKRL\n\0');
const formatVersion = 1;
const headerBytes = { version: 8, date: 8, flags: 8 };
const sections = {
  certificates: 1,
  explicitKey: 2,
  sha1Fingerprint: 3,
  signature: 4,
  sha256Fingerprint: 5,
  extension: 255,
} as const;

const unreadable = (what: string, cause?: unknown) =>
  new Problem('invalid-input', `The binary list of revoked keys (KRL) cannot be read: ${what}.`, {
    next: 'Give the revoked keys as plain text, one a line, or check the pack with ssh-keygen -Y verify -r.',
    cause,
  });

export const isBinaryRevocationList = (bytes: Uint8Array): boolean =>
  magic.subarray(0, -1).equals(bytes.subarray(0, magic.length - 1));

type Revoked = { readonly blobs: Set<string>; readonly sha1: Set<string>; readonly sha256: Set<string> };

function addAll(body: Buffer, into: Set<string>, length: number | null): void {
  const reader = new WireReader(body);
  while (!reader.isAtEnd()) {
    const value = reader.string();
    if (length !== null && value.length !== length) throw unreadable('a fingerprint has the wrong length');
    into.add(value.toString('hex'));
  }
}

function readSection(type: number, body: Buffer, revoked: Revoked): void {
  switch (type) {
    case sections.explicitKey:
      return addAll(body, revoked.blobs, null);
    case sections.sha1Fingerprint:
      return addAll(body, revoked.sha1, 20);
    case sections.sha256Fingerprint:
      return addAll(body, revoked.sha256, 32);
    case sections.extension: {
      const reader = new WireReader(body);
      reader.string();
      if (reader.take(1)[0] !== 0) throw unreadable('it has an extension that must be understood and is not');
      return;
    }
    // Certificates sign nothing here, and a list's own signature is not what it is trusted for.
    case sections.certificates:
    case sections.signature:
      return;
    default:
      throw unreadable('it has a section of a kind this program does not know');
  }
}

function readSections(bytes: Uint8Array): Revoked {
  const reader = new WireReader(Buffer.from(bytes));
  if (!reader.take(magic.length).equals(magic)) throw unreadable('it does not begin as one');
  if (reader.number() !== formatVersion) throw unreadable('it has another format than version 1');
  reader.take(headerBytes.version + headerBytes.date + headerBytes.flags);
  reader.string();
  reader.string();
  const revoked: Revoked = { blobs: new Set(), sha1: new Set(), sha256: new Set() };
  while (!reader.isAtEnd()) {
    const type = reader.take(1)[0] ?? 0;
    readSection(type, reader.string(), revoked);
  }
  return revoked;
}

/**
 * Reads a KRL into a test for one plain key. Revoked certificates are passed over: no certificate is accepted anyway.
 * @throws Problem `invalid-input`
 */
export function parseBinaryRevocationList(bytes: Uint8Array): (key: PublicKey) => boolean {
  let revoked: Revoked;
  try {
    revoked = readSections(bytes);
  } catch (cause) {
    if (cause instanceof Problem && cause.code === 'file-unreadable') {
      throw unreadable('it ends in the middle of a field', cause);
    }
    throw cause;
  }
  const digest = (algorithm: string, { blob }: PublicKey) => createHash(algorithm).update(blob).digest('hex');
  return (key) =>
    revoked.blobs.has(key.blob.toString('hex')) ||
    revoked.sha1.has(digest('sha1', key)) ||
    revoked.sha256.has(digest('sha256', key));
}
