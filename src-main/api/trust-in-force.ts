// What this workspace believes about signers and times, as a verification takes it.
import { join } from 'node:path';
import { Problem } from '#shared/model/problem.ts';
import type { GivenTrust } from '#shared/model/trust.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { TrustOptions } from '../evidence/checks/signature-checks.ts';
import { readSignedList } from '../evidence/organisation-list-signed.ts';
import type { OrganisationList } from '../evidence/organisation-list.ts';
import { fingerprintOf, type PublicKey } from '../evidence/public-key.ts';
import { isPrintOf } from '../evidence/same-print.ts';
import { parseSignature } from '../evidence/sshsig.ts';
import { decodeText } from '../evidence/text-file.ts';
import { parseAuthorities, timestampJudge } from '../evidence/timestamp-verify.ts';
import { readTrustFile } from '../evidence/trust-files.ts';
import type { Workstation } from '../workstation.ts';

export const trustDirectory = (workstation: Pick<Workstation, 'directory'>): string =>
  join(workstation.directory, 'trust');

export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

export type HeldFiles = {
  readonly list: OrganisationList;
  readonly text: string;
  readonly revoked: Buffer | null;
};

/** The key that a list was signed with, which the ledger names by its fingerprint. */
function signingKeyOf(signature: Uint8Array, fingerprint: string): PublicKey {
  const key = parseSignature(signature).publicKey;
  if (fingerprintOf(key) === fingerprint) return key;
  throw new Problem('store-damaged', 'The list of signers that this workspace held has another signature.');
}

/**
 * The organisation's list in force with what belongs to it, checked anew; null when there is none.
 * @throws Problem `file-unreadable` when a file of it is missing or was changed
 */
export function readHeldList(workstation: Workstation): HeldFiles | null {
  const held = workstation.ledger.state().trust.list;
  if (held === null) return null;
  const directory = trustDirectory(workstation);
  const bytes = readTrustFile(directory, held.sha256);
  const signature = readTrustFile(directory, held.signatureSha256);
  const revoked = held.revokedSha256 === null ? null : readTrustFile(directory, held.revokedSha256);
  const root = signingKeyOf(signature, held.signedBy);
  const list = readSignedList({ list: bytes, signature, revoked }, root, zoneHere());
  return { list, revoked, text: decodeText(bytes, 'The list of signers') };
}

function revokedByHand({ revoked, revokedList }: GivenTrust): (string | Uint8Array)[] {
  const binary = revokedList === undefined ? [] : [Buffer.from(revokedList, 'base64')];
  return revoked === undefined ? binary : [revoked, ...binary];
}

/**
 * Everything a verification in this workspace goes by.
 * @throws Problem `file-unreadable` or `invalid-input`
 */
export function trustInForce(workstation: Workstation, given: GivenTrust = {}): TrustOptions {
  const { firstUse, timestamps } = workstation.ledger.state().trust;
  const held = readHeldList(workstation);
  const configured =
    timestamps === null || timestamps.authoritySha256 === null
      ? undefined
      : readTrustFile(trustDirectory(workstation), timestamps.authoritySha256).toString('utf8');
  const authorities = given.authorities ?? configured;
  return {
    signers: given.signers ?? held?.text,
    revoked: [...revokedByHand(given), ...(held?.revoked ? [held.revoked] : [])],
    firstUse: [...firstUse.values()],
    timestamps: timestampJudge(authorities === undefined ? null : parseAuthorities(authorities)),
    now: formatInstant(workstation.clock.nowMs() * 1000),
    zone: zoneHere(),
    isPrintOf,
  };
}

/** The same without a workspace: only what was given by hand. */
export function trustByHand(given: GivenTrust, now: string): TrustOptions {
  const { signers, authorities } = given;
  return {
    signers,
    revoked: revokedByHand(given),
    timestamps: timestampJudge(authorities === undefined ? null : parseAuthorities(authorities)),
    now,
    zone: zoneHere(),
    isPrintOf,
  };
}
