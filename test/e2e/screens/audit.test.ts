// An auditor's story in a browser: open somebody's pack, look through it, annotate, draw and test a sample, sign, verify.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { otto, passphrase, rita, runProgram, sampleDatabase, sampleEnd } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { interceptRequests } from './intercepted-requests.ts';
import { openLoopbackDoor, openWindow, type LoopbackDoor, type WatchedPage } from './loopback-door.ts';

let folder: string;
let browser: Browser;
let door: LoopbackDoor;
let window: WatchedPage;
let page: WatchedPage['page'];

const inFolder = (name: string) => join(folder, name);

async function run(workspace: string, ...command: string[]): Promise<unknown> {
  const { code, json, stderr } = await runProgram(inFolder(workspace), command);
  if (code !== 0) throw new Error(`countersign ${command[0]} failed: ${stderr}`);
  return json;
}

const reviewer = ({ name, id, email }: typeof rita) => [
  'reviewer',
  '--name',
  name,
  '--id',
  id,
  '--email',
  email,
];

async function signersOf(workspace: string): Promise<string> {
  const [key] = (await run(workspace, 'keys')) as { allowedSigners: string }[];
  return `${key?.allowedSigners ?? ''}\n`;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-audit-screens-'));
  const { url } = await sampleDatabase();
  await run('reviewed', 'connect', '--url', url, '--zone', 'Europe/Berlin');
  await run('reviewed', ...reviewer(rita));
  await run('reviewed', 'refresh', '--as-of', sampleEnd);
  await run('reviewed', 'export', '--out', inFolder('pack.zip'));
  writeFileSync(inFolder('signers'), await signersOf('reviewed'));
  mkdirSync(inFolder('audit'), { mode: 0o755 });
  door = await openLoopbackDoor(inFolder('audit'));
  browser = await launchChromium();
  window = await openWindow(browser, door.url);
  ({ page } = window);
}, 240_000);
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

const part = (name: string) => page.getByRole('radio', { name, exact: true }).check();
const banner = () => page.getByRole('region', { name: 'Audited pack' });

it('opens a pack for reading, and says on every screen what is known about it', async () => {
  await page.getByRole('button', { name: 'Open a pack…' }).click();
  await page.getByLabel('Evidence pack (.zip)').setInputFiles(inFolder('pack.zip'));
  await expectFaultless();
  const open = page.getByRole('button', { name: 'Open for reading' });
  // The pack never arrives, so there is time to think better of it.
  await interceptRequests(page, /addToUpload/, () => undefined);
  await open.click();
  await page.getByRole('progressbar', { name: 'Opening the pack' }).waitFor();
  await expectFaultless();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await open.waitFor();
  await page.unroute(/addToUpload/);
  expect(await run('audit', 'audit')).toMatchObject({ pack: null });
  await open.click();
  await banner().getByText('Intact, but the signer is unknown').waitFor();
  await page.getByText(/Verify it again/).click();
  await page.getByLabel('Allowed signers (optional)').setInputFiles(inFolder('signers'));
  await page.getByRole('button', { name: 'Verify again' }).click();
  await banner()
    .getByText(/somebody you believe signed it/)
    .waitFor();
  await page.getByRole('region', { name: 'How the population was obtained' }).waitFor();
  await expectFaultless();
  const rail = page.getByRole('navigation', { name: 'Main' });
  expect(await rail.getByRole('link').allTextContents()).toHaveLength(4);
  await rail.getByRole('link', { name: 'Ledger' }).click();
  await banner()
    .getByText(/somebody you believe signed it/)
    .waitFor();
  await rail.getByRole('link', { name: 'Audit' }).click();
});

it('looks through the lists and annotates a row', async () => {
  await part('Look through');
  await page.getByLabel('List').selectOption('Findings');
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1).click();
  const detail = page.getByRole('complementary', { name: 'Detail' });
  await detail.getByRole('region', { name: 'To the letter' }).waitFor();
  await expectFaultless();
  await detail
    .getByRole('textbox', { name: 'Work paper', exact: true })
    .fill('Asked the owner; a maintenance window.');
  await detail.getByRole('button', { name: 'Add work paper' }).click();
  // Nobody works here yet, so the window asks who that is.
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(otto.name);
  await dialog.getByLabel('Reviewer id').fill(otto.id);
  await dialog.getByLabel('Email (optional)').fill(otto.email);
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await dialog.getByLabel('Repeat passphrase').fill(passphrase);
  await dialog.getByRole('button', { name: 'Save reviewer' }).click();
  await detail.getByRole('heading', { name: 'WP-1' }).waitFor();
  await detail.getByRole('button', { name: 'Clear: WP-1' }).click();
  await detail.getByLabel('Conclusion').fill('Seen the change ticket.');
  await detail.getByRole('button', { name: 'Clear', exact: true }).click();
  await detail.getByText('Cleared', { exact: true }).waitFor();
  await page.getByLabel('List').selectOption('Configuration changes');
  await page
    .getByRole('grid', { name: 'Configuration changes' })
    .getByText('connection-changed')
    .first()
    .waitFor();
});

it('draws a sample, tests an item, and says what follows', async () => {
  await part('Samples');
  await page.getByLabel('From').selectOption('Population');
  await page.getByLabel('What is tested').fill('Each was decided by somebody else');
  await page.getByLabel('Confidence (%)').fill('60');
  await page.getByLabel('Tolerable rate (%)').fill('50');
  await page.getByText(/would be drawn/).waitFor();
  await expectFaultless();
  await page.getByRole('button', { name: 'Draw sample' }).click();
  const drawn = page.getByRole('region', { name: 'Sample S-1' });
  const items = drawn.getByRole('region', { name: 'Drawn items' }).getByRole('listitem');
  await items.first().waitFor();
  const count = await items.count();
  expect(count).toBeGreaterThan(0);
  for (let index = 0; index < count; index += 1) {
    await items.nth(index).getByRole('button', { name: /^Pass/ }).click();
    await items.nth(index).getByText('Pass', { exact: true }).nth(0).waitFor();
    await expect
      .poll(() =>
        items
          .nth(index)
          .getByText(/^Pass, /)
          .count(),
      )
      .toBe(1);
  }
  await drawn.getByText(/of the population deviate/).waitFor();
  await drawn.getByText('Draw it again with sort and sha256sum').click();
  await drawn.getByRole('region', { name: 'Commands that draw the sample again' }).waitFor();
  await expectFaultless();
});

it('signs the work papers, which anybody verifies', async () => {
  await part('Sign');
  await page.getByLabel('Passphrase of the signing key').fill(passphrase);
  await page.getByRole('button', { name: 'Sign work papers' }).click();
  await page.getByText('The work papers were written and signed.').waitFor();
  await expectFaultless();
  const { signed } = (await run('audit', 'audit')) as { signed: { name: string; sha256: string }[] };
  const file = join(inFolder('audit'), 'packs', signed[0]?.name ?? '');
  expect(readFileSync(file).length).toBeGreaterThan(0);
  writeFileSync(inFolder('auditor-signers'), await signersOf('audit'));
  await run('elsewhere', 'verify', file, '--signers', inFolder('auditor-signers'));
});

it('says loudly that a changed pack is open for looking only', async () => {
  const bytes = readFileSync(inFolder('pack.zip'));
  bytes.write('low', bytes.indexOf('"severity":"medium"') + '"severity":"'.length);
  writeFileSync(inFolder('changed.zip'), bytes);
  await run('changed', 'audit', 'show');
  expect((await runProgram(inFolder('changed'), ['audit', 'open', inFolder('changed.zip')])).code).toBe(1);
  const other = await openLoopbackDoor(inFolder('changed'));
  const opened = await openWindow(browser, other.url);
  try {
    await opened.page.getByRole('alert').getByText('open for looking only').first().waitFor();
    await opened.page.getByRole('radio', { name: 'Work papers', exact: true }).check();
    await opened.page.getByText('This pack may be looked at, and nothing else.').waitFor();
    expect(await opened.page.getByRole('button', { name: 'Add work paper' }).count()).toBe(0);
    expect(await seriousFaults(opened.page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  } finally {
    await opened.context.close();
    await other.close();
  }
});
