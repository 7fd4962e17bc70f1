// Whom to believe, on screen: a key compared on first use, and the organisation's list.
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { ed25519Signer, signatureNamespaces } from '../../../src-main/evidence/sshsig.ts';
import { launchChromium } from '../../support/chromium.ts';
import { rita, runProgram } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openLoopbackDoor, openWindow, type LoopbackDoor, type WatchedPage } from './loopback-door.ts';

const root = ed25519Signer(generateKeyPairSync('ed25519').privateKey);
let folder: string;
let browser: Browser;
let door: LoopbackDoor;
let window: WatchedPage;
let page: WatchedPage['page'];
let allowedSigners: string;

const inFolder = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-trust-screens-'));
  const stranger = inFolder('stranger');
  const reviewer = ['reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email];
  expect((await runProgram(stranger, reviewer)).code).toBe(0);
  expect((await runProgram(stranger, ['export', '--out', inFolder('pack.zip')])).code).toBe(0);
  const keys = (await runProgram(stranger, ['keys'])).json as { allowedSigners: string }[];
  allowedSigners = keys[0]?.allowedSigners ?? '';
  mkdirSync(inFolder('workspace'), { mode: 0o755 });
  door = await openLoopbackDoor(inFolder('workspace'));
  browser = await launchChromium();
  window = await openWindow(browser, door.url);
  ({ page } = window);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Evidence' }).click();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await door?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function expectFaultless(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(window.complaints).toEqual([]);
}

const panel = () => page.getByRole('region', { name: 'Whom to believe' });
const verdict = () => page.getByRole('region', { name: 'Verdict' });

it('keeps a key only once somebody says it was compared, and says so in the verdict', async () => {
  await page.getByLabel('Evidence pack (.zip)').setInputFiles(inFolder('pack.zip'));
  await page.getByRole('button', { name: 'Verify pack' }).click();
  await verdict().getByText('Intact, but the signer is unknown').waitFor();
  const compare = page.getByRole('region', { name: 'Compare the key' });
  await expect.poll(() => compare.getByRole('listitem').count()).toBe(24);
  await expectFaultless();
  const keep = compare.getByRole('button', { name: 'Keep this key as first use' });
  expect(await keep.isDisabled()).toBe(true);
  await compare.getByRole('checkbox').check();
  await keep.click();
  await verdict()
    .getByText(/first use, compared by you on/)
    .first()
    .waitFor();
  await panel().getByText(rita.email).waitFor();
  await expectFaultless();
});

it('forgets it with a reason', async () => {
  await panel()
    .getByRole('button', { name: `Forget this key: ${rita.email}` })
    .click();
  await panel().getByLabel('Reason').fill('a list is coming');
  await panel().getByRole('button', { name: 'Forget this key' }).click();
  await expect.poll(() => panel().getByText(rita.email).count()).toBe(0);
});

it('takes a list that the pinned root key signed, refuses an older one, and verifies with it', async () => {
  const lists = [3, 2].map((version) => {
    const header = `# countersign-signers version=${version} issued=2026-11-20T10:00:00Z root=${fingerprintOf(root.publicKey)}`;
    const list = Buffer.from(`${header}\n${allowedSigners}\n`);
    const files = [inFolder(`signers-${version}`), inFolder(`signers-${version}.sig`)] as const;
    writeFileSync(files[0], list);
    writeFileSync(files[1], root.sign(signatureNamespaces.signers, list));
    return files;
  });
  await panel().getByLabel('Public half of the root key').fill(formatPublicKey(root.publicKey));
  await panel().getByRole('button', { name: 'Pin root key' }).click();
  const take = async ([list, signature]: readonly [string, string]) => {
    await panel().getByLabel('List of signers', { exact: true }).setInputFiles(list);
    await panel().getByLabel('Its signature (.sig)').setInputFiles(signature);
    await panel().getByRole('button', { name: 'Take the list' }).click();
  };
  await take(lists[0]!);
  await panel().getByRole('list', { name: 'Signers on the list' }).getByText(rita.email).waitFor();
  await take(lists[1]!);
  await panel()
    .getByText(/version 3 is held here already/)
    .waitFor();
  // The browser itself complains of every answer that is a refusal.
  expect(window.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  await page.getByRole('button', { name: 'Verify pack' }).click();
  await verdict()
    .getByText(/version 3 of the organisation’s list/)
    .first()
    .waitFor();
  await expectFaultless();
});
