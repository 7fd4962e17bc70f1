// A decision that needs a second person, on screen: what waits, who may speak, and the settings behind it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { otto } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  const pending = (await station.run('reviews', '--status', 'pending')) as { id: string; action: string }[];
  const grant = pending.find(({ action }) => action === 'role_grant')!;
  await station.run('decide', grant.id, 'revoke', '--reason', 'nobody asked for this role');
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

async function expectFaultless(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(station.complaints).toEqual([]);
}

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const second = () =>
  page.getByRole('complementary', { name: 'Detail' }).getByRole('region', { name: 'Second person' });

const ledgerEntries = async () => ((await station.run('status')) as { ledgerEntries: number }).ledgerEntries;

async function showWaiting(): Promise<void> {
  await go('Review queue');
  await page.getByRole('radio', { name: /^To second/ }).press('Space');
  await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
  await second().waitFor();
}

it('tells the first reviewer that it waits, and lets them say nothing more', async () => {
  await showWaiting();
  expect(await second().innerText()).toMatch(
    /awaits a second person[\s\S]*Revoke, on role_grant or privilege\.change/,
  );
  expect(await second().getByRole('button', { name: 'Concur' }).count()).toBe(0);
  await expectFaultless();
});

it('records nothing for a reviewer that another door set, until the window goes on as that person', async () => {
  await station.run('reviewer', '--name', otto.name, '--id', otto.id, '--email', otto.email);
  await page.getByText('The reviewer of this workspace is now Otto Other.').waitFor();
  await page.getByRole('radio', { name: /^To decide/ }).press('Space');
  await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
  const detail = page.getByRole('complementary', { name: 'Detail' });
  await detail.getByRole('button', { name: 'Revoke', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Revoke one item' });
  await dialog.getByText('as Rita Reviewer').waitFor();
  await dialog.getByLabel('Reason').fill('typed by Rita');
  const entries = await ledgerEntries();
  await dialog.getByRole('button', { name: 'Revoke one item' }).click();
  await dialog.getByText(/is now Otto Other. Nothing was recorded./).waitFor();
  expect(await ledgerEntries()).toBe(entries);
  // The refusal itself.
  expect(station.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  await expectFaultless();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Go on as Otto Other' }).click();
  await page.getByText('The reviewer of this workspace is now Otto Other.').waitFor({ state: 'detached' });
  await showWaiting();
  await second().getByText('as Otto Other').waitFor();
});

it('lets another reviewer disagree, then concur, each with a reason', async () => {
  const disagree = second().getByRole('button', { name: 'Disagree' });
  expect(await disagree.isDisabled()).toBe(true);
  await second().getByLabel('What you looked at').fill('she was asked to');
  await expectFaultless();
  await disagree.click();
  await second().getByText('The second person disagrees').waitFor();
  expect(await second().getByRole('listitem').innerText()).toMatch(
    /Disagrees\s+Otto Other[\s\S]*she was asked to/,
  );
  await expectFaultless();
  await second().getByLabel('What you looked at').fill('the ticket was withdrawn');
  await second().getByRole('button', { name: 'Concur' }).click();
  await expect
    .poll(() => station.run('status'), { timeout: 60_000 })
    .toMatchObject({ unsent: 1, awaitingSecond: 0 });
});

it('shows and changes aliases and rules in the settings', async () => {
  await go('Settings');
  await page.getByRole('link', { name: 'Independence', exact: true }).click();
  await page.getByRole('button', { name: 'Add aliases' }).click();
  await page.getByLabel('One id a line').fill('otto.admin\no2');
  await page.getByLabel('Reason for the aliases').fill('HR list');
  await page.getByRole('button', { name: 'Change rules' }).click();
  await page.getByRole('checkbox', { name: /of severity high or critical, calling it/ }).press('Space');
  await page.getByLabel('Reason for the rules').fill('too few people');
  await expectFaultless();
  await page.getByRole('button', { name: 'Add for good' }).click();
  await page
    .getByRole('list', { name: `Aliases of ${otto.id}` })
    .getByText('otto.admin')
    .waitFor();
  await page.getByRole('button', { name: 'Save rules' }).click();
  await page.getByRole('button', { name: 'Change rules' }).waitFor();
  expect(await station.run('four-eyes')).toHaveLength(3);
  await expectFaultless();
});
