// Replaces the signing key: both keys sign that one follows the other, and the old one never signs again.
import type { KeyRotation } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import type { SigningKey } from '#shared/model/reviewer.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { rotationText } from '../evidence/keys-chain.ts';
import { newSeed, noteAgentKey, removeKey, signerOfSeed, storeKey } from '../evidence/keys.ts';
import { fingerprintOf, formatPublicKey } from '../evidence/public-key.ts';
import { signerIdentity } from '../evidence/signer-identity.ts';
import { agentSigner, findAgentKey } from '../evidence/ssh-agent.ts';
import { signatureNamespaces, signWith, type LateSigner, type Signer } from '../evidence/sshsig.ts';
import { requireReviewer } from './decide.ts';
import { isRetired, type RecordedKey } from './key-ring.ts';
import { openSigner, requireSigningKey, type KeyPlace } from './open-signer.ts';
import type { LedgerState } from './projection.ts';

export type RotationRequest = {
  readonly reason: string;
  readonly agent?: string | undefined;
  readonly passphrase?: string | undefined;
  readonly newPassphrase?: string | undefined;
  readonly isLost?: boolean | undefined;
};

/** A new key before it is kept anywhere: it can sign, and it can be stored. */
type Candidate = {
  readonly signer: Signer | LateSigner;
  readonly store: (identity: string, now: string) => Promise<SigningKey>;
  readonly discard: () => void;
};

/**
 * Replaces the signing key. Both keys sign the rotation; the old one never signs again.
 * @throws Problem `no-reviewer` without a key to replace, `locked` or `refused` when one of the two does not sign; the old
 * key then stays the one in use.
 */
export async function rotateKey(place: KeyPlace, request: RotationRequest): Promise<SigningKey> {
  const state = place.ledger.state();
  const reviewer = requireReviewer(state);
  const previous = requireKeyToReplace(state);
  const endorser = await findEndorser(place, previous, request);
  const candidate = await findCandidate(place, request, state);
  try {
    const rotatedAt = formatInstant(place.clock.nowMs() * 1000);
    const identity = signerIdentity(reviewer);
    const signed = await signRotation(state, { previous, endorser, candidate, rotatedAt });
    const key = await candidate.store(identity, rotatedAt);
    const rotation: KeyRotation = { ...signed, identity, sealedBy: key.sealedBy, reason: request.reason };
    recordRotation(place, rotation, reviewer.id);
    return key;
  } finally {
    candidate.discard();
  }
}

function requireKeyToReplace({ keys }: LedgerState): RecordedKey {
  const key = keys.newest === null ? undefined : keys.byFingerprint.get(keys.newest);
  if (key) return key;
  throw new Problem('no-reviewer', 'There is no signing key to replace yet.', {
    next: 'Say who reviews here; that makes the first one.',
  });
}

/** Null where the old key must not or cannot vouch for the new one. */
async function findEndorser(
  place: KeyPlace,
  previous: RecordedKey,
  { isLost, passphrase }: RotationRequest,
): Promise<Signer | LateSigner | null> {
  if (isLost === true || previous.revocation !== null) return null;
  // An unlocked key shows that its holder was here, not that they are the one who replaces it.
  if (passphrase === undefined && requireSigningKey(place).sealedBy === 'passphrase')
    throw new Problem(
      'locked',
      'Replacing the signing key needs its passphrase, also while it is unlocked. Nothing was changed.',
      { next: 'Give the passphrase of the present key.' },
    );
  return openSigner(place, passphrase);
}

async function findCandidate(
  place: KeyPlace,
  { agent, newPassphrase }: RotationRequest,
  { keys }: LedgerState,
): Promise<Candidate> {
  if (agent === undefined) return newCandidate(place, newPassphrase);
  if (keys.newest === agent || isRetired(keys.byFingerprint.get(agent)))
    throw new Problem(
      'refused',
      'This key signs here already, or was replaced or revoked. Nothing was changed.',
      {
        next: 'Choose a key that this workspace has not used before.',
      },
    );
  const publicKey = await findAgentKey(place.agent, agent);
  return {
    signer: agentSigner(place.agent, publicKey),
    store: (identity, now) => noteAgentKey({ directory: place.keysDirectory, publicKey, identity, now }),
    discard: () => undefined,
  };
}

function newCandidate(
  { keysDirectory: directory, keySeal, keySession, ledger }: KeyPlace,
  newPassphrase: string | undefined,
): Candidate {
  const seal = keySeal(newPassphrase);
  const seed = newSeed();
  return {
    signer: signerOfSeed(seed),
    store: async (identity, now) => {
      const key = await storeKey({ directory, seal, identity, now }, seed);
      // Whoever had the old one unlocked goes on without being asked.
      const { keyFingerprint } = ledger.state();
      if (keyFingerprint !== null && keySession.signer(keyFingerprint))
        keySession.unlock(key.fingerprint, Buffer.from(seed));
      return key;
    },
    discard: () => void seed.fill(0),
  };
}

type RotationParts = {
  readonly previous: RecordedKey;
  readonly endorser: Signer | LateSigner | null;
  readonly candidate: Candidate;
  readonly rotatedAt: string;
};

async function signRotation(
  { checkpointed }: LedgerState,
  { previous, endorser, candidate, rotatedAt }: RotationParts,
) {
  const { signer } = candidate;
  const claim = {
    previous: previous.fingerprint,
    fingerprint: fingerprintOf(signer.publicKey),
    publicKey: formatPublicKey(signer.publicKey),
    rotatedAt,
  };
  const text = rotationText({ ...claim, ledger: checkpointed.firstHash ?? '' });
  const sign = (key: Signer | LateSigner) => signWith(key, signatureNamespaces.keyRotation, text);
  // The new key first: when it cannot sign, nothing of the old one is lying about.
  const acceptance = await sign(signer);
  return { ...claim, acceptance, endorsement: endorser && (await sign(endorser)) };
}

function recordRotation(place: KeyPlace, rotation: KeyRotation, actor: string): void {
  try {
    place.ledger.append((state) => {
      if (state.keys.newest !== rotation.previous)
        throw new Problem('conflict', 'The key was replaced elsewhere meanwhile. Nothing was changed here.', {
          next: 'Look at “countersign keys” for the one that signs now.',
        });
      return [{ type: 'key-rotated', subject: rotation.fingerprint, actor, payload: rotation }];
    });
  } catch (error) {
    removeKey(place.keysDirectory, rotation.publicKey);
    throw error;
  }
}
