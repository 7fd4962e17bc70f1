// The ledger as a whole: verify, rebuild, checkpoints, backups.
import type { LedgerBackup } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import { openKey } from '../evidence/keys.ts';
import { listCheckpoints, recordCheckpoint } from '../review/checkpoints.ts';
import { foldLedger } from '../review/ledger.ts';
import { rebuildLedger } from '../review/rebuild.ts';
import { verifyLedger } from '../review/verify-ledger.ts';
import { backUpLedger, backupsFolder } from '../store/backups.ts';
import { inspectLedger, ledgerPath } from '../store/ledger/inspect.ts';
import type { Workstation } from '../workstation.ts';
import { requireKey } from './evidence.ts';
import { procedures } from './procedures.ts';

export function ledgerProcedures(workstation: Workstation) {
  const { ledger } = procedures;
  return {
    verify: ledger.verify.handler(({ input }) => verifyLedger(workstation.directory, input.checkpoint)),
    rebuild: ledger.rebuild.handler(() => rebuildLedger(workstation.ledger)),
    checkpoints: ledger.checkpoints.handler(() => listCheckpoints(workstation.ledger)),
    checkpoint: ledger.checkpoint.handler(({ input }) => recordOnDemand(workstation, input.passphrase)),
    backup: ledger.backup.handler(() => backUp(workstation)),
  };
}

async function recordOnDemand(workstation: Workstation, passphrase: string | undefined) {
  const key = requireKey(workstation);
  const signer = await openKey(workstation.keysDirectory, key.fingerprint, workstation.keySeal(passphrase));
  const recorded = recordCheckpoint(workstation.ledger, 'demand', signer);
  const listed = listCheckpoints(workstation.ledger).find(({ seq }) => seq === recorded?.entry.seq);
  if (listed) return listed;
  throw new Problem('internal', 'The checkpoint could not be recorded.');
}

/** Copies the ledger into `folder`, or into the workspace's own, and reads the copy back. */
export async function backUp(workstation: Workstation, folder?: string): Promise<LedgerBackup> {
  const { directory, clock } = workstation;
  const { file, bytes, checked } = await backUpLedger(
    ledgerPath(directory),
    folder ?? backupsFolder(directory),
    clock.nowMs(),
    (copy) => inspectLedger(copy, foldLedger),
  );
  return { file, bytes, entries: checked?.entries ?? 0, headHash: checked?.headHash ?? '' };
}
