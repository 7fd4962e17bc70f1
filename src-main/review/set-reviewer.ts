// Says who decides here: a known reviewer shows that they are it, a new one gets a signing key.
import type { OsUser } from '#shared/model/independence.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer, SigningKey } from '#shared/model/reviewer.ts';
import { signerIdentity } from '../evidence/signer-identity.ts';
import { makeFirstKey } from './first-key.ts';
import { isRetired } from './key-ring.ts';
import type { Act } from './ledger.ts';
import type { KeyPlace } from './open-signer.ts';
import { strangeOsUser } from './os-user.ts';
import type { LedgerState } from './projection.ts';
import { assertFittingReviewer } from './reviewer-column.ts';
import { keysOfReviewer, proveKey } from './take-up-key.ts';

export type ReviewerRequest = Reviewer & {
  readonly passphrase?: string | undefined;
  /** Fingerprint of a key that an ssh-agent offers, for a reviewer without a key. */
  readonly agent?: string | undefined;
};

/**
 * @returns the key that signs from now on
 * @throws Problem `invalid-input` for an id that the connected database cannot hold, `locked` where the reviewer's key is here
 * and was not shown to be theirs, or as for a first key; nothing is changed then
 */
export async function setReviewer(
  place: KeyPlace & { readonly osUser?: OsUser | null | undefined },
  { passphrase, agent, ...entered }: ReviewerRequest,
): Promise<SigningKey> {
  const reviewer = { ...entered, name: entered.name.toWellFormed(), id: entered.id.toWellFormed() };
  assertFittingReviewer(place.ledger.state(), reviewer.id);
  const { own, toProve } = keysOfReviewer(place, reviewer);
  for (const key of toProve) await proveKey(place, key, passphrase);
  const identity = signerIdentity(reviewer);
  const key = own ?? (await makeFirstKey(place, { identity, passphrase, agent }));
  const before = place.ledger.state().keyFingerprint;
  place.ledger.append((state) => [
    ...profileActs(state, reviewer, key, place.osUser),
    ...keyActs(state, reviewer, key),
  ]);
  // What the one before unlocked is not the next one's to use.
  if (before !== key.fingerprint) place.keySession.lock();
  return key;
}

function profileActs(
  state: LedgerState,
  reviewer: Reviewer,
  { fingerprint }: SigningKey,
  osUser: OsUser | null | undefined,
): Act[] {
  const { reviewerKey, reviewerOsUser } = state.independence;
  const isSameAccount =
    !osUser || (reviewerOsUser !== null && strangeOsUser(state.independence, osUser) === null);
  const isSame = JSON.stringify(state.reviewer) === JSON.stringify(reviewer) && reviewerKey === fingerprint;
  if (isSame && isSameAccount) return [];
  const payload = { ...reviewer, keyFingerprint: fingerprint, ...(osUser ? { osUser } : {}) };
  return [{ type: 'reviewer-changed', subject: reviewer.id, actor: reviewer.id, payload }];
}

function keyActs(state: LedgerState, reviewer: Reviewer, key: SigningKey): Act[] {
  const { fingerprint, publicKey, identity, sealedBy } = key;
  const known = state.keys.byFingerprint.get(fingerprint);
  if (isRetired(known))
    throw new Problem('conflict', 'This key was replaced or revoked meanwhile. Nothing was changed.', {
      next: 'Say again who reviews here.',
    });
  const isHeld = (state.keys.holders.get(fingerprint) ?? []).at(-1) === reviewer.id;
  if (state.keyFingerprint === fingerprint && isHeld) return [];
  const about = { subject: fingerprint, actor: reviewer.id };
  return known === undefined
    ? [{ ...about, type: 'key-created', payload: { fingerprint, publicKey, identity, sealedBy } }]
    : [{ ...about, type: 'key-taken-up', payload: { fingerprint } }];
}
