import { z } from 'zod';
import {
  backupListing,
  ledgerBackup,
  ledgerEntryDetail,
  ledgerPage,
  ledgerQuery,
  ledgerRebuild,
  ledgerVerification,
  recordedCheckpoint,
} from '../model/ledger.ts';
import { asShown, procedure } from './base.ts';

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
    .input(z.object({ passphrase: z.string().optional(), ...asShown }))
    .output(recordedCheckpoint),
  /** Copies the ledger into the backups folder of the workspace. */
  backup: procedure
    .route({ method: 'POST', path: '/ledger/backups' })
    .input(z.object(asShown).optional())
    .output(ledgerBackup),
  /** The backups in that folder, newest first. */
  backups: procedure.route({ method: 'GET', path: '/ledger/backups' }).output(z.array(backupListing)),
  /** What was done, newest first. */
  entries: procedure.route({ method: 'GET', path: '/ledger/entries' }).input(ledgerQuery).output(ledgerPage),
  /** One entry as it was recorded. */
  entry: procedure
    .route({ method: 'GET', path: '/ledger/entries/{seq}' })
    .input(z.object({ seq: z.coerce.number().int().min(1) }))
    .output(ledgerEntryDetail),
};
