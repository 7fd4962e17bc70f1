// The heatmap by days and by actions, two periods compared, cells chosen with keys and with the pointer.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, zone, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await page.goto(new URL('/heatmap', station.url).href);
});
afterAll(() => station?.close());

const view = (name: string) => page.getByRole('radio', { name, exact: true });
const readOut = () => page.getByRole('main').getByRole('status', { name: 'Cell' });
const chart = (name: string) => page.getByRole('button', { name });

async function isSound(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect({ theme, faults: await seriousFaults(page) }).toEqual({ theme, faults: [] });
    expect(await layoutFaults(page)).toEqual([]);
  }
  await useTheme(page, 'light');
  expect(station.complaints).toEqual([]);
}

// The newest day reaches its first hour only, so the day below it is the newest with this hour.
it('shows days by their hours, and lists as many events of a cell as PostgreSQL counts', async () => {
  await view('Days').press('Space');
  const days = chart('Heatmap of days by hour');
  await days.focus();
  await days.press('ArrowDown');
  await days.press('ArrowDown');
  for (let hour = 0; hour < 10; hour += 1) await days.press('ArrowRight');
  const { rows } = await station.owner.query<{ date: string; events: number }>(
    `SELECT to_char(local, 'YYYY-MM-DD') AS date, count(*)::int AS events
       FROM (SELECT created_at AT TIME ZONE $1 AS local FROM np_auditlog_events) AS e
      WHERE extract(hour FROM local) = 10 GROUP BY 1 ORDER BY 1 DESC LIMIT 1`,
    [zone],
  );
  const { date, events } = rows[0]!;
  await expect.poll(() => readOut().innerText()).toBe(`${date} · 10:00–11:00 (${zone}) · ${events} events`);
  await days.press('Enter');
  const listed = page
    .getByRole('complementary', { name: 'Detail' })
    .getByRole('grid', { name: 'Events of the cell' });
  await expect.poll(() => listed.getAttribute('aria-rowcount')).toBe(String(1 + Math.min(events, 200)));
  await isSound();
  await page.getByRole('button', { name: 'Close the events' }).press('Enter');
});

it('shows each action on a stamp, and leads from it to its actors', async () => {
  await view('Actions').press('Space');
  const stamps = page.getByRole('button').filter({ has: page.getByRole('figure') });
  await expect.poll(() => stamps.count()).toBeGreaterThan(5);
  const { rows } = await station.owner.query<{ action: string; events: string }>(
    `SELECT event_type AS action, to_char(count(*), 'FM999,999') AS events FROM np_auditlog_events
      GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  expect(await stamps.first().innerText()).toContain(`${rows[0]!.events} events`);
  await isSound();
  await stamps.first().press('Enter');
  await chart('Heatmap of actors by hour of the week').waitFor();
  expect(await page.getByLabel('Action', { exact: true }).inputValue()).toBe(rows[0]!.action);
  await page.getByLabel('Action', { exact: true }).selectOption('');
});

it('chooses cells with Shift and the arrows, and narrows other lists by them until it is lifted', async () => {
  const week = chart('Heatmap of actors by hour of the week');
  await week.focus();
  await week.press('ArrowDown');
  await week.press('Home');
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) await week.press(`Shift+${key}`);
  const chosen = page.getByRole('region', { name: 'Chosen cells' });
  await expect
    .poll(() => chosen.innerText())
    .toMatch(/^2 actors, Monday 00:00 to Monday 03:00: [\d,]+ events?/);
  await chosen.getByRole('button', { name: 'Narrow queue and findings to these' }).press('Enter');
  const narrowed = page.getByRole('region', { name: 'Narrowed by the heatmap' });
  expect(await narrowed.innerText()).toContain(`Only 2 actors, Monday 00:00 to Monday 03:00 (${zone})`);
  await isSound();
  await narrowed.getByRole('button', { name: 'Show everything' }).press('Enter');
  await expect.poll(() => narrowed.count()).toBe(0);
  await week.focus();
  await week.press('Escape');
  await expect.poll(() => chosen.count()).toBe(0);
});

it('compares the last two weeks with the two before, and says both numbers of a cell', async () => {
  await page.getByLabel('Compare with an earlier period').press('Space');
  const change = chart('Change of actors by hour of the week');
  await change.focus();
  await change.press('ArrowDown');
  await expect
    .poll(() => readOut().innerText())
    .toMatch(/ · [\d,]+ events? now \([\d.]+ a week\), \d+ before \([\d.]+ a week\)$/);
  await isSound();
  await page.getByRole('button', { name: 'All days' }).press('Enter');
  await chart('Heatmap of actors by hour of the week').waitFor();
});

it('draws every order and scale, and zooms with plus and minus', async () => {
  for (const order of ['By name', 'Alike together', 'Busiest first'])
    await page.getByLabel('Order', { exact: true }).selectOption(order);
  for (const [scale, words] of [
    ['Linear', 'linear scale'],
    ['Each row by itself', 'share of the highest of its row'],
    ['Logarithmic', 'logarithmic scale'],
  ] as const) {
    await page.getByLabel('Scale', { exact: true }).selectOption(scale);
    await expect.poll(() => page.getByRole('group', { name: 'Colour scale' }).innerText()).toContain(words);
  }
  const week = chart('Heatmap of actors by hour of the week');
  const heightOf = async () => (await week.boundingBox())!.height;
  const before = await heightOf();
  await week.press('-');
  await expect.poll(heightOf).toBeLessThan(before);
  await week.press('+');
  await week.press('+');
  await expect.poll(heightOf).toBeGreaterThan(before);
  await isSound();
});
