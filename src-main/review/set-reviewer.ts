// Says who decides here: a known reviewer shows that they are it, a new one gets a signing key.
import type { OsUser } from '#shared/model/independence.ts';
import type { KeyEndorsement } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer, SigningKey } from '#shared/model/reviewer.ts';
import { copyOfProofs, followKeyProofs, holdingsOf, proofOf } from '../evidence/key-proofs.ts';
import { fingerprintOf } from '../evidence/public-key.ts';
import { signerIdentity } from '../evidence/signer-identity.ts';
import type { LateSigner, Signer } from '../evidence/sshsig.ts';
import { foldIdentity, isSamePerson } from './aliases.ts';
import { makeFirstKey } from './first-key.ts';
import { isRetired } from './key-ring.ts';
import type { Act } from './ledger.ts';
import type { KeyPlace } from './open-signer.ts';
import { strangeOsUser } from './os-user.ts';
import type { LedgerState } from './projection.ts';
import { assertFittingReviewer } from './reviewer-column.ts';
import { endorseKey, keysOfReviewer, proveKey } from './take-up-key.ts';

export type ReviewerRequest = Reviewer & {
  readonly passphrase?: string | undefined;
  /** Fingerprint of a key that an ssh-agent offers, for a reviewer without a key. */
  readonly agent?: string | undefined;
};

/**
 * @returns the key that signs from now on
 * @throws Problem `invalid-input` for an id that the connected database cannot hold, `refused` for another’s e-mail address, `locked` where the reviewer's key is here
 * and was not shown to be theirs, or as for a first key; nothing is changed then
 */
export async function setReviewer(
  place: KeyPlace & { readonly osUser?: OsUser | null | undefined },
  { passphrase, agent, ...entered }: ReviewerRequest,
): Promise<SigningKey> {
  const reviewer = { ...entered, name: entered.name.toWellFormed(), id: entered.id.toWellFormed() };
  assertFittingReviewer(place.ledger.state(), reviewer.id);
  const { own, toProve } = keysOfReviewer(place, reviewer);
  assertOwnAddress(place.ledger.state(), reviewer, toProve);
  const proven: (Signer | LateSigner)[] = [];
  for (const key of toProve) proven.push(await proveKey(place, key, passphrase));
  const identity = signerIdentity(reviewer);
  const key = own ?? (await makeFirstKey(place, { identity, passphrase, agent }));
  const endorsement = await endorsementOf(place, reviewer, key, proven);
  const before = place.ledger.state().keyFingerprint;
  place.ledger.append((state) => {
    const acts = [
      ...profileActs(state, reviewer, key, place.osUser),
      ...keyActs(state, reviewer, key, endorsement),
    ];
    return namingReplacement(state, acts);
  });
  // What the one before unlocked is not the next one's to use.
  if (before !== key.fingerprint) place.keySession.lock();
  return key;
}

/** An address links two ids for good, so another's needs their key. */
function assertOwnAddress(
  { keys, independence: { identities } }: LedgerState,
  { id, email }: Reviewer,
  toProve: readonly SigningKey[],
): void {
  if (email === null || !identities.has(foldIdentity(email)) || isSamePerson(identities, id, email)) return;
  const isTheirs = (holder: string) => isSamePerson(identities, email, holder);
  const isProven = toProve.some(({ fingerprint }) => (keys.holders.get(fingerprint) ?? []).some(isTheirs));
  if (isProven) return;
  throw new Problem(
    'refused',
    'This e-mail address is another reviewer’s here. Whoever shares an address counts as one person, and that cannot be taken back. Nothing was changed.',
    {
      next: 'Give an address of your own. If you are that person, review under the id that is known here, or show the key you have: it has to be on this computer, and its passphrase given.',
    },
  );
}

/** A key that comes for a known reviewer without proof says so itself, for those who read the entry alone. */
function namingReplacement({ keys, entries }: LedgerState, acts: readonly Act[]): Act[] {
  const proofs = copyOfProofs(keys.proofs);
  return acts.map((act, place) => {
    const { type, subject, actor, payload } = act;
    followKeyProofs(proofs, { id: '', seq: entries + place + 1, type, subject, actor, payload });
    const isKey = type === 'key-created' || type === 'key-taken-up';
    const isUnproven = isKey && subject !== null && proofOf(proofs, subject, actor) === 'none';
    return isUnproven ? { ...act, payload: { ...payload, isReplacement: true } } : act;
  });
}

/** An earlier key of theirs that they hold signs for the one from now on; absent where there is none, or only itself. */
async function endorsementOf(
  place: KeyPlace,
  { id: holder }: Reviewer,
  { fingerprint }: SigningKey,
  proven: readonly (Signer | LateSigner)[],
): Promise<KeyEndorsement | undefined> {
  const { proofs } = place.ledger.state().keys;
  const earlier = proven.find((signer) => {
    const by = fingerprintOf(signer.publicKey);
    return by !== fingerprint && holdingsOf(proofs, by).length > 0;
  });
  const proof = proofOf(proofs, fingerprint, holder);
  const needsNone = proof === 'first' || proof === 'endorsed';
  return earlier === undefined || needsNone ? undefined : endorseKey(place, earlier, { holder, fingerprint });
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

function keyActs(
  state: LedgerState,
  reviewer: Reviewer,
  key: SigningKey,
  endorsement: KeyEndorsement | undefined,
): Act[] {
  const { fingerprint, publicKey, identity, sealedBy } = key;
  const known = state.keys.byFingerprint.get(fingerprint);
  if (isRetired(known))
    throw new Problem('conflict', 'This key was replaced or revoked meanwhile. Nothing was changed.', {
      next: 'Say again who reviews here.',
    });
  const isHeld = (state.keys.holders.get(fingerprint) ?? []).at(-1) === reviewer.id;
  if (state.keyFingerprint === fingerprint && isHeld && endorsement === undefined) return [];
  const about = { subject: fingerprint, actor: reviewer.id };
  const endorsed = endorsement === undefined ? {} : { endorsement };
  return known === undefined
    ? [
        {
          ...about,
          type: 'key-created',
          payload: { fingerprint, publicKey, identity, sealedBy, ...endorsed },
        },
      ]
    : [{ ...about, type: 'key-taken-up', payload: { fingerprint, ...endorsed } }];
}
