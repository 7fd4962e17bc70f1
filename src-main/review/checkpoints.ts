// Records checkpoints of the ledger: at once with a key that is at hand, or with the signature of whoever has to be asked.
import type { RecordedCheckpoint } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import {
  checkpointPayload,
  checkpointText,
  makeCheckpoint,
  signedCheckpoint,
  type CheckpointOccasion,
} from '../evidence/checkpoint.ts';
import { fingerprintOf } from '../evidence/public-key.ts';
import { isLate, signatureNamespaces, type LateSigner, type Signer } from '../evidence/sshsig.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';
import type { LastCheckpoint } from './last-checkpoint.ts';
import type { Ledger } from './ledger.ts';

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

const mostAttempts = 3;

/**
 * As {@link recordCheckpoint}, with any signer. While somebody is asked for a signature nobody is kept from appending;
 * the checkpoint is then made anew, over what there is now.
 * @throws Problem `conflict` when others appended each time, or what the signer throws; nothing was recorded then.
 */
export async function recordSignedCheckpoint(
  ledger: Ledger,
  occasion: CheckpointOccasion,
  signer: Signer | LateSigner | null,
  isDue: (last: LastCheckpoint) => boolean = () => true,
): Promise<StoredEntry | null> {
  if (signer === null || !isLate(signer)) return recordCheckpoint(ledger, occasion, signer, isDue);
  const fingerprint = fingerprintOf(signer.publicKey);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { checkpointed, entries, lastCheckpoint, keyFingerprint } = ledger.state();
    if (entries === 0 || !isDue(lastCheckpoint)) return null;
    if (keyFingerprint !== fingerprint) return recordCheckpoint(ledger, occasion, null, isDue);
    const signature = await signer.signLater(signatureNamespaces.checkpoint, checkpointText(checkpointed));
    const payload = signedCheckpoint(checkpointed, occasion, { fingerprint, signature });
    const [stored] = ledger.append((state) =>
      state.entries === entries ? [{ type: 'checkpoint', subject: fingerprint, actor: '', payload }] : [],
    );
    if (stored) return stored;
  }
  throw new Problem(
    'conflict',
    'Others went on recording while the checkpoint was signed, so it was not recorded. What they recorded is kept.',
    { next: 'Try again when they are done.' },
  );
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
