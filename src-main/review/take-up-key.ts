// Becoming a reviewer who is known here: whoever does it shows that they hold that reviewer's key.
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer, SigningKey } from '#shared/model/reviewer.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { listKeys, openKey } from '../evidence/keys.ts';
import { signerIdentity } from '../evidence/signer-identity.ts';
import { agentSigner, findAgentKey } from '../evidence/ssh-agent.ts';
import { signatureNamespaces, signWith, type LateSigner, type Signer } from '../evidence/sshsig.ts';
import { isSamePerson } from './aliases.ts';
import { isRetired } from './key-ring.ts';
import type { KeyPlace } from './open-signer.ts';

export type ReviewerKeys = {
  /** The key that signs for this reviewer; null when one is to be made. */
  readonly own: SigningKey | null;
  /** Those whose holder has to show that it is them. */
  readonly toProve: readonly SigningKey[];
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
  const own = usable.find((key) => key.identity === identity) ?? null;
  const earlier = own !== null && isTheirs(own) ? undefined : usable.findLast(isTheirs);
  return { own, toProve: [own, earlier].flatMap((key) => key ?? []) };
}

/**
 * @param passphrase what was typed; needed for a key that is sealed with one, even while it is unlocked.
 * @throws Problem `locked` when it is missing or does not open the key, or as the keychain or the agent does
 */
export async function proveKey(
  place: KeyPlace,
  key: SigningKey,
  passphrase: string | undefined,
): Promise<void> {
  const now = formatInstant(place.clock.nowMs() * 1000);
  const challenge = Buffer.from(`countersign reviewer\n${key.identity}\nat ${now}\n`);
  await signWith(await openHeld(place, key, passphrase), signatureNamespaces.keyRotation, challenge);
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
