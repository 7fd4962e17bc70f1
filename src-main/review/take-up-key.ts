// Becoming a reviewer who is known here: whoever does it shows that they hold that reviewer's key.
import type { KeyEndorsement } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer, SigningKey } from '#shared/model/reviewer.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { holdingsOf, proofOf } from '../evidence/key-proofs.ts';
import { holdingText } from '../evidence/keys-chain.ts';
import { listKeys, openKey } from '../evidence/keys.ts';
import { fingerprintOf } from '../evidence/public-key.ts';
import { signerIdentity } from '../evidence/signer-identity.ts';
import { agentSigner, findAgentKey } from '../evidence/ssh-agent.ts';
import { signatureNamespaces, signWith, type LateSigner, type Signer } from '../evidence/sshsig.ts';
import { isSamePerson } from './aliases.ts';
import { isRetired, type KeyRing } from './key-ring.ts';
import type { KeyPlace } from './open-signer.ts';
import type { LedgerState } from './projection.ts';

export type ReviewerKeys = {
  /** The key that signs for this reviewer; null when one is to be made. */
  readonly own: SigningKey | null;
  /** Those whose holder has to show that it is them. */
  readonly toProve: readonly SigningKey[];
  /** The ledger knows this reviewer with a key that is not here: whoever takes the name cannot show that it is theirs. */
  readonly isReplacement: boolean;
};

/**
 * Keys of this computer that a reviewer has to hold: the one of their identity, and, where that one was put on record for
 * somebody else, the latest one of the reviewer id, so that another e-mail address does not open another's name.
 */
export function keysOfReviewer(
  { ledger, keysDirectory }: Pick<KeyPlace, 'ledger' | 'keysDirectory'>,
  reviewer: Reviewer,
): ReviewerKeys {
  const { keys, independence } = ledger.state();
  const usable = listKeys(keysDirectory).filter(
    ({ fingerprint }) => !isRetired(keys.byFingerprint.get(fingerprint)),
  );
  const isTheirs = ({ fingerprint }: SigningKey) =>
    (keys.holders.get(fingerprint) ?? []).some((id) =>
      isSamePerson(independence.identities, id, reviewer.id),
    );
  const identity = signerIdentity(reviewer);
  const named = usable.filter((key) => key.identity === identity);
  const own = named.find((key) => isProvenKey(key, keys)) ?? named[0] ?? null;
  const isShown =
    own !== null && isTheirs(own) && proofOf(keys.proofs, own.fingerprint, reviewer.id) !== 'none';
  const best = isShown ? undefined : bestOf(usable.filter(isTheirs), keys);
  const earlier = best?.fingerprint === own?.fingerprint ? undefined : best;
  const toProve = [own, earlier].flatMap((key) => key ?? []);
  const isProven = toProve.some((key) => isTheirs(key) && isProvenKey(key, keys));
  return { own, toProve, isReplacement: !isProven && isKnown(ledger.state(), reviewer) };
}

const isProvenKey = ({ fingerprint }: SigningKey, { proofs }: KeyRing): boolean =>
  holdingsOf(proofs, fingerprint).some(({ proof }) => proof !== 'none');

/** One that was shown to be theirs before, if any; else the latest. */
const bestOf = (theirs: readonly SigningKey[], keys: KeyRing): SigningKey | undefined =>
  theirs.findLast((key) => isProvenKey(key, keys)) ?? theirs.at(-1);

/** Under the id, or under one that this e-mail address or an alias links to it. */
function isKnown({ keys, independence }: LedgerState, { id, email }: Reviewer): boolean {
  const { identities } = independence;
  const names = [id, email ?? ''].filter((name) => name !== '');
  return [...keys.holders.values()]
    .flat()
    .some((holder) => names.some((name) => isSamePerson(identities, name, holder)));
}

/**
 * @param passphrase what was typed; needed for a key that is sealed with one, even while it is unlocked.
 * @returns the key, which has signed
 * @throws Problem `locked` when it is missing or does not open the key, or as the keychain or the agent does
 */
export async function proveKey(
  place: KeyPlace,
  key: SigningKey,
  passphrase: string | undefined,
): Promise<Signer | LateSigner> {
  const now = formatInstant(place.clock.nowMs() * 1000);
  const challenge = Buffer.from(`countersign reviewer\n${key.identity}\nat ${now}\n`);
  const signer = await openHeld(place, key, passphrase);
  await signWith(signer, signatureNamespaces.keyRotation, challenge);
  return signer;
}

/** What an earlier key of a reviewer says about a further one, for the ledger. */
export async function endorseKey(
  { ledger }: Pick<KeyPlace, 'ledger'>,
  signer: Signer | LateSigner,
  { holder, fingerprint }: { readonly holder: string; readonly fingerprint: string },
): Promise<KeyEndorsement> {
  const by = fingerprintOf(signer.publicKey);
  const text = holdingText({ ledger: ledger.state().checkpointed.firstHash ?? '', holder, by, fingerprint });
  return { by, signature: await signWith(signer, signatureNamespaces.keyRotation, text) };
}

async function openHeld(
  place: KeyPlace,
  { fingerprint, sealedBy }: SigningKey,
  passphrase: string | undefined,
): Promise<Signer | LateSigner> {
  if (sealedBy === 'agent') return agentSigner(place.agent, await findAgentKey(place.agent, fingerprint));
  if (sealedBy === 'system-keychain')
    return openKey(place.keysDirectory, fingerprint, place.keySeal(undefined));
  if (passphrase === undefined)
    throw new Problem(
      'locked',
      'This reviewer is known here and has a signing key, whose passphrase was not given. Nothing was changed.',
      { next: 'Give the passphrase that was chosen when the key was made.' },
    );
  return openKey(place.keysDirectory, fingerprint, place.keySeal(passphrase));
}
