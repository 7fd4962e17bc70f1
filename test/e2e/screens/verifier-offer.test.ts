// The page for recipients, as the evidence screen hands it out; what is downloaded verifies a pack of this workspace.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { rita, runProgram } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openLoopbackDoor, openWindow, type LoopbackDoor } from './loopback-door.ts';

let folder: string;
let workspace: string;
let browser: Browser;
let door: LoopbackDoor;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-verifier-offer-'));
  workspace = join(folder, 'workspace');
  mkdirSync(workspace, { mode: 0o755 });
  const reviewer = ['reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email];
  expect((await runProgram(workspace, reviewer)).code).toBe(0);
  expect((await runProgram(workspace, ['export', '--out', join(folder, 'pack.zip')])).code).toBe(0);
  expect((await runProgram(workspace, ['verify-page'])).code).toBe(0);
  door = await openLoopbackDoor(workspace);
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await door?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

it('is downloaded with its hash beside it, and judges a pack without the workstation', async () => {
  const window = await openWindow(browser, door.url);
  const { page } = window;
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Evidence' }).click();
  const panel = page.getByRole('region', { name: 'For the recipient' });
  const coming = page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Download verify.html' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('verify.html');
  const saved = join(folder, 'verify.html');
  await download.saveAs(saved);
  const hash = createHash('sha256').update(readFileSync(saved)).digest('hex');
  await panel.getByText(hash).waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  expect(await layoutFaults(page)).toEqual([]);
  expect(window.complaints).toEqual([]);

  const stranger = await browser.newPage({ offline: true });
  await stranger.goto(pathToFileURL(saved).href);
  await stranger.getByLabel('Pack file (.zip)').setInputFiles(join(folder, 'pack.zip'));
  await stranger.getByRole('button', { name: 'Verify the pack' }).click();
  await stranger.getByRole('heading', { name: 'Intact, but the signer is unknown' }).waitFor();
});
