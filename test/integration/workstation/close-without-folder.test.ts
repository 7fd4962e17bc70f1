// A workspace whose folder somebody deleted while it was open: closing ends all the same.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStation, passphrase, rita } from '../../support/station.ts';

test('closing does not fail when there is nowhere left to note that the last checkpoint could not be recorded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-workspace-'));
  const station = await openStation(folder);
  await station.call.workspace.setReviewer({ ...rita, passphrase });
  rmSync(folder, { recursive: true, force: true });
  await expect(station.close()).resolves.toBeUndefined();
});
