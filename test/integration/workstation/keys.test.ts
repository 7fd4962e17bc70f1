// Keys over their life: replaced, lost, revoked, unlocked for a session, and held by a real ssh-agent.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAllowedSigners } from '../../../src-main/evidence/allowed-signers.ts';
import { parsePublicKey } from '../../../src-main/evidence/public-key.ts';
import { parseRevokedKeys } from '../../../src-main/evidence/revoked-keys.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import type { ExportReport } from '../../../src-shared/model/evidence.ts';
import { environmentOf, startAgent } from '../../support/ssh-agent.ts';
import { missingTools } from '../../support/tools.ts';
import {
  openStation,
  passphrase,
  rita,
  runProgram,
  workspaceFolder,
  type Station,
} from '../../support/station.ts';
import { runTool } from '../evidence/run-tool.ts';

const next = 'another passphrase for tests';
const day = 86_400_000;

async function withReviewer(
  folder = workspaceFolder(),
  nowMs = () => Date.now(),
  environment = {},
): Promise<Station> {
  const station = await openStation(folder, nowMs, null, environment);
  await station.call.workspace.setReviewer({ ...rita, passphrase });
  return station;
}
const uses = async ({ call }: Station) => (await call.keys.list()).map(({ use }) => use);
const exported = async (station: Station, secret?: string) =>
  (await station.finish(
    station.call.evidence.export(secret === undefined ? {} : { passphrase: secret }),
  )) as ExportReport;
const signedBy = async ({ call }: Station) =>
  (await call.ledger.checkpoints()).map(({ occasion, fingerprint }) => [occasion, fingerprint]);

async function judge(file: string, signers: string) {
  return (await verifyPack(readFileSync(file), { signers, now: new Date().toISOString() })).verdict;
}

describe('a rotation', () => {
  test('lets the new key sign, endorsed by the old one, which never signs again', async () => {
    let nowMs = Date.parse('2026-11-20T10:00:00Z');
    const station = await withReviewer(workspaceFolder(), () => (nowMs += 1000));
    const old = (await station.call.keys.list())[0]!;
    const key = await station.call.keys.rotate({ reason: 'yearly', passphrase, newPassphrase: next });
    expect(key).toMatchObject({ use: 'signing', isEndorsed: true, identity: old.identity });
    expect(await uses(station)).toEqual(['replaced', 'signing']);
    const [first, second] = parseAllowedSigners(
      (await station.call.workspace.keys()).map(({ allowedSigners }) => allowedSigners).join('\n'),
      'UTC',
    );
    expect([first?.validAfter, second?.validBefore]).toEqual([null, null]);
    expect(first?.validBefore).toBe(second?.validAfter);
    await expect(station.call.ledger.checkpoint({ passphrase })).rejects.toThrow(/does not open/);
    expect(await station.call.ledger.checkpoint({ passphrase: next })).toMatchObject({
      fingerprint: key.fingerprint,
    });
    expect(await station.call.ledger.verify({})).toMatchObject({
      ok: true,
      keyChanges: { endorsed: 1, notEndorsed: 0 },
      summary: expect.stringContaining('endorsed by the key before'),
    });
    expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
    expect((await station.call.workspace.setReviewer({ ...rita, passphrase: next })).key.fingerprint).toBe(
      key.fingerprint,
    );
    expect((await station.call.independence.get()).boundKey).toBe(key.fingerprint);
  });

  test('of a lost key is possible, and marked', async () => {
    const station = await withReviewer();
    rmSync(join(station.folder, 'keys', readdirSync(join(station.folder, 'keys'))[0]!));
    await expect(station.call.keys.rotate({ reason: 'new laptop', newPassphrase: next })).rejects.toThrow(
      /not on this computer/,
    );
    const key = await station.call.keys.rotate({ reason: 'new laptop', newPassphrase: next, isLost: true });
    expect(key.isEndorsed).toBe(false);
    const [lost] = await station.call.keys.list();
    expect(lost).toMatchObject({ use: 'replaced', isHere: false, replacedBy: key.fingerprint });
    expect(await station.call.ledger.verify({})).toMatchObject({
      ok: true,
      keyChanges: { endorsed: 0, notEndorsed: 1 },
      summary: expect.stringContaining('not endorsed'),
    });
  });

  test('that is refused leaves the old key in use and no file behind', async () => {
    const station = await withReviewer();
    const before = readdirSync(join(station.folder, 'keys'));
    await expect(
      station.call.keys.rotate({ reason: 'x', passphrase: 'wrong', newPassphrase: next }),
    ).rejects.toThrow(/does not open/);
    await expect(station.call.keys.rotate({ reason: 'x', passphrase })).rejects.toThrow(
      /needs its passphrase/,
    );
    await expect(
      station.call.keys.rotate({ reason: 'x', passphrase, agent: `SHA256:${'A'.repeat(43)}` }),
    ).rejects.toThrow(/No ssh-agent/);
    expect(readdirSync(join(station.folder, 'keys'))).toEqual(before);
    expect(await uses(station)).toEqual(['signing']);
  });
});

describe('a revocation', () => {
  test('ends the key and gives the line for the list of the organisation', async () => {
    const station = await withReviewer();
    const { fingerprint, publicKey } = (await station.call.keys.list())[0]!;
    const compromisedSince = '2026-01-02T03:04:05.000Z';
    await expect(
      station.call.keys.revoke({
        fingerprint,
        reason: 'stolen',
        compromisedSince: '2999-01-01T00:00:00.000Z',
      }),
    ).rejects.toThrow(/time to come/);
    const { line, key } = await station.call.keys.revoke({
      fingerprint,
      reason: 'laptop stolen',
      compromisedSince,
    });
    expect(key.use).toBe('revoked');
    expect(parseRevokedKeys(line)(parsePublicKey(publicKey))).toMatchObject({
      compromisedSince: Date.parse(compromisedSince) / 1000,
      reason: 'laptop stolen',
    });
    await expect(station.call.ledger.checkpoint({ passphrase })).rejects.toThrow(/was revoked/);
    await expect(
      station.call.keys.revoke({ fingerprint, reason: 'again', compromisedSince }),
    ).rejects.toThrow(/revoked before/);
    const fresh = await station.call.keys.rotate({ reason: 'after the theft', newPassphrase: next });
    expect(fresh.isEndorsed).toBe(false);
    expect(await station.call.ledger.checkpoint({ passphrase: next })).toMatchObject({
      fingerprint: fresh.fingerprint,
    });
    expect(await station.call.ledger.verify({})).toMatchObject({ ok: true });
  });

  test('is widened when more is known, and never narrowed', async () => {
    const station = await withReviewer();
    const { fingerprint } = (await station.call.keys.list())[0]!;
    const revoke = (since?: string) =>
      station.call.keys.revoke({ fingerprint, reason: 'x', ...(since ? { compromisedSince: since } : {}) });
    await revoke('2026-05-01T00:00:00.000Z');
    await expect(revoke('2026-06-01T00:00:00.000Z')).rejects.toThrow(/revoked before/);
    await revoke('2026-04-01T00:00:00.000Z');
    const { key } = await revoke();
    expect(key.revocation?.compromisedSince).toBeNull();
    expect(await station.call.ledger.verify({})).toMatchObject({ ok: true });
  });

  test('of a key nobody used here is refused', async () => {
    const station = await withReviewer();
    await expect(
      station.call.keys.revoke({ fingerprint: `SHA256:${'A'.repeat(43)}`, reason: 'x' }),
    ).rejects.toThrow(/No key with this fingerprint/);
  });
});

describe('an unlocked key', () => {
  test('signs the checkpoints of a new day and of the end, and exports, without the passphrase', async () => {
    let nowMs = Date.now();
    const station = await withReviewer(workspaceFolder(), () => nowMs);
    const { fingerprint } = (await station.call.keys.list())[0]!;
    await expect(station.call.keys.unlock({ passphrase: 'wrong' })).rejects.toThrow(/does not open/);
    expect(await station.call.keys.session()).toMatchObject({
      needsPassphrase: true,
      isUnlocked: false,
      lockedAt: null,
    });
    nowMs += day;
    await station.call.keys.unlock({ passphrase });
    await station.call.keys.setIdle({ minutes: 30 });
    expect(await station.call.keys.session()).toEqual({
      needsPassphrase: true,
      isUnlocked: true,
      lockedAt: new Date(nowMs + 30 * 60_000).toISOString(),
      idleMinutes: 30,
    });
    await station.call.ledger.checkpoint({});
    await exported(station);
    await station.close();
    const again = await openStation(station.folder, () => nowMs);
    expect(await signedBy(again)).toEqual([
      ['daily', fingerprint],
      ['demand', fingerprint],
      ['export', fingerprint],
      ['close', fingerprint],
    ]);
    expect(await again.call.keys.session()).toMatchObject({ isUnlocked: false, idleMinutes: 30 });
  });

  test('is locked by hand, and by time', async () => {
    let nowMs = Date.now();
    const station = await withReviewer(workspaceFolder(), () => nowMs);
    await station.call.keys.unlock({ passphrase });
    await station.call.keys.lock();
    await expect(station.call.ledger.checkpoint({})).rejects.toThrow(/needs its passphrase/);
    await station.call.keys.unlock({ passphrase });
    nowMs += 15 * 60_000;
    await expect(station.call.ledger.checkpoint({})).rejects.toThrow(/needs its passphrase/);
  });

  test('leaves no private half in any file of the workspace', async () => {
    const station = await withReviewer();
    await station.call.keys.unlock({ passphrase });
    const signer = station.keySession.signer((await station.call.keys.list())[0]!.fingerprint);
    expect(signer).not.toBeNull();
    await station.call.ledger.checkpoint({});
    await station.close();
    const secrets = [
      passphrase,
      Buffer.from(passphrase).toString('base64'),
      Buffer.from(passphrase).toString('hex'),
    ];
    for (const name of readdirSync(station.folder, { recursive: true, withFileTypes: true })) {
      if (!name.isFile()) continue;
      const bytes = readFileSync(join(name.parentPath, name.name));
      for (const secret of secrets) expect(bytes.includes(secret), name.name).toBe(false);
    }
  });
});

describe.runIf(missingTools(['ssh-add', 'ssh-agent', 'ssh-keygen']).length === 0)(
  'a key of an ssh-agent',
  () => {
    test('becomes the reviewer’s, signs packs and checkpoints, and its private half is nowhere here', async () => {
      const home = mkdtempSync(join(tmpdir(), 'countersign-agent-'));
      const { socket, stop } = await startAgent(home);
      onTestFinished(async () => {
        await stop();
        rmSync(home, { recursive: true, force: true });
      });
      runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', 'id'], { cwd: home });
      runTool('ssh-add', ['-q', 'id'], { cwd: home, env: environmentOf(socket) });
      const station = await withReviewer(workspaceFolder(), () => Date.now(), { SSH_AUTH_SOCK: socket });
      const [offer] = (await station.call.keys.agent()).keys;
      const used = await runProgram(station.folder, ['keys', 'use', '--agent', offer?.fingerprint ?? ''], {
        SSH_AUTH_SOCK: socket,
      });
      expect(used.json).toMatchObject({ sealedBy: 'agent', use: 'signing', isEndorsed: true });
      expect(offer?.words).toHaveLength(24);
      const { file, signer } = await exported(station);
      expect(signer.fingerprint).toBe(offer?.fingerprint);
      const signers = (await station.call.workspace.keys())
        .map(({ allowedSigners }) => allowedSigners)
        .join('\n');
      expect(await judge(file, signers)).toBe('trusted');
      expect(await station.call.keys.session()).toMatchObject({ needsPassphrase: false });
      runTool('ssh-add', ['-q', '-D'], { cwd: home, env: environmentOf(socket) });
      await expect(exported(station)).rejects.toThrow(/does not offer this key/);
      const second = await openStation(workspaceFolder(), () => Date.now(), null, { SSH_AUTH_SOCK: socket });
      runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', 'own'], { cwd: home });
      runTool('ssh-add', ['-q', 'own'], { cwd: home, env: environmentOf(socket) });
      const [own] = (await second.call.keys.agent()).keys;
      const { key } = await second.call.workspace.setReviewer({ ...rita, agent: own?.fingerprint ?? '' });
      expect(key).toMatchObject({ sealedBy: 'agent', fingerprint: own?.fingerprint });
      expect(await second.call.ledger.checkpoint({})).toMatchObject({ fingerprint: own?.fingerprint });
      await station.close();
      const again = await openStation(station.folder);
      expect(await signedBy(again)).toEqual([
        ['close', offer?.fingerprint],
        ['export', offer?.fingerprint],
      ]);
      expect((await again.call.ledger.verify({})).ok).toBe(true);
      const keyFiles = readdirSync(join(station.folder, 'keys')).map((name) =>
        readFileSync(join(station.folder, 'keys', name), 'utf8'),
      );
      expect(
        keyFiles.filter((text) => text.includes('"agent"') && !text.includes('sealedPrivateKey')),
      ).toHaveLength(1);
    });
  },
);
