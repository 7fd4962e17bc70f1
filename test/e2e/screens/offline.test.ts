// The database is stopped: every screen still shows what it knows, says as of when, and decisions are taken.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import type { Review } from '../../../src-shared/model/review.ts';
import { stopSample } from '../../../src-main/sample/sample.ts';
import { passphrase } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  await stopSample(join(station.workspace, 'sample'));
  // A window that never saw the database: everything comes from the workspace.
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const main = () => page.getByRole('main');
const secondRow = (name: string, role: 'grid' | 'treegrid' = 'grid') =>
  page.getByRole(role, { name }).getByRole('row').nth(1);

/** Stale is said, nothing is broken. */
async function expectSound(shown: Locator): Promise<void> {
  await shown.first().waitFor();
  expect(await main().getByRole('alert').allInnerTexts()).toEqual([]);
  await expectReadable();
}

/** In both themes, with the state of things in sight, and without a complaint. */
async function expectReadable(): Promise<void> {
  const banner = page.getByRole('banner');
  await banner.getByRole('status', { name: 'Connection' }).getByText('Offline').waitFor();
  expect(await banner.innerText()).toMatch(/As of \d/);
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  expect(await layoutFaults(page)).toEqual([]);
  expect(station.complaints).toEqual([]);
}

it('shows the overview', async () => {
  await expectSound(page.getByRole('heading', { name: 'Most active' }));
});

it('shows the queue, and takes a decision', async () => {
  await go('Review queue');
  // Critical items, and grants that are revoked, wait for a second person.
  await page.getByRole('searchbox', { name: 'Filter items' }).fill('warning');
  await page.keyboard.press('Enter');
  await secondRow('Review queue').click();
  await expectSound(detail().getByRole('heading', { name: /^Within 24 hours/ }));
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'Certify one item' }).waitFor();
  await page.keyboard.type('matches the paper on the desk');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectSound(page.getByRole('banner').getByText('1 unsent decision'));
  const reviews = (await station.run('reviews')) as Review[];
  expect(reviews.filter(({ decision }) => decision === 'certify')).toHaveLength(1);
});

it('shows the conflicts', async () => {
  await go('Conflicts');
  await expectSound(page.getByRole('heading', { name: 'Conflicts', level: 1 }));
});

it('shows findings with their events', async () => {
  await go('Findings');
  await page.getByRole('radio', { name: 'By finding' }).press('Space');
  await secondRow('Findings').click();
  await expectSound(detail().getByRole('grid', { name: 'Events of the finding' }));
});

it('shows the heatmap in its three forms, and the events of a cell', async () => {
  await go('Heatmap');
  const chart = page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
  await chart.press('ArrowRight');
  await chart.press('Enter');
  await expectSound(detail().getByRole('grid', { name: 'Events of the cell' }));
  await page.getByRole('radio', { name: 'Days', exact: true }).press('Space');
  await expectSound(page.getByRole('button', { name: 'Heatmap of days by hour' }));
  await page.getByRole('radio', { name: 'Actions', exact: true }).press('Space');
  await expectSound(page.getByRole('button').filter({ has: page.getByRole('figure') }));
});

it('shows an actor', async () => {
  await go('Actors');
  await secondRow('Actors').click();
  await expectSound(detail().getByRole('heading', { name: 'Risk over time' }));
});

it('shows an event', async () => {
  await go('Events');
  await secondRow('Events').click();
  await expectSound(detail().getByRole('heading', { name: 'Metadata, as recorded' }));
});

it('exports a pack, and verifies it', async () => {
  await go('Evidence');
  await page.getByLabel('Passphrase of the signing key').fill(passphrase);
  await page.getByRole('button', { name: 'Export pack' }).click();
  await expectSound(page.getByRole('region', { name: 'Exported pack' }));
});

it('shows the ledger', async () => {
  await go('Ledger');
  await secondRow('Ledger').click();
  await expectSound(detail().getByRole('heading', { name: 'Its place in the chain' }));
});

it.each(['State', 'Connection', 'Refreshes'])('shows of the source: %s', async (section) => {
  await go('Sources');
  await page
    .getByRole('navigation', { name: /^Sections/ })
    .getByRole('link', { name: section })
    .click();
  await expectSound(main().getByRole('heading', { level: 2 }));
});

it('shows the mapping, and says that only the preview of it needs the database', async () => {
  await go('Sources');
  await page
    .getByRole('navigation', { name: /^Sections/ })
    .getByRole('link', { name: 'Mapping' })
    .click();
  await main()
    .getByRole('alert')
    .getByText(/cannot be reached|does not answer|refused/)
    .first()
    .waitFor();
  expect(await main().getByLabel('Column for action').inputValue()).toBe('event_type');
  // The browser itself notes every answer that is a refusal.
  expect(station.complaints.splice(0).filter((complaint) => !complaint.includes('422'))).toEqual([]);
  await expectReadable();
});

it.each([
  'Reviewer and keys',
  'Independence',
  'Detection',
  'Source rights',
  'Publication',
  'Privacy',
  'Appearance',
  'Workspace',
])('shows of the settings: %s', async (section) => {
  await go('Settings');
  await page
    .getByRole('navigation', { name: /^Sections/ })
    .getByRole('link', { name: section })
    .click();
  await expectSound(main().getByRole('heading', { level: 2 }));
});

it('says that a refresh is not possible, and keeps what there is', async () => {
  await page.getByRole('button', { name: 'Refresh', exact: true }).click();
  await page
    .getByText(/cannot be reached|does not answer|refused/)
    .first()
    .waitFor();
  await go('Overview');
  await page.getByRole('heading', { name: 'Most active' }).waitFor();
  expect(station.complaints).toEqual([]);
});
