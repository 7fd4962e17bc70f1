// The actors: listed with what is known of each, searched, and one of them in full, as PostgreSQL knows them.
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
  await page.goto(new URL('/actors', station.url).href);
  await grid().getByRole('row').nth(2).waitFor();
});
afterAll(() => station?.close());

const grid = () => page.getByRole('grid', { name: 'Actors' });
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const table = (name: string | RegExp) => detail().getByRole('table', { name });
const fact = (name: string) => detail().locator(`dt:text-is("${name}") + dd`).first().innerText();

async function ask(sql: string, ...values: unknown[]): Promise<Record<string, string>> {
  const { rows } = await station.owner.query<Record<string, string>>(sql, values);
  return rows[0]!;
}

async function isSound(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect({ theme, faults: await seriousFaults(page) }).toEqual({ theme, faults: [] });
  }
  for (const width of [1024, 2560, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  await useTheme(page, 'light');
  expect(station.complaints).toEqual([]);
}

it('lists everybody, the riskiest first, and sorts by what a header says', async () => {
  const { count } = await ask(
    "SELECT count(DISTINCT nullif(actor_user_id::text, '')) FROM np_auditlog_events",
  );
  await expect.poll(() => page.getByRole('status', { name: 'How many' }).innerText()).toBe(`${count} actors`);
  const risks = await grid().getByRole('row').locator('td:nth-child(2)').allInnerTexts();
  const numbers = risks.map(Number);
  expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
  expect(numbers[0]).toBeGreaterThan(0);
  await isSound();
  await grid().getByRole('button', { name: 'Events' }).press('Enter');
  const busiest = await ask(
    `SELECT actor_user_id::text AS actor, count(*) FROM np_auditlog_events
      GROUP BY 1 ORDER BY 2 DESC LIMIT 1`,
  );
  await expect
    .poll(async () =>
      (await grid().getByRole('row').nth(1).locator('td:nth-child(6)').innerText()).replace(/\D/g, ''),
    )
    .toBe(busiest['count']);
});

it('tells of one what PostgreSQL holds of them, and follows a value to its events', async () => {
  const found = (await station.run('findings')) as { actor: string; actorName: string | null }[];
  const { actor } = found.find((one) => one.actor !== '')!;
  await page.keyboard.press('/');
  await page.keyboard.type(actor);
  await expect.poll(() => grid().getByRole('row').count()).toBe(2);
  await page.keyboard.press('Tab');
  await grid().getByRole('row').nth(1).click();
  await table('Sessions').waitFor();
  const known = await ask(
    `SELECT count(*), count(DISTINCT ip_address) AS addresses FROM np_auditlog_events
      WHERE actor_user_id::text = $1`,
    actor,
  );
  expect((await fact('Events')).replace(/\D/g, '')).toBe(known['count']);
  const addresses = await table('Addresses').getByRole('rowheader').count();
  expect(addresses).toBe(Math.min(6, Number(known['addresses'])));
  await table('Findings about them').getByRole('rowheader').first().waitFor();
  await isSound();
  const first = table('Actions').getByRole('row').nth(1);
  const events = (await first.getByRole('cell').first().innerText()).replace(/\D/g, '');
  await first.getByRole('button').press('Enter');
  await page.getByRole('grid', { name: 'Events' }).waitFor();
  await expect
    .poll(async () => (await page.getByRole('status', { name: 'How many' }).innerText()).replace(/\D/g, ''))
    .toBe(events);
});

it('comes back to the same profile from an event, and shows every number as a table', async () => {
  await page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1).click();
  await detail().getByRole('button', { name: 'Profile of the actor' }).press('Enter');
  await table('Sessions').waitFor();
  for (const name of ['Risk day by day', 'Events an hour, on average']) {
    await detail().locator('summary').filter({ hasText: name }).click();
    await table(name).waitFor();
  }
  await page.getByRole('radio', { name: '7 days' }).press('Space');
  await expect.poll(() => page.getByRole('radio', { name: '7 days' }).isChecked()).toBe(true);
  await table('Sessions').waitFor();
  await isSound();
});

it('leads to a finding about the actor', async () => {
  await table('Findings about them').getByRole('button').first().press('Enter');
  await page.getByRole('heading', { name: 'Findings', exact: true }).waitFor();
  await detail().getByRole('heading', { level: 2 }).first().waitFor();
  expect(station.complaints).toEqual([]);
});

it('shows the profile in place of the list in a window enlarged twofold', async () => {
  await page.getByRole('link', { name: 'Actors' }).press('Enter');
  await page.setViewportSize({ width: 720, height: 450 });
  await page.getByRole('button', { name: 'Back to the list' }).press('Enter');
  await expect.poll(() => grid().getByRole('row').count()).toBeGreaterThan(1);
  expect(station.complaints).toEqual([]);
});
