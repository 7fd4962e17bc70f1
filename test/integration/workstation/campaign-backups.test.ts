// Backups with the files of campaigns: whole, shared, compared with their hashes, restored elsewhere, and killed in the middle.
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { LedgerBackup, LedgerRestoration } from '../../../src-shared/model/ledger.ts';
import { acceptFile } from '../../../src-main/api/campaign-assignments.ts';
import { keepCsv } from '../../../src-main/api/campaigns.ts';
import { sha256Hex } from '../../../src-main/evidence/digest.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { assignItems } from '../../../src-main/review/campaigns/assignment.ts';
import { actAs, makeDefinition, people } from '../../support/campaign.ts';
import { listSigningKey } from '../../support/campaign-keys.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  passphrase,
  startProgram,
  workspaceFolder,
  type Station,
} from '../../support/station.ts';

const rights = ['account,role', 'eve,reader', 'eve,admin', 'frank,reader', ''].join('\n');

async function define(station: Station, csv: string, name = 'Third quarter'): Promise<string> {
  const path = join(station.folder, 'rights.csv');
  writeFileSync(path, csv);
  const kept = await keepCsv(station, path, 'rights.csv');
  const columns = { subject: 'account', entitlement: 'role' };
  const scope = { from: 'file' as const, name: kept.name, sha256: kept.sha256, columns, filters: [] };
  const { id } = await station.call.campaigns.define({ definition: makeDefinition({ name, scope }) });
  return id;
}

async function open(station: Station, csv = rights): Promise<string> {
  const id = await define(station, csv);
  await station.finish(station.call.campaigns.open({ id }));
  return id;
}

const fileOf = (folder: string, id: string, name = 'population.jsonl') => join(folder, 'campaigns', id, name);

const backUp = async (folder: string, target: string) => {
  const { code, json } = await runProgramHere(folder, ['backup', target]);
  return { code, backup: json as LedgerBackup };
};

const restore = async (folder: string, file: string, ...more: string[]) => {
  const { code, json } = await runProgramHere(folder, ['restore', file, ...more]);
  return { code, restored: json as LedgerRestoration };
};

async function ownersStation(): Promise<Station> {
  const station = await openStation();
  actAs(station.ledger, 'olga');
  return station;
}

describe('a backup', () => {
  test('holds what the ledger names, and is a workspace again elsewhere', async () => {
    const station = await ownersStation();
    const id = await open(station);
    const draft = await define(station, `${rights}greta,reader\n`, 'Not open yet');
    const target = workspaceFolder();
    const { code, backup } = await backUp(station.folder, target);
    expect({ code, campaigns: backup.campaigns }).toMatchObject({
      code: 0,
      campaigns: { files: 3, missing: [] },
    });
    const kept = join(target, 'campaign-files');
    for (const name of readdirSync(kept)) {
      expect(sha256Hex(readFileSync(join(kept, name)))).toBe(name);
      expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600);
    }
    // Backups share what they have in common, and what was spoilt meanwhile is made whole.
    const [one] = readdirSync(kept);
    appendFileSync(join(kept, one!), 'x');
    expect(await backUp(station.folder, target)).toMatchObject({
      code: 0,
      backup: { campaigns: { files: 3 } },
    });
    expect(readdirSync(kept)).toHaveLength(3);
    expect(sha256Hex(readFileSync(join(kept, one!)))).toBe(one);

    const elsewhere = workspaceFolder();
    expect(await restore(elsewhere, backup.file)).toMatchObject({
      code: 0,
      restored: { campaigns: { inPlace: 0, restored: 3, missing: [] } },
    });
    const again = await openStation(elsewhere);
    expect(await again.call.ledger.verify({})).toMatchObject({ ok: true });
    expect((await again.call.campaigns.items({ id })).items).toHaveLength(3);
    actAs(again.ledger, 'olga');
    await again.finish(again.call.campaigns.open({ id: draft }));
    actAs(again.ledger, 'rita');
    const { items } = await again.call.campaigns.items({ id });
    await again.call.campaigns.decide({
      id,
      items: [{ key: items[0]!.key }],
      decision: 'revoke',
      reason: 'No.',
    });
    expect(await again.call.campaigns.get({ id })).toMatchObject({ counts: { revoked: 1 } });
    // Keys are in no backup: a new one signs the pack, whose campaigns are recomputed from ledger and populations.
    await again.call.workspace.setReviewer({ ...people.olga, passphrase });
    const exported = (await again.finish(again.call.evidence.export({ passphrase }))) as ExportReport;
    const { checks } = await verifyPack(readFileSync(exported.file), { now: new Date().toISOString() });
    expect(checks.find(({ name }) => name === 'campaigns')).toMatchObject({ ok: true });
  });

  test('puts a changed population back, and keeps the changed one beside it', async () => {
    const station = await ownersStation();
    const id = await open(station);
    await station.close();
    const { backup } = await backUp(station.folder, join(station.folder, 'backups'));
    const population = fileOf(station.folder, id);
    const before = readFileSync(population, 'utf8');
    appendFileSync(population, '\n');
    const { restored } = await restore(station.folder, backup.file);
    expect(restored.campaigns).toEqual({ inPlace: 1, restored: 1, missing: [] });
    expect(readFileSync(population, 'utf8')).toBe(before);
    const beside = readdirSync(join(station.folder, 'campaigns', id)).find((name) =>
      name.includes('.replaced-'),
    );
    expect(readFileSync(fileOf(station.folder, id, beside), 'utf8')).toBe(`${before}\n`);
  });

  test('names what is missing: in the workspace, in an old backup, and what was changed in the backup', async () => {
    const station = await ownersStation();
    const id = await open(station);
    const target = workspaceFolder();
    rmSync(fileOf(station.folder, id, 'source.csv'));
    const lost = { campaign: id, file: `${id}/source.csv`, why: 'absent' };
    const { code, backup } = await backUp(station.folder, target);
    expect({ code, missing: backup.campaigns.missing }).toEqual({ code: 1, missing: [lost] });
    const alone = workspaceFolder();
    const old = join(workspaceFolder(), 'ledger-2026-10-02T09-00-00-000Z.sqlite');
    copyFileSync(backup.file, old);
    const all = await restore(alone, old);
    expect(all).toMatchObject({
      code: 1,
      restored: {
        campaigns: { inPlace: 0, restored: 0, missing: [{ file: `${id}/population.jsonl` }, lost] },
      },
    });
    const opened = await openStation(alone);
    await expect(opened.call.campaigns.items({ id })).rejects.toThrow(/cannot be read/);
    await opened.close();
    const [kept] = readdirSync(join(target, 'campaign-files'));
    writeFileSync(join(target, 'campaign-files', kept!), 'another population');
    const changed = await restore(workspaceFolder(), backup.file);
    expect(changed.restored.campaigns.missing).toMatchObject([
      { file: `${id}/population.jsonl`, why: 'changed' },
      { why: 'absent' },
    ]);
  });

  test('of a reviewer’s workspace holds the items that came by file', async () => {
    const [owner, reviewer] = [await openStation(), await openStation()];
    await owner.call.workspace.setReviewer({ ...people.olga, passphrase });
    await reviewer.call.workspace.setReviewer({ ...people.rita, passphrase });
    await owner.call.keys.unlock({ passphrase });
    const id = await open(owner);
    const { file } = await assignItems(owner, { campaign: id, to: 'rita', stage: 0, file: null });
    const trust = { signers: listSigningKey(owner) };
    await acceptFile(reviewer, { path: file, name: 'to-rita.zip', trust });
    const target = workspaceFolder();
    const { backup } = await backUp(reviewer.folder, target);
    expect(backup.campaigns).toMatchObject({ missing: [] });
    expect(backup.campaigns.files).toBeGreaterThan(0);
    const elsewhere = workspaceFolder();
    await restore(elsewhere, backup.file);
    const again = await openStation(elsewhere);
    expect((await again.call.campaigns.items({ id })).items).toHaveLength(3);
  });
});

/** Runs a command in a process of its own and kills it as soon as a part of a file is there. */
async function killWhileCopying(folder: string, args: readonly string[], into: string): Promise<boolean> {
  mkdirSync(into, { recursive: true });
  const { child, result } = startProgram(folder, args);
  const isCopying = () =>
    readdirSync(into, { recursive: true, encoding: 'utf8' }).some((name) => name.endsWith('.partial'));
  const timer = setInterval(() => {
    if (isCopying()) child.kill('SIGKILL');
  }, 1);
  const { signal } = await result;
  clearInterval(timer);
  return signal === 'SIGKILL';
}

test('killed while files are copied: no backup counts that lacks one, and repeating it completes it', async () => {
  const station = await ownersStation();
  const filler = 'x'.repeat(900);
  const rows = Array.from({ length: 25_000 }, (_, n) => `person-${n}-${filler},reader`);
  const id = await open(station, `account,role\n${rows.join('\n')}\n`);
  await station.close();
  const target = workspaceFolder();
  const files = join(target, 'campaign-files');
  expect(await killWhileCopying(station.folder, ['backup', target], files)).toBe(true);
  expect(readdirSync(target).filter((name) => /^ledger-.*\.sqlite$/.test(name))).toEqual([]);
  for (const name of readdirSync(files).filter((one) => !one.startsWith('.')))
    expect(sha256Hex(readFileSync(join(files, name)))).toBe(name);
  const { code, backup } = await backUp(station.folder, target);
  expect({ code, campaigns: backup.campaigns }).toMatchObject({
    code: 0,
    campaigns: { files: 2, missing: [] },
  });

  const elsewhere = workspaceFolder();
  const args = ['restore', backup.file];
  expect(await killWhileCopying(elsewhere, args, join(elsewhere, 'campaigns'))).toBe(true);
  expect(existsSync(join(elsewhere, 'ledger.sqlite'))).toBe(false);
  expect(await restore(elsewhere, backup.file)).toMatchObject({
    code: 0,
    restored: { campaigns: { missing: [] } },
  });
  const again = await openStation(elsewhere);
  expect((await again.call.campaigns.items({ id, limit: 1 })).matching).toBe(25_000);
});
