// Signing keys: list, replace, revoke, unlock.
import type { AgentKey, AgentOffer, KeySessionStatus, OwnKey } from '#shared/model/keys.ts';
import { Problem } from '#shared/model/problem.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { hexGroupsOf, wordsOf } from '../evidence/fingerprint-words.ts';
import { listKeys } from '../evidence/keys.ts';
import { listAgentKeys, type AgentIdentity } from '../evidence/ssh-agent.ts';
import { endorseByList } from '../review/endorse-key.ts';
import { setIdleMinutes } from '../review/key-idle.ts';
import { unlockKey } from '../review/open-signer.ts';
import { ownKeys } from '../review/own-keys.ts';
import { revokeKey } from '../review/revoke-key.ts';
import { rotateKey } from '../review/rotate-key.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { readHeldList } from './trust-in-force.ts';

export function keyProcedures(workstation: Workstation) {
  const { keys } = procedures;
  const session = () => readKeySession(workstation);
  return {
    list: keys.list.handler(() => listOwnKeys(workstation)),
    agent: keys.agent.handler(() => readOffer(workstation)),
    rotate: keys.rotate.handler(async ({ input }) => {
      const { fingerprint } = await rotateKey(workstation, input);
      return requireOwnKey(workstation, fingerprint);
    }),
    revoke: keys.revoke.handler(({ input }) => {
      revokeKey(workstation, input);
      const key = requireOwnKey(workstation, input.fingerprint);
      return { key, line: key.revocationLine ?? '' };
    }),
    endorse: keys.endorse.handler(({ input: { fingerprint } }) => {
      const { ledger, clock } = workstation;
      const files = readHeldList(workstation);
      const held = ledger.state().trust.list;
      const checked =
        files === null || held === null ? null : { held, list: files.list, revoked: files.revoked };
      endorseByList(ledger, fingerprint, checked, clock.nowMs());
      return requireOwnKey(workstation, fingerprint);
    }),
    session: keys.session.handler(session),
    unlock: keys.unlock.handler(async ({ input }) => {
      await unlockKey(workstation, input.passphrase);
      return session();
    }),
    lock: keys.lock.handler(() => {
      workstation.keySession.lock();
      return session();
    }),
    setIdle: keys.setIdle.handler(({ input }) => {
      setIdleMinutes(workstation, input.minutes);
      return session();
    }),
  };
}

export const listOwnKeys = ({ keysDirectory, ledger }: Workstation): OwnKey[] =>
  ownKeys(listKeys(keysDirectory), ledger.state().keys);

function requireOwnKey(workstation: Workstation, fingerprint: string): OwnKey {
  const key = listOwnKeys(workstation).find((candidate) => candidate.fingerprint === fingerprint);
  if (key) return key;
  throw new Problem('internal', 'What was recorded about the key cannot be found again.');
}

async function readOffer({ agent }: Workstation): Promise<AgentOffer> {
  try {
    return { keys: (await listAgentKeys(agent)).map(describeOffer), problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, next } = error;
    return { keys: [], problem: { code, message, next } };
  }
}

function describeOffer({ fingerprint, type, comment, needsTouch, unusable }: AgentIdentity): AgentKey {
  return {
    fingerprint,
    type,
    comment,
    needsTouch,
    unusable,
    hex: fingerprint && hexGroupsOf(fingerprint),
    words: fingerprint === null ? [] : wordsOf(fingerprint),
  };
}

/** Whether the key that signs needs a passphrase, and whether it has it. */
export function readKeySession({ keysDirectory, keySession, ledger }: Workstation): KeySessionStatus {
  const { keyFingerprint, keys } = ledger.state();
  const key = listKeys(keysDirectory).find(({ fingerprint }) => fingerprint === keyFingerprint);
  const lockedAtMs = keySession.lockedAtMs();
  return {
    needsPassphrase: key ? key.sealedBy === 'passphrase' : null,
    isUnlocked: keyFingerprint !== null && keySession.signer(keyFingerprint) !== null,
    lockedAt: lockedAtMs === null ? null : formatInstant(lockedAtMs * 1000),
    idleMinutes: keys.idleMinutes,
  };
}
