// Puts on record that a signing key is not to be relied on: its holder revokes it, anybody else reports it.
import type { KeyReport, KeyRevocation } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { holdingsOf, proofOf } from '../evidence/key-proofs.ts';
import { requireReviewer } from './decide.ts';
import type { RecordedKey } from './key-ring.ts';
import type { Act } from './ledger.ts';
import type { KeyPlace } from './open-signer.ts';
import type { LedgerState } from './projection.ts';

export type RevocationRequest = {
  readonly fingerprint: string;
  readonly reason: string;
  /** ISO instant; absent when nobody knows. */
  readonly compromisedSince?: string | undefined;
};

/**
 * Puts on record that a key is not to be relied on, from a moment on or at all. It signs nothing here any more either way; the
 * line for lists of revoked keys is its holder's to hand on, so that nobody takes another's name off them.
 * @returns the revocation, or the report where somebody else than its holder says so
 * @throws Problem `not-found` for a key this workspace never recorded, `refused` where as much was said before.
 */
export function revokeKey(place: KeyPlace, request: RevocationRequest): KeyRevocation | KeyReport {
  const { ledger, clock, keySession } = place;
  const { fingerprint, reason } = request;
  const compromisedSince = request.compromisedSince ?? null;
  const now = clock.nowMs() * 1000;
  if (compromisedSince !== null && parseInstant(compromisedSince) > now)
    throw new Problem(
      'invalid-input',
      'A key cannot be in other hands since a time to come. Nothing was changed.',
    );
  ledger.append((state) => [
    draftRevocation(state, { fingerprint, reason, compromisedSince }, formatInstant(now)),
  ]);
  if (keySession.signer(fingerprint)) keySession.lock();
  const recorded = ledger.state().keys.byFingerprint.get(fingerprint);
  const said = recorded?.revocation ?? recorded?.report;
  if (said) return said;
  throw new Problem('internal', 'The revocation could not be recorded.');
}

type Said = Pick<KeyRevocation, 'fingerprint' | 'reason' | 'compromisedSince'>;

function draftRevocation(state: LedgerState, said: Said, at: string): Act {
  const { id: actor } = requireReviewer(state);
  const { publicKey, revocation, report } = requireRecorded(state, said.fingerprint);
  const isHolder = holdsKey(state, said.fingerprint, actor);
  const before = isHolder ? revocation : (revocation ?? report);
  if (before) assertReachesFurther(before, said.compromisedSince);
  const about = { subject: said.fingerprint, actor };
  return isHolder
    ? { ...about, type: 'key-revoked', payload: { ...said, publicKey, revokedAt: at } }
    : { ...about, type: 'key-reported', payload: { ...said, publicKey, reportedAt: at } };
}

/** It is theirs by exactly this id, and they are the reviewer with a key that is shown to be theirs. */
function holdsKey({ keys: { proofs, newest } }: LedgerState, fingerprint: string, reviewer: string): boolean {
  const isShown = newest !== null && proofOf(proofs, newest, reviewer) !== 'none';
  const holding = proofOf(proofs, fingerprint, reviewer);
  if (!isShown || holding === null) return false;
  // One that somebody put on record in their name is theirs to revoke, unless it is another's by right.
  return holding !== 'none' || holdingsOf(proofs, fingerprint).every(({ proof }) => proof === 'none');
}

function requireRecorded({ keys }: LedgerState, fingerprint: string): RecordedKey & { publicKey: string } {
  const recorded = keys.byFingerprint.get(fingerprint);
  if (recorded && recorded.publicKey !== null) return { ...recorded, publicKey: recorded.publicKey };
  throw new Problem(
    'not-found',
    'No key with this fingerprint was used in this workspace. Nothing was changed.',
    {
      next: '“countersign keys” lists those that were.',
    },
  );
}

function assertReachesFurther(
  before: Pick<KeyRevocation, 'compromisedSince'>,
  compromisedSince: string | null,
): void {
  if (
    before.compromisedSince !== null &&
    (compromisedSince === null || compromisedSince < before.compromisedSince)
  )
    return;
  throw new Problem('refused', 'This key was revoked before, and as far back. Nothing was changed.', {
    next: 'A revocation can be widened by an earlier time since which the key is compromised, never taken back.',
  });
}
