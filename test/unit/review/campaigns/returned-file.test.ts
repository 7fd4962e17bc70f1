// Files in which decisions came back are kept in the workspace as they came, and put back; nothing is kept of what was refused.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LedgerEntry } from '../../../../src-shared/model/evidence.ts';
import { fingerprintOf } from '../../../../src-main/evidence/public-key.ts';
import { campaignOf } from '../../../../src-main/review/campaigns/campaign-state.ts';
import { filesNamedIn } from '../../../../src-main/review/campaigns/named-files.ts';
import { returnedPath } from '../../../../src-main/review/campaigns/returned-file.ts';
import { actAs } from '../../../support/campaign.ts';
import { readZip } from '../../../support/read-zip.ts';
import { temporaryFolder } from '../../../support/workspace.ts';
import { filesOf } from '../../evidence/forge.ts';
import { writeForeignZip } from '../../evidence/foreign-writer.ts';
import { judge, keys, packOf, returnedScene } from '../../evidence/returned-scene.ts';
import { signersFile } from '../../evidence/sample-input.ts';

test('a file is kept as it came, by its hash, named for backups, and put back by taking it in again, also after the close', async () => {
  const { take, files, hashes, workspace, id, ledger } = await returnedScene(temporaryFolder());
  await take(files.rita);
  const own = returnedPath(workspace, id, hashes.rita);
  expect(readFileSync(own)).toEqual(readFileSync(files.rita));
  expect(filesNamedIn(ledger.state().campaigns)).toContainEqual({
    campaign: id,
    file: `${id}/returned-${hashes.rita}.zip`,
    sha256: hashes.rita,
  });
  const entriesNow = () => ledger.entries().map(({ entry }) => entry);
  writeFileSync(own, 'changed');
  await expect(packOf(entriesNow(), workspace)).rejects.toThrow(/is not here as the ledger names it/);
  const { length } = ledger.entries();
  expect(await take(files.rita)).toMatchObject({ added: 0, known: 2 });
  expect(ledger.entries()).toHaveLength(length);
  expect(readFileSync(own)).toEqual(readFileSync(files.rita));
  rmSync(own);
  const payload = {
    campaign: id,
    state: 'closed-incomplete',
    counts: {
      items: 4,
      certified: 1,
      revoked: 1,
      modified: 0,
      open: 2,
      undecided: 0,
      disagreed: 0,
      ownOnly: 0,
    },
    outcomesSha256: 'a'.repeat(64),
    reason: 'No time.',
    byName: 'Olga Owner',
  };
  ledger.append(() => [{ type: 'campaign-closed', subject: id, actor: 'olga', payload }]);
  await expect(take(files.rita)).rejects.toThrow(/closed/);
  expect(existsSync(own)).toBe(true);
});

test('a file that a program packed again on its way, and a pack that one packed again, are verified all the same', async () => {
  const { take, files, workspace, ledger } = await returnedScene(temporaryFolder());
  const repacked = (zip: Uint8Array) =>
    writeForeignZip([...readZip(zip).files].map(([name, content]) => ({ name, content, deflate: true })));
  const path = join(workspace, 'packed-again.zip');
  writeFileSync(path, repacked(readFileSync(files.rita)));
  expect(await take(path)).toMatchObject({ added: 2 });
  const pack = await packOf(
    ledger.entries().map(({ entry }) => entry),
    workspace,
  );
  for (const one of [pack, repacked(pack), filesOf(pack)])
    expect(await judge(one)).toMatchObject({ verdict: 'trusted', failing: [], reservations: [] });
});

test('nothing is kept of a file that was refused', async () => {
  const { take, files, workspace, id, ledger } = await returnedScene(temporaryFolder());
  const folder = join(workspace, 'campaigns', id);
  const before = readdirSync(folder);
  await expect(take(files.rita, signersFile)).rejects.toThrow(/Nobody vouches/);
  actAs(ledger, 'olga');
  expect(readdirSync(folder)).toEqual(before);
});

test('a file that an earlier release took in is kept once it is taken in again', async () => {
  const { take, files, hashes, workspace, id, ledger } = await returnedScene(temporaryFolder());
  const lines = Buffer.from(readZip(readFileSync(files.rita)).files.get('data/decisions.jsonl')!)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LedgerEntry)
    .slice(0, 2);
  // What an earlier release wrote of it.
  const acts = lines.map(({ id: number, wall_time: decidedAt, payload }) => ({
    type: 'campaign-decision' as const,
    subject: String(payload['item']),
    actor: 'olga',
    payload: { ...payload, imported: { id: number, reviewer: 'rita', decidedAt, file: hashes.rita } },
  }));
  const taken = {
    campaign: id,
    fileName: 'from-rita.zip',
    fileSha256: hashes.rita,
    reviewer: 'rita',
    reviewerName: 'Rita Reviewer',
    signer: { fingerprint: fingerprintOf(keys.rita.publicKey), identity: 'rita@example.org' },
    accepted: null,
    added: 2,
    known: 0,
    refused: [{ item: 'x', decision: '01M7ZN0P91JPEF8YC9SKA3B312', why: 'Her own.' }],
    conflicts: 0,
    byName: 'Olga Owner',
  };
  ledger.append(() => [...acts, { type: 'campaign-imported', subject: id, actor: 'olga', payload: taken }]);
  const pack = () =>
    packOf(
      ledger.entries().map(({ entry }) => entry),
      workspace,
    );
  expect((await judge(await pack())).reservations).toHaveLength(1);
  expect(await take(files.rita)).toMatchObject({ added: 0, known: 2 });
  const { imports } = campaignOf(ledger.state(), id);
  expect(imports.map(({ kept: is }) => is !== undefined)).toEqual([false, true]);
  expect(existsSync(returnedPath(workspace, id, hashes.rita))).toBe(true);
  const { verdict, failing, reservations } = await judge(await pack());
  expect({ verdict, failing, reservations }).toEqual({ verdict: 'trusted', failing: [], reservations: [] });
});
