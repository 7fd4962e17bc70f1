// The keys of a ledger in the order it records them: each replaced by the next, and never used again.
import type { LedgerEntry } from '#shared/model/evidence.ts';
import {
  keyEndorsement,
  keyReport,
  keyRevocation,
  keyRotation,
  listEndorsement,
  type KeyRotation,
} from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import { emptyKeyProofs, followKeyProofs, unprovenHoldings, type KeyProofs } from './key-proofs.ts';
import { fingerprintOf, parsePublicKey } from './public-key.ts';
import { parseSignature, signatureHolds, signatureNamespaces } from './sshsig.ts';

export type KeyChain = {
  /** Fingerprints of keys that may sign what comes next. */
  readonly usable: Set<string>;
  /** Fingerprints of keys that were replaced or revoked. */
  readonly retired: Set<string>;
  readonly revoked: Set<string>;
  /** The key put on record last. */
  newest: string | null;
  endorsed: number;
  notEndorsed: number;
  /** Whose the keys are, as far as the ledger shows it. */
  readonly proofs: KeyProofs;
};

export const emptyKeyChain = (): KeyChain => ({
  usable: new Set(),
  retired: new Set(),
  revoked: new Set(),
  newest: null,
  endorsed: 0,
  notEndorsed: 0,
  proofs: emptyKeyProofs(),
});

export type RotationClaim = Pick<KeyRotation, 'previous' | 'fingerprint' | 'publicKey' | 'rotatedAt'> & {
  /** Hash of the ledger's first entry: what is signed for one ledger is worth nothing in another. */
  readonly ledger: string;
};

/** What both keys sign when one replaces the other, in the namespace of rotations. */
export function rotationText(claim: RotationClaim): Buffer {
  const lines = [
    'countersign key rotation',
    `ledger ${claim.ledger}`,
    `previous ${claim.previous}`,
    `next ${claim.fingerprint}`,
    `next-key ${claim.publicKey}`,
    `at ${claim.rotatedAt}`,
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

export type HoldingClaim = {
  /** Hash of the ledger's first entry. */
  readonly ledger: string;
  /** Reviewer id. */
  readonly holder: string;
  readonly by: string;
  readonly fingerprint: string;
};

/** What an earlier key of a reviewer signs for a further one of theirs, in the namespace of rotations. */
export function holdingText({ ledger, holder, by, fingerprint }: HoldingClaim): Buffer {
  // As JSON, so that an id with a line break cannot pass for another line.
  const lines = [
    'countersign key of the same reviewer',
    `ledger ${ledger}`,
    `reviewer ${JSON.stringify(holder)}`,
    `by ${by}`,
    `key ${fingerprint}`,
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/**
 * Takes the next entry into the chain; those that are not about keys count for what is done with one.
 * @param firstHash hash of the ledger's first entry, null when this is the first.
 * @returns why the entry does not hold, or null when it does. The chain is not to be used further after a fault.
 */
export function takeKeyEntry(chain: KeyChain, entry: LedgerEntry, firstHash: string | null): string | null {
  const fault = faultInKeyEntry(chain, entry, firstHash);
  if (fault === null) followKeyProofs(chain.proofs, entry);
  return fault;
}

function faultInKeyEntry(chain: KeyChain, entry: LedgerEntry, firstHash: string | null): string | null {
  switch (entry.type) {
    case 'key-created':
      if (entry.subject === null) return null;
      return faultInHolding(chain, entry, firstHash ?? '') ?? takeNewKey(chain, entry.subject);
    case 'key-taken-up':
      if (entry.subject === null) return null;
      return takeKnownKey(chain, entry.subject) ?? faultInHolding(chain, entry, firstHash ?? '');
    case 'key-reported':
      return takeReport(chain, entry);
    case 'key-endorsed':
      return faultInListing(chain, entry);
    case 'key-rotated':
      return takeRotation(chain, entry, firstHash);
    case 'key-revoked':
      return takeRevocation(chain, entry);
    default:
      return null;
  }
}

function takeNewKey(chain: KeyChain, fingerprint: string): string | null {
  if (chain.retired.has(fingerprint)) return 'brings back a key that was replaced or revoked before';
  chain.usable.add(fingerprint);
  chain.newest = fingerprint;
  return null;
}

function takeKnownKey(chain: KeyChain, fingerprint: string): string | null {
  if (chain.retired.has(fingerprint)) return 'brings back a key that was replaced or revoked before';
  if (!chain.usable.has(fingerprint)) return 'takes up a key that the ledger does not know';
  chain.newest = fingerprint;
  return null;
}

function takeRotation(chain: KeyChain, entry: LedgerEntry, firstHash: string | null): string | null {
  const payload = keyRotation.safeParse(entry.payload);
  if (!payload.success || payload.data.fingerprint !== entry.subject)
    return 'is a rotation of keys without the particulars of one';
  const rotation = payload.data;
  const fault = faultInRotation(chain, rotation, firstHash ?? '');
  if (fault !== null) return fault;
  chain.usable.delete(rotation.previous);
  chain.retired.add(rotation.previous);
  if (rotation.endorsement === null) chain.notEndorsed += 1;
  else chain.endorsed += 1;
  return takeNewKey(chain, rotation.fingerprint);
}

function faultInRotation(chain: KeyChain, rotation: KeyRotation, ledger: string): string | null {
  const { previous, fingerprint, publicKey, endorsement, acceptance } = rotation;
  if (previous !== chain.newest) return 'replaces a key that was not the one in use';
  if (previous === fingerprint) return 'replaces a key by itself';
  if (!isKeyOf(publicKey, fingerprint)) return 'is a rotation that names another key than its fingerprint';
  const text = rotationText({ ...rotation, ledger });
  if (!isSignedBy(acceptance, fingerprint, text)) return 'is a rotation to a key that did not sign it';
  if (endorsement === null) return null;
  if (chain.revoked.has(previous)) return 'is a rotation endorsed by a key that was revoked before';
  return isSignedBy(endorsement, previous, text)
    ? null
    : 'is a rotation whose endorsement is not by the key before';
}

/** Most entries have no earlier key that signs for the new one. */
function faultInHolding(
  { usable }: KeyChain,
  { payload, subject, actor }: LedgerEntry,
  ledger: string,
): string | null {
  if (payload['endorsement'] === undefined || subject === null) return null;
  const endorsement = keyEndorsement.safeParse(payload['endorsement']);
  if (!endorsement.success)
    return 'names an earlier key that signed for the new one, without the particulars';
  const { by, signature } = endorsement.data;
  if (!usable.has(by)) return 'is endorsed by a key that was not in use';
  return isSignedBy(signature, by, holdingText({ ledger, holder: actor, by, fingerprint: subject }))
    ? null
    : 'is endorsed by a signature that is not by the key it names';
}

function faultInListing({ usable }: KeyChain, { payload, subject }: LedgerEntry): string | null {
  const listing = listEndorsement.safeParse(payload);
  if (!listing.success || listing.data.fingerprint !== subject)
    return 'is an endorsement of a key without the particulars of one';
  return usable.has(listing.data.fingerprint) ? null : 'endorses a key that is not in use';
}

function takeReport(chain: KeyChain, entry: LedgerEntry): string | null {
  const payload = keyReport.safeParse(entry.payload);
  if (!payload.success || payload.data.fingerprint !== entry.subject)
    return 'is a report about a key without the particulars of one';
  return retire(chain, payload.data, 'reports');
}

function takeRevocation(chain: KeyChain, entry: LedgerEntry): string | null {
  const payload = keyRevocation.safeParse(entry.payload);
  if (!payload.success || payload.data.fingerprint !== entry.subject)
    return 'is a revocation without the particulars of one';
  return retire(chain, payload.data, 'revokes');
}

/** Neither signs any more, and neither can vouch for its replacement. */
function retire(
  chain: KeyChain,
  { fingerprint, publicKey }: { readonly fingerprint: string; readonly publicKey: string },
  verb: 'revokes' | 'reports',
): string | null {
  const kind = verb === 'revokes' ? 'revocation' : 'report';
  if (!isKeyOf(publicKey, fingerprint)) return `is a ${kind} that names another key than its fingerprint`;
  if (!chain.usable.has(fingerprint) && !chain.retired.has(fingerprint))
    return `${verb} a key that the ledger does not know`;
  chain.usable.delete(fingerprint);
  chain.retired.add(fingerprint);
  chain.revoked.add(fingerprint);
  return null;
}

function isKeyOf(publicKey: string, fingerprint: string): boolean {
  try {
    return fingerprintOf(parsePublicKey(publicKey)) === fingerprint;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function isSignedBy(armored: string, fingerprint: string, text: Buffer): boolean {
  try {
    const signature = parseSignature(Buffer.from(armored));
    return (
      fingerprintOf(signature.publicKey) === fingerprint &&
      signatureHolds(signature, signatureNamespaces.keyRotation, text)
    );
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** What a verification says about changes of keys; null where there were none. */
export function describeKeyChanges(chain: KeyChain): string | null {
  const said = [rotationWords(chain), replacementWords(chain.proofs)].filter((words) => words !== null);
  return said.length === 0 ? null : said.join(' ');
}

function rotationWords({ endorsed, notEndorsed }: KeyChain): string | null {
  if (endorsed + notEndorsed === 0) return null;
  const changes =
    endorsed + notEndorsed === 1 ? 'The key changed once' : `The key changed ${endorsed + notEndorsed} times`;
  if (notEndorsed === 0) return `${changes}, each time endorsed by the key before.`;
  const times = notEndorsed === 1 ? 'once' : `${notEndorsed} times`;
  return `${changes}, ${times} not endorsed by the key before: nothing here shows that the new key is of the same person.`;
}

/** Keys that came for a reviewer who had one, in another way than by a rotation, are named here as well. */
function replacementWords(proofs: KeyProofs): string | null {
  const unproven = unprovenHoldings(proofs);
  if (unproven.length === 0) return null;
  const named = unproven.map(({ holder, fingerprint, seq }) => `${holder} (${fingerprint}, entry ${seq})`);
  return `Not endorsed: nothing here shows that the person before holds the key of ${named.join(', ')}.`;
}
