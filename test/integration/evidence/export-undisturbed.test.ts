// An export speaks of one moment, although entries are recorded while it reads.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exportWork } from '../../../src-main/api/export-pack.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { openStation, passphrase, rita } from '../../support/station.ts';

test.each([
  ['once', 1],
  ['again and again', Infinity],
])('entries recorded %s while rows are read make no pack of two moments', async (_, times) => {
  const station = await openStation();
  await station.call.workspace.setReviewer({ ...rita, passphrase });
  let recorded = 0;
  const record = (step: string) => {
    if (step !== 'Writing the evidence' || recorded >= times) return;
    recorded += 1;
    station.ledger.append(() => [{ type: 'unmask', subject: null, actor: rita.id, payload: { recorded } }]);
  };
  const work = exportWork(station, { passphrase, file: null });
  const { file, counts } = await work({ progress: record, signal: new AbortController().signal });
  expect(recorded).toBeGreaterThan(times === 1 ? 0 : 2);
  const { verdict, checks } = await verifyPack(readFileSync(file), { now: new Date().toISOString() });
  expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['signer']);
  expect(verdict).toBe('unpinned');
  expect(counts.ledgerEntries).toBeLessThan(station.ledger.state().entries);
});
