// Takes a new version of an organisation's list only when its root key signed it and it is newer than the one held.
import { Problem } from '#shared/model/problem.ts';
import { sha256Hex } from './manifest.ts';
import { parseOrganisationList, type OrganisationList } from './organisation-list.ts';
import { fingerprintOf, type PublicKey } from './public-key.ts';
import { parseRevokedKeys } from './revoked-keys.ts';
import { parseSignature, signatureHolds, signatureNamespaces } from './sshsig.ts';
import { decodeText } from './text-file.ts';

export type SignedList = {
  /** The files as they came. */
  readonly list: Uint8Array;
  readonly signature: Uint8Array;
  readonly revoked: Uint8Array | null;
};

const refuse = (what: string, next: string) =>
  new Problem('refused', `${what} The list held before was kept.`, { next });

function assertSignedBy({ list, signature }: SignedList, root: PublicKey): void {
  const parts = parseSignature(signature);
  const signer = fingerprintOf(parts.publicKey);
  if (!parts.publicKey.blob.equals(root.blob)) {
    throw refuse(
      `The list was signed by the key ${signer}, not by the root key ${fingerprintOf(root)} that is pinned here.`,
      'Ask the organisation for the list that the pinned root key signed; a new root key must be announced in a list that the old one signed.',
    );
  }
  if (parts.namespace !== signatureNamespaces.signers) {
    throw refuse(
      'The signature was made for another purpose than a list of signers.',
      `It is made with: ssh-keygen -Y sign -f ROOT_KEY -n ${signatureNamespaces.signers} LIST`,
    );
  }
  if (!signatureHolds(parts, signatureNamespaces.signers, list)) {
    throw refuse('The list was changed after it was signed.', 'Ask the organisation for both files again.');
  }
}

function assertRevokedBelongs(list: OrganisationList, revoked: Uint8Array | null): void {
  if (list.revokedSha256 === null && revoked === null) return;
  if (list.revokedSha256 === null) {
    throw refuse(
      'This list names no list of revoked keys, so nothing says that the one given belongs to it.',
      'Give the list alone, or ask for one whose first line has revoked-sha256.',
    );
  }
  if (revoked === null) {
    throw refuse(
      'The list of revoked keys that belongs to this list was not given.',
      'Give it, too (on the command line: --revoked).',
    );
  }
  if (sha256Hex(revoked) !== list.revokedSha256) {
    throw refuse(
      'The list of revoked keys is another one than this list names.',
      'Ask the organisation for the one that belongs to this version.',
    );
  }
  parseRevokedKeys(revoked);
}

/**
 * Reads a list that a root key signed.
 * @param zone IANA zone for times without Z.
 * @throws Problem `refused` for another root, another purpose, changed bytes or a foreign list of revoked keys;
 *   `invalid-input` or `file-unreadable` for what cannot be read
 */
export function readSignedList(files: SignedList, root: PublicKey, zone: string): OrganisationList {
  assertSignedBy(files, root);
  const list = parseOrganisationList(decodeText(files.list, 'The list of signers'), zone);
  if (list.root !== fingerprintOf(root)) {
    throw refuse(
      'The list names another root key than the one that signed it.',
      'Ask the organisation for a list whose first line names the key that signs it.',
    );
  }
  assertRevokedBelongs(list, files.revoked);
  return list;
}

/**
 * Refuses to go back: an older list would bring back signers who were taken off.
 * @throws Problem `refused`
 */
export function assertNewer(list: OrganisationList, held: number | null): void {
  if (held === null || list.version > held) return;
  throw refuse(
    `This is version ${list.version} of the list, and version ${held} is held here already.`,
    'Ask the organisation for its newest list.',
  );
}

/**
 * A list that has ended vouches for nobody, so it must not take the place of one that does. Only one that hands over to another
 * root key is still needed: the lists after it are signed by that key.
 * @throws Problem `refused`
 */
export function assertInForce({ version, validUntil, nextRoot }: OrganisationList, nowMs: number): void {
  if (validUntil === null || nextRoot !== null || Date.parse(validUntil) >= nowMs) return;
  throw refuse(
    `Version ${version} of the list has ended on ${validUntil.slice(0, 10)}, so it says nothing about anybody any more.`,
    'Ask the organisation for its newest list; if this is the newest, check the date of this computer.',
  );
}

/** The root key that the next list must be signed by. */
export const rootAfter = (list: OrganisationList, root: PublicKey): PublicKey => list.nextRoot ?? root;
