// The first key of a reviewer: made here and sealed, or one that an ssh-agent holds.
import { Problem } from '#shared/model/problem.ts';
import type { SigningKey } from '#shared/model/reviewer.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { createKey, noteAgentKey } from '../evidence/keys.ts';
import { agentSigner, findAgentKey } from '../evidence/ssh-agent.ts';
import { signatureNamespaces } from '../evidence/sshsig.ts';
import { isRetired } from './key-ring.ts';
import type { KeyPlace } from './open-signer.ts';

export type FirstKey = {
  /** How the signer is listed: see signer-identity.ts. */
  readonly identity: string;
  readonly passphrase?: string | undefined;
  /** Fingerprint of a key that an ssh-agent offers. */
  readonly agent?: string | undefined;
};

/** @throws Problem `locked` without a way to seal a new key, `refused` for a key that was replaced or revoked here, or as the agent does. */
export async function makeFirstKey(
  place: KeyPlace,
  { identity, passphrase, agent }: FirstKey,
): Promise<SigningKey> {
  const directory = place.keysDirectory;
  const now = formatInstant(place.clock.nowMs() * 1000);
  if (agent === undefined) return createKey({ directory, seal: place.keySeal(passphrase), identity, now });
  if (isRetired(place.ledger.state().keys.byFingerprint.get(agent)))
    throw new Problem(
      'refused',
      'This key was replaced or revoked here, so it cannot sign again. Nothing was changed.',
      {
        next: 'Choose another one.',
      },
    );
  const publicKey = await findAgentKey(place.agent, agent);
  // Whoever names a key has to show that it signs for them; the signature itself is of no further use.
  const { signLater } = agentSigner(place.agent, publicKey);
  await signLater(
    signatureNamespaces.keyRotation,
    Buffer.from(`countersign first key\n${identity}\nat ${now}\n`),
  );
  return noteAgentKey({ directory, publicKey, identity, now });
}
