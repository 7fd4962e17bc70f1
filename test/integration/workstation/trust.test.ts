// Trust end to end: the organisation's list, first use, revocation and timestamps, through the API and the command line.
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportReport, type Verification } from '#shared/model/evidence.ts';
import type { TrustOverview } from '#shared/model/trust.ts';
import { fingerprintOf, formatPublicKey, parsePublicKey } from '../../../src-main/evidence/public-key.ts';
import { formatRevokedKey } from '../../../src-main/evidence/revoked-keys.ts';
import { ed25519Signer, signatureNamespaces, type Signer } from '../../../src-main/evidence/sshsig.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { openStation, passphrase, rita, workspaceFolder, type Station } from '../../support/station.ts';
import {
  createAuthority,
  replyWith,
  serveTimestamps,
  type Authority,
  type TimestampServer,
} from '../evidence/timestamp-authority.ts';

const root = ed25519Signer(generateKeyPairSync('ed25519').privateKey);
const nextRoot = ed25519Signer(generateKeyPairSync('ed25519').privateKey);
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

type Pack = { file: string; fingerprint: string; identity: string; line: string };

/** A pack somebody else made, in a workspace of their own. */
async function foreignPack(): Promise<Pack> {
  const station = await openStation();
  await station.call.workspace.setReviewer({ ...rita, passphrase });
  return packOf(station);
}

async function packOf(station: Station): Promise<Pack> {
  const report = await station.finish(station.call.evidence.export({ passphrase }));
  const { file, signer } = exportReport.parse(report);
  const [key] = await station.call.workspace.keys();
  return { file, ...signer, line: key?.allowedSigners ?? '' };
}

function signedList(version: number, lines: string, more = '', signer: Signer = root) {
  const header = `# countersign-signers version=${version} issued=2026-11-20T10:00:00Z root=${fingerprintOf(signer.publicKey)}${more}`;
  const list = `${header}\n${lines}\n`;
  return { list, signature: signer.sign(signatureNamespaces.signers, Buffer.from(list)) };
}
const asInput = ({ list, signature }: { list: string; signature: string }) => ({
  list: base64(list),
  signature: base64(signature),
});

const verify = (station: Station, file: string, given: object = {}) =>
  station.call.evidence.verify({ pack: base64(readFileSync(file)), ...given });
const pinned = async () => {
  const station = await openStation();
  await station.call.trust.pinRoot({ publicKey: `${formatPublicKey(root.publicKey)} root@example.org\n` });
  return station;
};

describe('the organisation’s list', () => {
  let pack: Pack;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-pack-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a stranger’s pack is made, for all that follows', async () => {
    // The stranger's workspace goes with this test; the pack is needed longer.
    const made = await foreignPack();
    pack = { ...made, file: join(folder, 'pack.zip') };
    copyFileSync(made.file, pack.file);
  });

  test('is taken, survives a restart, and is what packs are verified by', async () => {
    const station = await pinned();
    expect((await verify(station, pack.file)).verdict).toBe('unpinned');
    await station.call.trust.update(asInput(signedList(7, pack.line)));
    const verified = await verify(station, pack.file);
    expect(verified.verdict).toBe('trusted');
    expect(verified.summary).toContain('version 7 of the organisation’s list');
    await station.close();
    const again = await openStation(station.folder);
    const overview = await again.call.trust.get();
    expect(overview.list).toMatchObject({ version: 7, problem: null, signers: 1 });
    expect(overview.list?.lines).toEqual([expect.objectContaining({ principals: pack.identity })]);
    expect((await verify(again, pack.file)).verdict).toBe('trusted');
    const entries = again.ledger.entries().filter(({ entry }) => entry.type === 'trust-changed');
    expect(entries.map(({ entry }) => entry.payload['change'])).toEqual(['root-pinned', 'list-updated']);
  });

  test('does not go back, and refuses another root key; what was held stays in force', async () => {
    const station = await pinned();
    await station.call.trust.update(asInput(signedList(7, pack.line)));
    const nobody = pack.line.replace(pack.identity, 'bob@example.org');
    for (const list of [signedList(6, nobody), signedList(7, nobody), signedList(8, nobody, '', nextRoot)]) {
      await expect(station.call.trust.update(asInput(list))).rejects.toMatchObject({
        data: { code: 'refused' },
      });
    }
    const changed = { ...asInput(signedList(8, pack.line)), list: base64(signedList(9, nobody).list) };
    await expect(station.call.trust.update(changed)).rejects.toThrow(/changed after it was signed/);
    expect((await verify(station, pack.file)).verdict).toBe('trusted');
    await expect(
      station.call.trust.pinRoot({ publicKey: formatPublicKey(nextRoot.publicKey) }),
    ).rejects.toThrow(/Another root key is pinned/);
  });

  test('hands over to a new root key, after which the old one signs nothing more', async () => {
    const station = await pinned();
    const announced = `# countersign-next-root ${formatPublicKey(nextRoot.publicKey)}\n${pack.line}`;
    const overview = await station.call.trust.update(asInput(signedList(8, announced)));
    expect(overview.root?.fingerprint).toBe(fingerprintOf(nextRoot.publicKey));
    expect((await verify(station, pack.file)).verdict).toBe('trusted');
    await expect(station.call.trust.update(asInput(signedList(9, pack.line)))).rejects.toThrow(
      /not by the root/,
    );
    await station.call.trust.update(asInput(signedList(9, pack.line, '', nextRoot)));
    expect((await station.call.trust.get()).list?.version).toBe(9);
  });

  test('brings its revoked keys along', async () => {
    const station = await pinned();
    const [, type = '', key = ''] = /(ssh-ed25519) (\S+)/.exec(pack.line) ?? [];
    const revoked = `${formatRevokedKey({ key: parsePublicKey(`${type} ${key}`), revokedAt: '2026-11-20', compromisedSince: null, reason: 'lost' })}\n`;
    const hash = createHash('sha256').update(revoked).digest('hex');
    const list = asInput(signedList(7, pack.line, ` revoked-sha256=${hash}`));
    await expect(station.call.trust.update(list)).rejects.toThrow(/was not given/);
    await station.call.trust.update({ ...list, revoked: base64(revoked) });
    const verified = await verify(station, pack.file);
    expect(verified).toMatchObject({ verdict: 'unpinned', summary: expect.stringMatching(/revoked.*lost/) });
    // A list by hand does not bring a revoked key back.
    expect((await verify(station, pack.file, { signers: pack.line })).verdict).toBe('unpinned');
  });

  test('a list whose file was changed in the workspace is noticed, and given again it is back', async () => {
    const station = await pinned();
    const list = asInput(signedList(7, pack.line));
    const held = (await station.call.trust.update(list)).list?.sha256 ?? '';
    writeFileSync(join(station.folder, 'trust', held), signedList(7, `${pack.line}\n${pack.line}`).list);
    expect((await station.call.trust.get()).list?.problem).toMatch(/was changed/);
    await expect(verify(station, pack.file)).rejects.toThrow(/was changed/);
    await station.call.trust.update(list);
    expect((await verify(station, pack.file)).verdict).toBe('trusted');
  });

  test('the command line does the same, with its exit codes', async () => {
    const folder = workspaceFolder();
    const path = (name: string, content: string) => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const rootFile = path('root.pub', `${formatPublicKey(root.publicKey)}\n`);
    const { list, signature } = signedList(7, pack.line);
    const files = [path('signers', list), path('signers.sig', signature)];
    expect(await runProgramHere(folder, ['trust', 'update', ...files])).toMatchObject({
      code: 1,
      json: { error: { code: 'refused' } },
    });
    expect((await runProgramHere(folder, ['trust', 'pin-root', rootFile])).code).toBe(0);
    expect((await runProgramHere(folder, ['trust', 'update', ...files])).code).toBe(0);
    const shown = await runProgramHere(folder, ['trust']);
    expect((shown.json as TrustOverview).list).toMatchObject({ version: 7 });
    expect((await runProgramHere(folder, ['verify', pack.file])).code).toBe(0);
    // Another list by hand is the only one that counts then.
    const other = path('other', pack.line.replace(pack.identity, 'bob@example.org'));
    expect((await runProgramHere(folder, ['verify', pack.file, '--signers', other])).code).toBe(2);
    expect((await runProgramHere(folder, ['trust', 'nonsense'])).code).toBe(2);
    expect((await runProgramHere(folder, ['trust', 'update', 'one'])).code).toBe(2);
  }, 60_000);

  test('first use: only the key that was told, kept from then on, and a changed one is an alarm', async () => {
    const folder = workspaceFolder();
    const check = async (...more: string[]) => {
      const { code, json } = await runProgramHere(folder, ['verify', pack.file, ...more]);
      return { code, ...(json as Verification) };
    };
    const first = await check();
    expect(first).toMatchObject({
      code: 2,
      signer: { comparable: pack.identity, fingerprint: pack.fingerprint },
    });
    const wrong = await check('--trust-on-first-use', fingerprintOf(root.publicKey));
    expect(wrong).toMatchObject({ code: 2, summary: expect.stringMatching(/The key you were told/) });
    expect(
      (await runProgramHere(folder, ['verify', pack.file, '--trust-on-first-use', 'SHA256:x'])).stderr,
    ).toMatch(/not the SHA256/);
    const compared = await runProgramHere(folder, ['trust', 'compare', pack.fingerprint]);
    const { words } = compared.json as { words: string[] };
    const right = await check('--trust-on-first-use', words.join(' '));
    expect(right).toMatchObject({
      code: 0,
      summary: expect.stringMatching(/first use, compared by you on 20/),
    });
    expect((await check()).code).toBe(0);
    const changed = await foreignPack();
    expect(changed.identity).toBe(pack.identity);
    const alarm = await runProgramHere(folder, [
      'verify',
      changed.file,
      '--trust-on-first-use',
      changed.fingerprint,
    ]);
    expect(alarm).toMatchObject({
      code: 2,
      json: { summary: expect.stringMatching(/Alarm: the key has changed/) },
    });
    const forget = ['trust', 'forget', pack.identity];
    expect((await runProgramHere(folder, forget)).code).toBe(2);
    expect((await runProgramHere(folder, [...forget, '--reason', 'new laptop'])).code).toBe(0);
    expect((await check()).code).toBe(2);
  }, 90_000);
});

describe('timestamps', () => {
  let authority: Authority;
  let server: TimestampServer;
  beforeAll(async () => {
    authority = createAuthority();
    server = await serveTimestamps({
      '/stamp': replyWith((body) => authority.stamp(body)),
      '/wrong': replyWith(() => Buffer.from('nothing')),
    });
  });
  afterAll(async () => {
    await server.close();
    authority.remove();
  });
  const reviewing = async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    return station;
  };
  const use = (station: Station, path: string, authorities: string | null = authority.pem('root')) =>
    station.call.trust.setTimestamps({ service: { url: server.address(path), authorities } });

  test('nobody is asked until a service is set, nor after it was switched off', async () => {
    const before = server.asked();
    const station = await reviewing();
    await packOf(station);
    await use(station, '/stamp');
    await station.call.trust.setTimestamps({ service: null });
    await packOf(station);
    expect(server.asked()).toBe(before);
  });

  test('an export gets one, it is verified offline, and openssl agrees', async () => {
    const station = await reviewing();
    await use(station, '/stamp');
    const { file, line } = await packOf(station);
    const asked = server.asked();
    const trusted = await verify(station, file, { signers: line });
    expect(trusted.verdict).toBe('trusted');
    expect(trusted.summary).toContain('as a timestamp of Test tsa proves');
    expect(server.asked()).toBe(asked);
    const last = station.ledger.entries().at(-1);
    const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(last?.entry.payload['sha256']).toBe(hash);
    const folder = workspaceFolder();
    execFileSync('unzip', ['-q', file, '-d', folder]);
    const [signature = ''] = readdirSync(join(folder, 'signatures'));
    const token = join(folder, 'timestamps', signature.replace('.sig', '.tsr'));
    const checked = authority.openssl(
      'ts',
      '-verify',
      '-data',
      join(folder, 'signatures', signature),
      '-in',
      token,
      '-CAfile',
      'root.pem',
    );
    expect(checked.toString()).toContain('Verification: OK');
    // The same elsewhere, without and with the authority.
    const stranger = await openStation();
    const unchecked = await verify(stranger, file, { signers: line });
    expect(unchecked.checks.find(({ name }) => name === 'timestamps')?.detail).toMatch(/not checked/);
    expect(unchecked.summary).toContain('claimed');
    const named = await verify(stranger, file, { signers: line, authorities: authority.pem('root') });
    expect(named.summary).toContain('proves');
    expect(named.summary).not.toContain('claimed');
  });

  test('a pack without a usable answer is complete, and says so', async () => {
    const station = await reviewing();
    await use(station, '/wrong');
    const report = await station.finish(station.call.evidence.export({ passphrase }));
    const { file, timestamp } = exportReport.parse(report);
    expect(timestamp).toMatch(/^No timestamp was added\. /);
    expect((await verify(station, file)).verdict).toBe('unpinned');
  });

  test('one can be added later; the next pack links to the file as it became', async () => {
    const station = await reviewing();
    const { file } = await packOf(station);
    await expect(station.call.trust.timestamp({ name: '../x.zip' })).rejects.toThrow(/no such pack/);
    const name = file.split('/').at(-1) ?? '';
    await expect(station.call.trust.timestamp({ name })).rejects.toThrow(/No timestamp service is set/);
    const before = readFileSync(file);
    await use(station, '/wrong');
    await expect(station.call.trust.timestamp({ name })).rejects.toThrow(/no usable timestamp/);
    expect(readFileSync(file).equals(before)).toBe(true);
    await use(station, '/stamp');
    const added = await station.call.trust.timestamp({ name });
    expect(added.added).toBe(1);
    expect(added.sha256).toBe(createHash('sha256').update(readFileSync(file)).digest('hex'));
    expect((await verify(station, file)).verdict).toBe('unpinned');
    expect((await station.call.trust.timestamp({ name })).added).toBe(0);
    expect(station.ledger.state().lastPackSha256).toBe(added.sha256);
  });

  test.each(['ftp://127.0.0.1', 'https://name:secret@example.org', 'x'])('%s is no service', async (url) => {
    const station = await openStation();
    await expect(station.call.trust.setTimestamps({ service: { url, authorities: null } })).rejects.toThrow(
      /not the address/,
    );
    expect((await station.call.trust.get()).timestamps).toBeNull();
  });
});

describe('a reviewer who lost their key', () => {
  const lose = (station: Station) => {
    rmSync(join(station.folder, 'keys'), { recursive: true });
    return station.call.workspace.setReviewer({ ...rita, passphrase });
  };

  test('has the new one endorsed by the organisation’s list, whose root key was here before', async () => {
    const station = await pinned();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    const { key, isReplacement } = await lose(station);
    expect(isReplacement).toBe(true);
    const { fingerprint } = key;
    await expect(station.call.keys.endorse({ fingerprint })).rejects.toThrow(/No list of the organisation/);
    await station.call.trust.update(asInput(signedList(1, '# nobody yet')));
    await expect(station.call.keys.endorse({ fingerprint })).rejects.toThrow(/does not vouch for this key/);
    await station.call.trust.update(asInput(signedList(2, key.allowedSigners)));
    expect(await station.call.keys.endorse({ fingerprint })).toMatchObject({
      use: 'signing',
      isEndorsed: true,
    });
    expect(await station.call.workspace.status()).not.toHaveProperty('keyNotEndorsed');
    await expect(station.call.keys.endorse({ fingerprint })).rejects.toThrow(/waits for an endorsement/);
    expect(await station.call.ledger.verify({})).toMatchObject({ ok: true });
    expect(await station.call.ledger.rebuild()).toMatchObject({ ok: true });
    const { file } = await packOf(station);
    const { verdict, checks } = await verify(station, file);
    expect(verdict).toBe('trusted');
    expect(checks.find(({ name }) => name === 'reviewers')?.detail).toContain(
      `The workspace took ${fingerprint} as endorsed by a list of the root key ${fingerprintOf(root.publicKey)}.`,
    );
  });

  test('not by a root key that was pinned only afterwards', async () => {
    const station = await openStation();
    await station.call.workspace.setReviewer({ ...rita, passphrase });
    const { key } = await lose(station);
    await station.call.trust.pinRoot({ publicKey: formatPublicKey(root.publicKey) });
    await station.call.trust.update(asInput(signedList(1, key.allowedSigners)));
    await expect(station.call.keys.endorse({ fingerprint: key.fingerprint })).rejects.toThrow(
      /pinned here after this key was made/,
    );
    const code = await runProgramHere(station.folder, ['keys', 'endorse', key.fingerprint]);
    expect(code).toMatchObject({ code: 1 });
  });
});
