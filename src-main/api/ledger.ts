// The ledger: looking through it, and as a whole: verify, rebuild, checkpoints, backups.
import type { LedgerBackup } from '#shared/model/ledger.ts';
import { Problem } from '#shared/model/problem.ts';
import { browseLedger, readLedgerEntry } from '../review/browse-ledger.ts';
import { listCheckpoints, recordSignedCheckpoint } from '../review/checkpoints.ts';
import { backUpCampaignFiles } from '../review/campaigns/backed-up-files.ts';
import { foldLedger } from '../review/ledger.ts';
import { openSigner } from '../review/open-signer.ts';
import { rebuildLedger } from '../review/rebuild.ts';
import { verifyLedger } from '../review/verify-ledger.ts';
import { backUpLedger, backupsFolder, listBackups } from '../store/backups.ts';
import { inspectLedger, ledgerPath } from '../store/ledger/inspect.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';

export function ledgerProcedures(workstation: Workstation) {
  const { ledger } = procedures;
  return {
    verify: ledger.verify.handler(({ input }) => verifyLedger(workstation.directory, input.checkpoint)),
    rebuild: ledger.rebuild.handler(() => rebuildLedger(workstation.ledger)),
    checkpoints: ledger.checkpoints.handler(() => listCheckpoints(workstation.ledger)),
    checkpoint: ledger.checkpoint.handler(({ input }) => recordOnDemand(workstation, input.passphrase)),
    backup: ledger.backup.handler(() => backUp(workstation)),
    backups: ledger.backups.handler(() => listBackups(backupsFolder(workstation.directory))),
    entries: ledger.entries.handler(({ input }) => browseLedger(workstation.ledger, input)),
    entry: ledger.entry.handler(({ input }) => readLedgerEntry(workstation.ledger, input.seq)),
  };
}

async function recordOnDemand(workstation: Workstation, passphrase: string | undefined) {
  const signer = await openSigner(workstation, passphrase);
  const recorded = await recordSignedCheckpoint(workstation.ledger, 'demand', signer);
  const listed = listCheckpoints(workstation.ledger).find(({ seq }) => seq === recorded?.entry.seq);
  if (listed) return listed;
  throw new Problem('internal', 'The checkpoint could not be recorded.');
}

/**
 * Copies the ledger into `folder`, or into the workspace's own, and reads the copy back; the files of campaigns it names are
 * beside it before it gets its name.
 */
export async function backUp(workstation: Workstation, folder?: string): Promise<LedgerBackup> {
  const { directory, clock } = workstation;
  const target = folder ?? backupsFolder(directory);
  const { file, bytes, checked } = await backUpLedger(
    ledgerPath(directory),
    target,
    clock.nowMs(),
    async (copy) => {
      const state = inspectLedger(copy, foldLedger);
      const campaigns = state
        ? await backUpCampaignFiles(directory, target, state.campaigns, clock.nowMs())
        : { files: 0, bytes: 0, missing: [] };
      return { entries: state?.entries ?? 0, headHash: state?.headHash ?? '', campaigns };
    },
  );
  return { file, bytes, ...checked };
}
