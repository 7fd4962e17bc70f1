// Exports from the screens: what is listed is what is in the file, the file is handed over, and it can be checked later.
import { readFileSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pngSize } from '../../../src-main/evidence/exports/png.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
});
afterAll(() => station?.close());

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const dialog = () => page.getByRole('dialog', { name: 'Export' });

async function expectFaultless(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

/** Exports in the open dialog, takes the file, and closes the dialog. */
async function exported(format: string): Promise<{ name: string; content: Buffer }> {
  await dialog().getByRole('radio', { name: format, exact: true }).check();
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await dialog()
    .getByRole('button', { name: /^Download/ })
    .click();
  const taken = await download;
  const content = readFileSync(await taken.path());
  await dialog().getByRole('button', { name: 'Done' }).click();
  return { name: taken.suggestedFilename(), content };
}

async function exportWith(button: string, facts = ''): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  await dialog().getByRole('button', { name: 'Export', exact: true }).click();
  await dialog().getByText('The file was written.').waitFor();
  expect(await dialog().textContent()).toContain(facts);
  await dialog().getByRole('button', { name: 'Done' }).click();
}

it('exports the queue as it is filtered and ordered on screen', async () => {
  await go('Queue');
  const grid = page.getByRole('grid', { name: 'Review queue' });
  await page.getByRole('searchbox', { name: 'Filter items' }).fill('grant');
  await grid.getByRole('columnheader').getByRole('button').first().click();
  await page.getByRole('button', { name: 'Export this list…' }).click();
  await expectFaultless();
  expect(await dialog().textContent()).toContain('Only items that mention “grant”.');
  const { name, content } = await exported('NDJSON');
  expect(name).toMatch(/^reviews-.*\.ndjson$/);
  const rows = content
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string; status: string });
  const total = await grid.getAttribute('aria-rowcount');
  expect(rows).toHaveLength(Number(total) - 1);
  expect(rows.length).toBeGreaterThan(2);
  expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['pending']));
});

it('exports the heatmap as a PNG of what is on screen', async () => {
  await go('Heatmap');
  await page.getByRole('button', { name: 'Export this picture…' }).click();
  const { name, content } = await exported('PNG');
  expect(name).toMatch(/^heatmap-.*\.png$/);
  expect(pngSize(content)?.width).toBeGreaterThan(2000);
});

it('offers a list wherever there is one', async () => {
  const lists: [screen: string, button: string][] = [
    ['Findings', 'Export this list…'],
    ['Conflicts', 'Export this list…'],
    ['Ledger', 'Export this list…'],
    ['Overview', 'Export this list…'],
    ['Evidence', 'OCSF events…'],
    ['Evidence', 'OSCAL results…'],
  ];
  for (const [screen, button] of lists) {
    await go(screen);
    await exportWith(button);
  }
  await go('Findings');
  for (const grouping of ['By finding', 'The source’s own']) {
    await page.getByRole('radio', { name: grouping, exact: true }).check();
    await exportWith('Export this list…');
  }
  await go('Heatmap');
  await page.getByRole('radio', { name: 'Table', exact: true }).check();
  const busiest = page.getByRole('grid', { name: 'Heatmap as a table' }).getByRole('row').nth(1);
  const count = await busiest.getByRole('gridcell').last().textContent();
  await busiest.click();
  await exportWith('Export this list…', `Rows${count}`);
  await go('Evidence');
  await expectFaultless();
});

it('lists past exports and says which is not as it was written', async () => {
  const oscal = page.getByRole('listitem').filter({ hasText: 'oscal-' });
  await oscal.getByRole('button', { name: /^Check/ }).click();
  await oscal.getByText('The file is as it was written.').waitFor();
  const name = (await oscal.locator('bdi').textContent()) ?? '';
  appendFileSync(join(station.workspace, 'exports', name), ' ');
  await oscal.getByRole('button', { name: /^Check/ }).click();
  await oscal.getByText('It was changed: its SHA-256 is another one.').waitFor();
});

it('writes the same from the command line', async () => {
  for (const [command, file] of [
    ['export-ocsf', 'events.ndjson'],
    ['export-oscal', 'results.json'],
    ['export-heatmap', 'heatmap.svg'],
  ] as const) {
    const path = join(station.workspace, file);
    await station.run(command, '--out', path);
    await station.run('export-check', path);
  }
});
