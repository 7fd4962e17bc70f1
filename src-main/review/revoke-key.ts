// Puts on record that a signing key is not to be relied on.
import type { KeyRevocation } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant, parseInstant } from '#shared/time/instant.ts';
import { requireReviewer } from './decide.ts';
import type { RecordedKey } from './key-ring.ts';
import type { KeyPlace } from './open-signer.ts';
import type { LedgerState } from './projection.ts';

export type RevocationRequest = {
  readonly fingerprint: string;
  readonly reason: string;
  /** ISO instant; absent when nobody knows. */
  readonly compromisedSince?: string | undefined;
};

/**
 * Puts on record that a key is not to be relied on, from a moment on or at all.
 * @throws Problem `not-found` for a key this workspace never recorded, `refused` for one that was revoked as far back before.
 */
export function revokeKey(place: KeyPlace, request: RevocationRequest): KeyRevocation {
  const { ledger, clock, keySession } = place;
  const { fingerprint, reason } = request;
  const compromisedSince = request.compromisedSince ?? null;
  const now = clock.nowMs() * 1000;
  if (compromisedSince !== null && parseInstant(compromisedSince) > now)
    throw new Problem(
      'invalid-input',
      'A key cannot be in other hands since a time to come. Nothing was changed.',
    );
  const [stored] = ledger.append((state) => {
    const recorded = requireRecorded(state, fingerprint);
    if (recorded.revocation) assertReachesFurther(recorded.revocation, compromisedSince);
    const { publicKey } = recorded;
    const payload = { fingerprint, publicKey, revokedAt: formatInstant(now), compromisedSince, reason };
    return [{ type: 'key-revoked', subject: fingerprint, actor: requireReviewer(state).id, payload }];
  });
  if (keySession.signer(fingerprint)) keySession.lock();
  const { keys } = ledger.state();
  const revocation = keys.byFingerprint.get(fingerprint)?.revocation;
  if (stored && revocation) return revocation;
  throw new Problem('internal', 'The revocation could not be recorded.');
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

function assertReachesFurther(before: KeyRevocation, compromisedSince: string | null): void {
  if (
    before.compromisedSince !== null &&
    (compromisedSince === null || compromisedSince < before.compromisedSince)
  )
    return;
  throw new Problem('refused', 'This key was revoked before, and as far back. Nothing was changed.', {
    next: 'A revocation can be widened by an earlier time since which the key is compromised, never taken back.',
  });
}
