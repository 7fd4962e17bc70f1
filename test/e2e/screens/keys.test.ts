// The signing keys under Settings: compared, unlocked for a session, replaced, revoked, endorsed and reported.
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnKey } from '../../../src-shared/model/keys.ts';
import { otto, passphrase } from '../../support/station.ts';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { ed25519Signer, signatureNamespaces } from '../../../src-main/evidence/sshsig.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

const root = ed25519Signer(generateKeyPairSync('ed25519').privateKey);
let folder: string;
let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-keys-screens-'));
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
});
afterAll(async () => {
  await station?.close();
  rmSync(folder, { recursive: true, force: true });
});

const panel = () => page.getByRole('region', { name: 'Signing key' });
const keys = async () => (await station.run('keys')) as OwnKey[];
async function expectFaultless() {
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 2560, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

it('shows the fingerprint in three ways, and unlocks the key for the session', async () => {
  const [key] = await keys();
  await panel().getByText(key!.fingerprint, { exact: true }).waitFor();
  await panel().getByText(key!.hex, { exact: true }).waitFor();
  expect(await panel().getByRole('listitem').allTextContents()).toEqual(key!.words);
  const field = panel().getByLabel('Unlock the key for this session');
  await field.fill('not it');
  await panel().getByRole('button', { name: 'Unlock' }).click();
  await panel().getByText('This passphrase does not open the signing key').waitFor();
  await expect.poll(() => station.complaints.splice(0).length).toBeGreaterThan(0);
  await field.fill(passphrase);
  await panel().getByRole('button', { name: 'Unlock' }).click();
  await panel().getByText('The key is unlocked for this session.').waitFor();
  await expectFaultless();
});

it('replaces it, endorsed; that takes the old passphrase also while the key is unlocked', async () => {
  await panel().getByRole('button', { name: 'Replace the key' }).click();
  await panel().getByLabel('Passphrase for the new key').fill('another passphrase');
  await panel().getByLabel('Repeat it').fill('another passphrase');
  await panel().getByLabel('Passphrase of the present key').fill(passphrase);
  await panel().getByLabel('Reason for the new key').fill('yearly');
  await expectFaultless();
  await panel().getByRole('button', { name: 'Replace for good' }).click();
  await panel().getByText('replaced; kept to verify earlier packs').waitFor();
  await panel().getByText('signs new packs').waitFor();
  expect((await keys()).map(({ use, isEndorsed }) => [use, isEndorsed])).toEqual([
    ['replaced', null],
    ['signing', true],
  ]);
});

it('revokes it, and gives the line for others', async () => {
  const newest = (await keys()).at(-1)!;
  const card = panel().getByRole('article', { name: `Key ${newest.fingerprint}` });
  await card.getByRole('button', { name: 'Revoke this key' }).click();
  await panel().getByLabel('Reason for the revocation').fill('laptop stolen');
  await panel()
    .getByLabel(/^In other hands since/)
    .fill('2026-01-02');
  await expectFaultless();
  await panel().getByRole('button', { name: 'Revoke for good' }).click();
  await card.getByText('revoked; not to be relied on').waitFor();
  const revoked = (await keys()).at(-1)!;
  expect(revoked.revocation).toMatchObject({
    compromisedSince: '2026-01-02T00:00:00.000Z',
    reason: 'laptop stolen',
  });
  await card.getByText(revoked.revocationLine!, { exact: true }).waitFor();
  await expectFaultless();
});

const cardOf = ({ fingerprint }: OwnKey) => panel().getByRole('article', { name: `Key ${fingerprint}` });
const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();

function takeList(version: number, lines: string) {
  const header = `# countersign-signers version=${version} issued=2026-11-20T10:00:00Z root=${fingerprintOf(root.publicKey)}`;
  const list = Buffer.from(`${header}\n${lines}\n`);
  const file = join(folder, `signers-${version}`);
  writeFileSync(file, list);
  writeFileSync(`${file}.sig`, root.sign(signatureNamespaces.signers, list));
  return station.run('trust', 'update', file, `${file}.sig`);
}

it('says that nothing vouches for a replacement, and has the organisation’s list endorse it', async () => {
  writeFileSync(join(folder, 'root.pub'), `${formatPublicKey(root.publicKey)}\n`);
  await station.run('trust', 'pin-root', join(folder, 'root.pub'));
  await station.run('keys', 'rotate', '--reason', 'the old one was stolen', '--lost');
  const fresh = (await keys()).at(-1)!;
  const card = cardOf(fresh);
  await card.getByText('not endorsed', { exact: true }).waitFor();
  await card.getByText(/^Not endorsed by the key before/).waitFor();
  await expectFaultless();
  const endorse = card.getByRole('button', { name: /^Endorse by the organisation’s list/ });
  await endorse.click();
  await card.getByText(/^No list of the organisation is in force here/).waitFor();
  await expect.poll(() => station.complaints.splice(0).length).toBeGreaterThan(0);
  await takeList(1, '# nobody yet');
  await go('Evidence');
  const waiting = page.getByRole('region', { name: 'Keys that wait for an endorsement' });
  await waiting.getByText('The list does not name it yet.').waitFor();
  await takeList(2, fresh.allowedSigners);
  await waiting.getByText('The list names it.').waitFor();
  await expectFaultless();
  await waiting.getByRole('button', { name: /^Endorse by the organisation’s list/ }).click();
  await waiting.waitFor({ state: 'detached' });
  await go('Settings');
  await card.getByText('endorsed, by an earlier key or by the organisation’s list').waitFor();
});

it('reports the key of somebody else, which they can still revoke', async () => {
  const theirs = (await keys()).at(-1)!;
  await station.run('reviewer', '--name', otto.name, '--id', otto.id, '--email', otto.email);
  await page.getByRole('button', { name: `Go on as ${otto.name}` }).click();
  await panel()
    .getByText(/keys of other reviewers$/)
    .click();
  const card = cardOf(theirs);
  await card.getByRole('button', { name: 'Report this key' }).click();
  const form = panel().getByRole('form', { name: 'Report this key' });
  await form.getByLabel('Reason for the report').fill('found on a shared drive');
  await expectFaultless();
  await form.getByRole('button', { name: 'Report for good' }).click();
  await card.getByText('reported; signs nothing here any more').waitFor();
  await card.getByText('found on a shared drive').waitFor();
  expect((await keys()).find(({ fingerprint }) => fingerprint === theirs.fingerprint)).toMatchObject({
    use: 'revoked',
    revocation: null,
    report: { reason: 'found on a shared drive' },
  });
  await expectFaultless();
});
