import { z } from 'zod';
import { ledgerBackup, ledgerRebuild, ledgerVerification, recordedCheckpoint } from '../model/ledger.ts';
import { procedure } from './base.ts';

export const ledger = {
  /** Walks all entries and names the first that does not hold. `checkpoint` is the text of one kept elsewhere. */
  verify: procedure
    .route({ method: 'POST', path: '/ledger/verify' })
    .input(z.object({ checkpoint: z.string().max(10_000).optional() }))
    .output(ledgerVerification),
  /** Recreates the state from entry 1 and compares it with the one in use. */
  rebuild: procedure.route({ method: 'POST', path: '/ledger/rebuild' }).output(ledgerRebuild),
  checkpoints: procedure
    .route({ method: 'GET', path: '/ledger/checkpoints' })
    .output(z.array(recordedCheckpoint)),
  /** Records a checkpoint over all entries so far, signed. */
  checkpoint: procedure
    .route({ method: 'POST', path: '/ledger/checkpoints' })
    .input(z.object({ passphrase: z.string().optional() }))
    .output(recordedCheckpoint),
  /** Copies the ledger into the backups folder of the workspace. */
  backup: procedure.route({ method: 'POST', path: '/ledger/backups' }).output(ledgerBackup),
};
