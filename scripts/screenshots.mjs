// Photographs every screen over the sample data, in both themes and three widths, into docs/screens.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSample, stopSample } from '../src-main/sample/sample.ts';
import { openLoopbackDoor, openWindow } from '../test/e2e/screens/loopback-door.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { buildIfStale } from './build-if-stale.mjs';
import { openCamera } from './screenshots/camera.mjs';
import { prepareCampaigns } from './screenshots/campaign-scene.mjs';
import { campaignTour } from './screenshots/campaign-tour.mjs';
import { ledgerTour } from './screenshots/ledger-tour.mjs';
import { reviewTour } from './screenshots/review-tour.mjs';
import { sourceTour } from './screenshots/source-tour.mjs';
import { waysThrough } from './screenshots/window.mjs';

const documents = fileURLToPath(new URL('../docs', import.meta.url));

buildIfStale(['renderer']);
mkdirSync(join(documents, 'screens'), { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
const workspace = join(folder, 'workspace');
const sample = join(workspace, 'sample');
mkdirSync(workspace, { mode: 0o755 });
const door = await openLoopbackDoor(workspace);
const browser = await launchChromium({ args: ['--disable-lcd-text'] });
const { page } = await openWindow(browser, door.url);
try {
  await photographAll();
  await photographCampaigns();
  copyFileSync(join(documents, 'screens', 'queue-light.png'), join(documents, 'queue.png'));
} finally {
  await browser.close();
  await door.close();
  await stopSample(sample);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function photographAll() {
  const camera = openCamera(page, join(documents, 'screens'));
  await page.getByRole('button', { name: 'Explore sample data' }).waitFor();
  await camera.photographWide('welcome');
  await page.getByRole('button', { name: 'Explore sample data' }).click();
  await page.getByText('Refresh finished').waitFor({ timeout: 300_000 });
  const ways = waysThrough(page);
  const review = reviewTour(ways, camera);
  const ledger = ledgerTour(ways, camera, sample);
  const source = sourceTour(ways, camera, sample);
  for (const [name, visit] of [
    ['queue', review.queue],
    ['overview', review.overview],
    ['findings', review.findings],
    ['heatmap', review.heatmap],
    ['actors', review.actors],
    ['events', review.events],
    ['evidence', ledger.evidence],
    ['conflicts', ledger.conflict],
    ['ledger', ledger.ledger],
    ['settings', source.settings],
    ['detection', source.detection],
    ['sources', source.sources],
    ['connect', source.connect],
  ])
    await attempt(page, name, visit);
}

/** In a workspace of their own, whose clock stood weeks back when they were begun. */
async function photographCampaigns() {
  const made = await prepareCampaigns(await startSample({ directory: sample }), folder);
  const campaigns = await openLoopbackDoor(made.workspace);
  const shown = await openWindow(browser, campaigns.url);
  try {
    await shown.page.getByRole('navigation', { name: 'Main' }).waitFor();
    const camera = openCamera(shown.page, join(documents, 'screens'));
    const tour = campaignTour(waysThrough(shown.page), camera, made);
    for (const [part, visit] of Object.entries(tour)) await attempt(shown.page, `campaigns, ${part}`, visit);
  } finally {
    await shown.context.close();
    await campaigns.close();
  }
}

/** One screen that changed does not cost the pictures of the others; the command fails all the same. */
async function attempt(page, name, visit) {
  try {
    await visit();
  } catch (error) {
    process.exitCode = 1;
    console.error(`The pictures of ${name} were not all taken: ${error.message}`);
    // A dialog that is still open would stand in the way of the next.
    for (let count = 0; count < 2; count += 1) await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1440, height: 900 });
  }
}
