// The ledger as a whole through the doors: verified, rebuilt, checkpointed, backed up while others append, restored.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { foldLedger } from '../../../src-main/review/ledger.ts';
import { verifyLedger } from '../../../src-main/review/verify-ledger.ts';
import { inspectLedger } from '../../../src-main/store/ledger/inspect.ts';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import type { LedgerBackup } from '../../../src-shared/model/ledger.ts';
import { runProgramHere } from '../../support/program-here.ts';
import {
  openStation,
  packFile,
  passphrase,
  preparedStation,
  rita,
  sampleDatabase,
  workspaceFolder,
  type SampleDatabase,
} from '../../support/station.ts';

let database: SampleDatabase;

beforeAll(async () => {
  database = await sampleDatabase({ events: 3_000 });
});

const ledgerIn = (folder: string) => join(folder, 'ledger.sqlite');

describe('a checkpoint', () => {
  test('is recorded signed at export, is in the pack, and the pack’s own one is good against the ledger', async () => {
    const station = await preparedStation(database.url);
    const { file } = (await station.finish(station.call.evidence.export({ passphrase }))) as ExportReport;
    const [recorded, ...more] = await station.call.ledger.checkpoints();
    expect(more).toEqual([]);
    const key = (await station.call.workspace.keys())[0]!;
    expect(recorded).toMatchObject({ occasion: 'export', fingerprint: key.fingerprint });
    const lines = packFile(file, 'data/ledger.jsonl').trim().split('\n');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ type: 'checkpoint', seq: recorded!.seq });
    const { verdict, checks } = await verifyPack(readFileSync(file), {
      signers: `${key.allowedSigners}\n`,
      now: new Date().toISOString(),
    });
    expect(verdict).toBe('trusted');
    expect(checks.find(({ name }) => name === 'checkpoint')!.detail).toMatch(/1 recorded checkpoint holds/);
    const checkpoint = packFile(file, 'data/checkpoint.txt');
    expect(await station.call.ledger.verify({ checkpoint })).toMatchObject({
      ok: true,
      checkpoints: 1,
      newestCheckpoint: { fingerprint: key.fingerprint },
    });
  });

  test('is recorded on demand, with the passphrase only', async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    await expect(station.call.ledger.checkpoint({})).rejects.toThrow(/needs its passphrase/);
    await expect(station.call.ledger.checkpoint({ passphrase: 'wrong' })).rejects.toThrow(/does not open/);
    expect(await station.call.ledger.checkpoint({ passphrase })).toMatchObject({
      size: 3,
      occasion: 'demand',
    });
    await station.close();
    const { code, json } = await runProgramHere(station.folder, ['ledger', 'checkpoint']);
    expect(code).toBe(0);
    expect(json).toMatchObject({ occasion: 'demand', fingerprint: expect.stringMatching(/^SHA256:/) });
    expect((await runProgramHere(station.folder, ['ledger', 'checkpoints'])).json).toHaveLength(2);
  });

  test('closes the first session of a day, unsigned where the key needs a passphrase', async () => {
    const folder = workspaceFolder();
    const checkpoints = async () => (await runProgramHere(folder, ['ledger', 'checkpoints'])).json;
    expect(await checkpoints()).toEqual([]);
    for (const name of ['Rita', 'Rita R.']) {
      const station = await openStation(folder);
      await station.call.workspace.setReviewer({ ...rita, name, passphrase });
      await station.close();
      expect(await checkpoints()).toEqual([
        expect.objectContaining({ occasion: 'close', size: 3, fingerprint: null }),
      ]);
    }
  });
});

describe('the command line', () => {
  test('verifies and rebuilds a sound ledger with exit code 0', async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    await station.close();
    const verified = await runProgramHere(station.folder, ['ledger', 'verify']);
    expect(verified).toMatchObject({ code: 0, json: { ok: true, firstBad: null } });
    const rebuilt = await runProgramHere(station.folder, ['ledger', 'rebuild']);
    expect(rebuilt).toMatchObject({ code: 0, json: { ok: true, difference: null } });
    expect((await runProgramHere(station.folder, ['ledger', 'destroy'])).code).toBe(2);
    expect((await runProgramHere(workspaceFolder(), ['ledger', 'verify'])).json).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  test('names the first bad entry of a ledger that no longer opens, with exit code 1, and changes nothing', async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    await station.close();
    const raw = new Database(ledgerIn(station.folder));
    const { sql } = raw
      .prepare("SELECT sql FROM sqlite_schema WHERE name = 'entry_refuses_update'")
      .get() as {
      sql: string;
    };
    raw.exec(
      `DROP TRIGGER entry_refuses_update; UPDATE entry SET body = replace(body, 'Rita', 'Mona') WHERE seq = 2; ${sql}`,
    );
    raw.close();
    const before = readFileSync(ledgerIn(station.folder));
    const opened = await runProgramHere(station.folder, ['status']);
    expect(opened).toMatchObject({ code: 1, json: { error: { code: 'store-damaged' } } });
    expect(await runProgramHere(station.folder, ['ledger', 'verify'])).toMatchObject({
      code: 1,
      json: { ok: false, entries: 1, firstBad: { seq: 2, fault: 'hash' } },
    });
    expect(readFileSync(ledgerIn(station.folder)).equals(before)).toBe(true);
  });

  test('misses entries that were deleted from the end, beside the ledger and with a checkpoint kept elsewhere', async () => {
    const station = await openStation();
    const early = join(workspaceFolder(), 'early.sqlite');
    await station.call.ledger.backup();
    station.ledger.append(() => []);
    const head = join(station.folder, 'ledger-head.txt');
    const [copied] = readdirSync(join(station.folder, 'backups'));
    copyFileSync(join(station.folder, 'backups', copied!), early);
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    await station.close();
    const kept = join(workspaceFolder(), 'checkpoint.txt');
    copyFileSync(head, kept);
    copyFileSync(early, ledgerIn(station.folder));
    const missing = { code: 1, json: { firstBad: { seq: 2, fault: 'missing' } } };
    expect(await runProgramHere(station.folder, ['ledger', 'verify'])).toMatchObject(missing);
    expect((await runProgramHere(station.folder, ['status'])).stderr).toMatch(/entries are missing/);
    rmSync(head);
    expect((await runProgramHere(station.folder, ['ledger', 'verify'])).code).toBe(0);
    const args = ['ledger', 'verify', '--checkpoint', kept];
    expect(await runProgramHere(station.folder, args)).toMatchObject(missing);
  });
});

/** Another process that appends to the ledger of a folder; `count` is the number of entries it was told are recorded. */
async function appendElsewhere(folder: string): Promise<{ count: () => number; end: () => Promise<void> }> {
  const script = new URL('./append-entries.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let count = 0;
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => (count = Number(line)));
  await once(lines, 'line');
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'close');
  };
  onTestFinished(end);
  return { count: () => count, end };
}

describe('backups', () => {
  test('taken while another process appends are whole, and hold everything acknowledged before', async () => {
    const station = await openStation();
    const other = await appendElsewhere(station.folder);
    const hashes: string[][] = [];
    const target = workspaceFolder();
    for (let round = 0; round < 12; round += 1) {
      const acknowledged = other.count();
      const backup: LedgerBackup =
        round % 4 === 3
          ? ((await runProgramHere(station.folder, ['backup', target])).json as LedgerBackup)
          : await station.call.ledger.backup();
      expect(backup.entries).toBeGreaterThanOrEqual(acknowledged);
      const copy = new Database(backup.file, { readonly: true });
      expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
      hashes.push(copy.prepare<[], string>('SELECT hash FROM entry ORDER BY seq').pluck().all());
      copy.close();
      expect(inspectLedger(backup.file, foldLedger)).toMatchObject({ entries: backup.entries });
    }
    await other.end();
    const all = station.ledger.entries().map(({ hash }) => hash);
    for (const taken of hashes) expect(taken).toEqual(all.slice(0, taken.length));
    expect(new Set(hashes.map((taken) => taken.length)).size).toBeGreaterThan(1);
    expect(readdirSync(target).filter((name) => name.endsWith('.sqlite'))).toHaveLength(3);
    expect(verifyLedger(station.folder).ok).toBe(true);
    expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
  });

  test('are restored: refused while another program has the workspace open or newer entries would go, else whole', async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    const { file, entries } = await station.call.ledger.backup();
    const restore = (...more: string[]) => runProgramHere(station.folder, ['restore', file, ...more]);
    expect((await restore()).json).toMatchObject({ error: { code: 'locked' } });
    await station.call.workspace.setPrivilegedActions({ actions: ['role.grant'], reason: 'fewer' });
    await station.close();
    expect((await restore()).json).toMatchObject({
      error: { code: 'conflict', next: expect.stringMatching(/--discard-newer/) },
    });
    const { code, json } = await restore('--discard-newer');
    expect(code).toBe(0);
    const { kept, discarded } = json as { kept: string; discarded: number };
    expect(discarded).toBeGreaterThan(0);
    expect(existsSync(kept)).toBe(true);
    const again = await openStation(station.folder);
    const restored = again.ledger.entries().map(({ entry }) => entry.type);
    expect(restored.slice(entries)).toEqual(['ledger-restored']);
    expect(await again.call.ledger.verify({})).toMatchObject({ ok: true, entries: entries + 1 });
  });

  test('bring a damaged workspace back', async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    await station.close();
    const { json } = await runProgramHere(station.folder, ['backup']);
    truncateSync(ledgerIn(station.folder), 6000);
    const told = await runProgramHere(station.folder, ['status']);
    expect(told.stderr).toMatch(/countersign restore FILE/);
    expect(await runProgramHere(station.folder, ['ledger', 'verify'])).toMatchObject({ code: 1 });
    const { file } = json as LedgerBackup;
    expect(await runProgramHere(station.folder, ['restore', file])).toMatchObject({ code: 0 });
    expect((await runProgramHere(station.folder, ['status'])).json).toMatchObject({
      reviewer: { id: rita.id },
    });
  });

  test('that cannot be written say so', async () => {
    const folder = workspaceFolder();
    writeFileSync(join(folder, 'file'), '');
    const { json } = await runProgramHere(join(folder, 'w'), ['backup', join(folder, 'file')]);
    expect(json).toMatchObject({ error: { code: 'file-unreadable' } });
  });
});
