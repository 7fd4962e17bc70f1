// Opens the key that signs what comes next, wherever its private half is: unlocked, sealed, or in an agent.
import { Problem } from '#shared/model/problem.ts';
import type { SigningKey } from '#shared/model/reviewer.ts';
import { listKeys, openKey, openSeed, type KeySeal } from '../evidence/keys.ts';
import { agentSigner, findAgentKey, type AgentTransport } from '../evidence/ssh-agent.ts';
import type { LateSigner, Signer } from '../evidence/sshsig.ts';
import type { KeySession } from './key-session.ts';
import type { Clock, Ledger } from './ledger.ts';

/** Where keys are kept, and what it takes to sign with them. */
export type KeyPlace = {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly keysDirectory: string;
  readonly keySeal: (passphrase: string | undefined) => KeySeal;
  readonly agent: AgentTransport;
  readonly keySession: KeySession;
};

/** @throws Problem `no-reviewer` where no key signs: none was made, it was revoked, or its file is elsewhere. */
export function requireSigningKey({ ledger, keysDirectory }: KeyPlace): SigningKey {
  const { keyFingerprint, keys } = ledger.state();
  const key = listKeys(keysDirectory).find(({ fingerprint }) => fingerprint === keyFingerprint);
  if (key) return key;
  if (keyFingerprint === null && keys.newest !== null)
    throw new Problem('no-reviewer', 'The signing key was revoked, so nothing was signed.', {
      next: 'Make a new one with “countersign keys rotate”, or in the settings.',
    });
  throw new Problem(
    'no-reviewer',
    'The signing key of this workspace’s reviewer is not on this computer, so nothing was signed.',
    {
      next:
        keyFingerprint === null
          ? 'Say who reviews here; that makes a key.'
          : 'Put its file back into the folder “keys”, or replace the key with “countersign keys rotate --lost”.',
    },
  );
}

/**
 * @param passphrase of the key; not needed while it is unlocked, in a keychain or in an agent.
 * @throws Problem `no-reviewer`, `locked`, or as the agent does.
 */
export async function openSigner(
  place: KeyPlace,
  passphrase: string | undefined,
): Promise<Signer | LateSigner> {
  const { fingerprint, sealedBy } = requireSigningKey(place);
  if (sealedBy === 'agent') return agentSigner(place.agent, await findAgentKey(place.agent, fingerprint));
  if (passphrase === undefined) {
    place.keySession.touch();
    const unlocked = place.keySession.signer(fingerprint);
    if (unlocked) return unlocked;
  }
  return openKey(place.keysDirectory, fingerprint, place.keySeal(passphrase));
}

/**
 * Unlocks the key for this session.
 * @throws Problem `refused` for a key that needs no passphrase, `locked` for a wrong one.
 */
export async function unlockKey(place: KeyPlace, passphrase: string): Promise<void> {
  const { fingerprint, sealedBy } = requireSigningKey(place);
  if (sealedBy !== 'passphrase')
    throw new Problem('refused', 'This key opens without a passphrase; there is nothing to unlock.');
  place.keySession.unlock(
    fingerprint,
    await openSeed(place.keysDirectory, fingerprint, place.keySeal(passphrase)),
  );
}
