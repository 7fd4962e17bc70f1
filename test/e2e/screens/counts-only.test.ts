// Connecting so that only counts are kept, in the window; and looking at events that are then fetched when asked for.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleEnd } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
});
afterAll(() => station?.close());

async function expectFaultless(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  await expect.poll(() => layoutFaults(page)).toEqual([]);
  expect(station.complaints).toEqual([]);
}

it('the form offers it, and says what it means', async () => {
  await page.getByRole('button', { name: 'Connect to an audit database' }).click();
  await page.getByRole('textbox', { name: 'URL' }).fill(station.databaseUrl);
  await page.getByText('What is kept here').click();
  await page.getByRole('textbox', { name: 'Days (optional)' }).fill('3');
  await page.getByRole('button', { name: 'Look' }).click();
  await page.getByText('A whole number of days from 100').waitFor();
  await expectFaultless();
  await page.getByRole('radio', { name: 'Only counts' }).press('Space');
  await page.getByText('only counts come here').waitFor();
  await page.getByRole('button', { name: 'Look' }).click();
  await page
    .getByRole('list', { name: 'Inspection report' })
    .getByText('only counts per quarter hour')
    .waitFor();
  await expectFaultless();
});

it('events of a heatmap cell are fetched from the database when asked for', async () => {
  await station.run('connect', '--url', station.databaseUrl, '--zone', 'Europe/Berlin', '--mirror', 'cells');
  await station.run('refresh', '--as-of', sampleEnd);
  await page.goto(new URL('/heatmap', station.url).href);
  await page.getByRole('radio', { name: 'Table' }).press('Space');
  const table = page.getByRole('grid', { name: 'Heatmap as a table' });
  await table.getByRole('row').nth(1).click();
  const detail = page.getByRole('complementary', { name: 'Detail' });
  await detail.getByText('the others were only counted').waitFor();
  await expectFaultless();
  const [, total] = /([\d,]+) events? in this hour/.exec(await detail.innerText()) ?? [];
  await detail.getByRole('button', { name: 'Load these events from the database' }).click();
  const listed = detail.getByRole('grid', { name: 'Events of the cell' });
  await expect.poll(() => listed.getAttribute('aria-rowcount')).toBe(String(1 + Number(total)));
  expect(await detail.getByText('the others were only counted').count()).toBe(0);
  await expectFaultless();
});
