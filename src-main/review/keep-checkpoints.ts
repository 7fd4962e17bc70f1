// Keeps the ledger covered by checkpoints: at least daily and at the end, signed whenever the key signs without asking.
import { Problem } from '#shared/model/problem.ts';
import type { CheckpointOccasion } from '../evidence/checkpoint.ts';
import { listKeys, openKey, type KeySeal } from '../evidence/keys.ts';
import { securityKeyType } from '../evidence/security-key.ts';
import { agentSigner, findAgentKey, type AgentTransport } from '../evidence/ssh-agent.ts';
import { isLate, type LateSigner, type Signer } from '../evidence/sshsig.ts';
import { recordCheckpoint, recordSignedCheckpoint } from './checkpoints.ts';
import type { KeySession } from './key-session.ts';
import { isClosingCheckpointDue, isDailyCheckpointDue, type LastCheckpoint } from './last-checkpoint.ts';
import type { Clock, Ledger } from './ledger.ts';
import type { LedgerState } from './projection.ts';

export type CheckpointKeeper = {
  /** To be called after each append: records the checkpoint of a past day in the background. */
  readonly onAppended: (state: LedgerState) => void;
  /** Records the last checkpoint of a session that appended anything, and waits for those under way. */
  readonly close: () => Promise<void>;
  /** The same with a key that is about to be locked, at once. */
  readonly beforeLock: (signer: Signer) => void;
};

export type CheckpointKeeperOptions = {
  readonly ledger: () => Ledger;
  readonly clock: Clock;
  readonly keysDirectory: string;
  /** The seal that opens the key without asking; throws Problem where there is none. */
  readonly keySeal: (passphrase: undefined) => KeySeal;
  /** A key that was unlocked for this session. */
  readonly session?: KeySession;
  readonly agent?: AgentTransport;
  readonly log: (message: string, error: unknown) => void;
};

export function keepCheckpoints(options: CheckpointKeeperOptions): CheckpointKeeper {
  let hasAppended = false;
  let underway: Promise<void> | null = null;
  const now = () => new Date(options.clock.nowMs()).toISOString();
  const recordWith = async (
    signer: Signer | LateSigner | null,
    occasion: CheckpointOccasion,
    isDue: (last: LastCheckpoint) => boolean,
  ) => {
    const ledger = options.ledger();
    try {
      await recordSignedCheckpoint(ledger, occasion, signer, isDue);
    } catch (error) {
      // An agent that does not sign now leaves the checkpoint unsigned; it is no reason to have none.
      if (!(error instanceof Problem) || signer === null || !isLate(signer)) throw error;
      recordCheckpoint(ledger, occasion, null, isDue);
    }
  };
  const record = async (
    occasion: CheckpointOccasion,
    isDue: (last: LastCheckpoint, canSign: boolean) => boolean,
  ) => {
    try {
      const ledger = options.ledger();
      const signer = await openWithoutAsking(options, ledger.state().keyFingerprint);
      await recordWith(signer, occasion, (last) => isDue(last, signer !== null));
    } catch (error) {
      // What was to be covered is recorded; the next occasion covers it.
      options.log('A checkpoint of the ledger could not be recorded.', error);
    }
  };
  return {
    onAppended: (state) => {
      // A workspace that was only just created has nothing yet that anybody did.
      hasAppended ||= state.entries > 1;
      if (underway !== null || !isDailyCheckpointDue(state.lastCheckpoint, now())) return;
      underway = record('daily', (last) => isDailyCheckpointDue(last, now())).finally(() => {
        underway = null;
      });
    },
    close: async () => {
      await underway;
      if (!hasAppended) return;
      await record('close', (last, canSign) => isClosingCheckpointDue(last, now(), canSign));
    },
    beforeLock: (signer) => {
      if (!hasAppended) return;
      try {
        recordCheckpoint(options.ledger(), 'close', signer, (last) =>
          isClosingCheckpointDue(last, now(), true),
        );
      } catch (error) {
        options.log('A checkpoint of the ledger could not be recorded.', error);
      }
    },
  };
}

/** The signing key, if it signs without anybody being asked; null when a passphrase or a touch would be needed. */
async function openWithoutAsking(
  { keysDirectory, keySeal, session, agent }: CheckpointKeeperOptions,
  fingerprint: string | null,
): Promise<Signer | LateSigner | null> {
  if (fingerprint === null) return null;
  try {
    const unlocked = session?.signer(fingerprint);
    if (unlocked) return unlocked;
    const key = listKeys(keysDirectory).find((candidate) => candidate.fingerprint === fingerprint);
    if (!key || key.sealedBy === 'passphrase') return null;
    if (key.sealedBy === 'agent') return agent ? await signingUnattended(agent, fingerprint) : null;
    return await openKey(keysDirectory, key.fingerprint, keySeal(undefined));
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** A closing program does not wait longer for an agent that may be asking a person. */
const unattendedTimeoutMs = 5_000;

async function signingUnattended(agent: AgentTransport, fingerprint: string): Promise<LateSigner | null> {
  const key = await findAgentKey(agent, fingerprint);
  return key.type === securityKeyType ? null : agentSigner(agent, key, unattendedTimeoutMs);
}
