// People in the data, under Settings: masked on every screen, looked behind with a reason, and one of them erased.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  await page.goto(new URL('/', station.url).href);
  await openPrivacy();
});
afterAll(() => station?.close());

const open = (screen: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();
const openPrivacy = async () => {
  await open('Settings');
  await page.getByRole('link', { name: 'Privacy', exact: true }).click();
};
const panel = () => page.getByRole('region', { name: 'People in the data' });
const topActors = async () =>
  (await station.run('top-actors')) as { actor: string; actorName: string | null }[];

async function expectFaultless() {
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

it('masks names on the screens, shows one for a time, and erases a person', async () => {
  const named = (await topActors()).find(({ actor, actorName }) => actor !== '' && actorName !== null)!;
  await panel().getByRole('button', { name: 'Mask names' }).click();
  await panel().getByLabel('What the data are looked at for').fill('Monthly review');
  await expectFaultless();
  await panel().getByRole('button', { name: 'Mask names' }).click();
  await panel().getByText('Actors are shown as pseudonyms.').waitFor();
  await open('Heatmap');
  await page
    .getByText(/^Actor [0-9A-Z]{4}-[0-9A-Z]{4}/)
    .first()
    .waitFor();
  await expect.poll(() => page.getByText(named.actorName!).count()).toBe(0);

  await openPrivacy();
  await panel().getByRole('button', { name: 'Look behind' }).click();
  await panel().getByLabel('Reason for looking').fill('Hand-over');
  await panel().getByRole('button', { name: 'Look behind' }).click();
  await panel().getByText('Everybody is shown by name until').waitFor();
  await panel().getByRole('button', { name: 'Erase a person' }).click();
  await panel().getByLabel('Actor to erase').fill(named.actor);
  await panel().getByLabel('Reason for the erasure').fill('Asked for by letter');
  await expectFaultless();
  await panel().getByRole('button', { name: 'Erase for good' }).click();
  await panel()
    .getByText(/^Erased; the person is counted as Actor/)
    .waitFor();
  await expectFaultless();
  expect((await topActors()).map(({ actor }) => actor)).not.toContain(named.actor);
});
