// Records checkpoints of the ledger: signed whenever the key can be used without asking, at least daily and at the end.
import { Problem } from '#shared/model/problem.ts';
import { checkpointPayload, makeCheckpoint, type CheckpointOccasion } from '../evidence/checkpoint.ts';
import type { RecordedCheckpoint } from '#shared/model/ledger.ts';
import { listKeys, openKey, type KeySeal } from '../evidence/keys.ts';
import { fingerprintOf } from '../evidence/public-key.ts';
import type { Signer } from '../evidence/sshsig.ts';
import type { Clock, Ledger } from './ledger.ts';
import { isClosingCheckpointDue, isDailyCheckpointDue, type LastCheckpoint } from './last-checkpoint.ts';
import type { LedgerState } from './projection.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';

/**
 * Records a checkpoint over all entries so far, when `isDue` says so under the write lock.
 * A key that the ledger does not name does not sign: nobody could tell whose it is.
 */
export function recordCheckpoint(
  ledger: Ledger,
  occasion: CheckpointOccasion,
  signer: Signer | null,
  isDue: (last: LastCheckpoint) => boolean = () => true,
): StoredEntry | null {
  const [stored] = ledger.append((state) => {
    if (state.entries === 0 || !isDue(state.lastCheckpoint)) return [];
    const isKnown = signer !== null && fingerprintOf(signer.publicKey) === state.keyFingerprint;
    const payload = makeCheckpoint(state.checkpointed, occasion, isKnown ? signer : null);
    return [{ type: 'checkpoint', subject: payload.fingerprint, actor: '', payload }];
  });
  return stored ?? null;
}

export function listCheckpoints(ledger: Ledger): RecordedCheckpoint[] {
  return ledger
    .entries()
    .filter(({ entry }) => entry.type === 'checkpoint')
    .map(({ entry }) => {
      const { size, root, occasion, fingerprint } = checkpointPayload.parse(entry.payload);
      return { seq: entry.seq, size, root, occasion, fingerprint, at: entry.wall_time };
    });
}

export type CheckpointKeeper = {
  /** To be called after each append: records the checkpoint of a past day in the background. */
  readonly onAppended: (state: LedgerState) => void;
  /** Records the last checkpoint of a session that appended anything, and waits for those under way. */
  readonly close: () => Promise<void>;
};

export type CheckpointKeeperOptions = {
  readonly ledger: () => Ledger;
  readonly clock: Clock;
  readonly keysDirectory: string;
  /** The seal that opens the key without asking; throws Problem where there is none. */
  readonly keySeal: (passphrase: undefined) => KeySeal;
  readonly log: (message: string, error: unknown) => void;
};

export function keepCheckpoints(options: CheckpointKeeperOptions): CheckpointKeeper {
  let hasAppended = false;
  let underway: Promise<void> | null = null;
  const now = () => new Date(options.clock.nowMs()).toISOString();
  const record = async (
    occasion: CheckpointOccasion,
    isDue: (last: LastCheckpoint, canSign: boolean) => boolean,
  ) => {
    try {
      const ledger = options.ledger();
      const signer = await openWithoutAsking(options, ledger.state().keyFingerprint);
      recordCheckpoint(ledger, occasion, signer, (last) => isDue(last, signer !== null));
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
  };
}

/** The signing key, if this computer opens it by itself; null when a passphrase would have to be asked for. */
async function openWithoutAsking(
  { keysDirectory, keySeal }: CheckpointKeeperOptions,
  fingerprint: string | null,
): Promise<Signer | null> {
  try {
    const key = listKeys(keysDirectory).find((candidate) => candidate.fingerprint === fingerprint);
    if (!key || key.sealedBy === 'passphrase') return null;
    return await openKey(keysDirectory, key.fingerprint, keySeal(undefined));
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}
