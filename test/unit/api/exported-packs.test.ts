// The list of exported packs is the ledger's, so that it holds those that were written elsewhere.
import { expect, test } from 'vitest';
import { listExportedPacks } from '../../../src-main/api/exported-packs.ts';
import { ledgerWithReviewer } from '../../support/workspace.ts';

const counts = { population: 0, decisions: 0, undecided: 0, findings: 0, ledgerEntries: 1, conflicts: 0 };

test('packs in the folder, deleted ones, and those elsewhere are told apart, newest first', () => {
  const ledger = ledgerWithReviewer();
  for (const name of ['first', 'second', 'third'])
    ledger.append(() => [
      {
        type: 'export',
        subject: name,
        actor: 'rita',
        payload: { name: `${name}.zip`, sha256: name, counts, fingerprint: 'SHA256:x' },
      },
    ]);
  ledger.append(() => [
    {
      type: 'pack-deleted',
      subject: 'second.zip',
      actor: 'rita',
      payload: { name: 'second.zip', sha256: 'second', retention: null, reason: 'x' },
    },
  ]);
  // It was signed off since, and is another file under the same name.
  const here = [{ name: 'third.zip', file: '/x/third.zip', bytes: 1, sha256: 'other', exportedAt: 'then' }];
  expect(listExportedPacks(ledger, here)).toMatchObject([
    { packId: 'third', name: 'third.zip', standing: 'in-folder', exportedBy: 'rita' },
    { packId: 'second', standing: 'deleted' },
    { packId: 'first', standing: 'elsewhere' },
  ]);
});
