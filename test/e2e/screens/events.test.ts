// The events: all of them walked through, narrowed, searched, laid out over time, saved as a view and exported.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, zone, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  await page.goto(new URL('/events', station.url).href);
  await page
    .getByText(/^[\d,]+ events$/)
    .first()
    .waitFor();
});
afterAll(() => station?.close());

const total = () => page.getByRole('status', { name: 'How many' }).innerText();
const grid = () => page.getByRole('grid', { name: 'Events' });
const selected = () => grid().getByRole('row', { selected: true });
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const chips = () => page.getByRole('list', { name: 'Narrowed to' });
const button = (name: string) => page.getByRole('button', { name, exact: true });

/** One row of the sample, as PostgreSQL tells it. */
async function ask(sql: string, ...values: unknown[]): Promise<Record<string, string>> {
  const { rows } = await station.owner.query<Record<string, string>>(sql, values);
  return rows[0]!;
}

const eventsWord = (count: string | undefined) =>
  `${Number(count).toLocaleString('en-GB')} event${count === '1' ? '' : 's'}`;

async function isSound(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect({ theme, faults: await seriousFaults(page) }).toEqual({ theme, faults: [] });
    expect(await layoutFaults(page)).toEqual([]);
  }
  await useTheme(page, 'light');
  expect(station.complaints).toEqual([]);
}

it('counts what PostgreSQL counts, and walks by key from the newest event to the oldest', async () => {
  const { count } = await ask('SELECT count(*) FROM np_auditlog_events');
  expect(await total()).toBe(eventsWord(count));
  expect(await grid().getAttribute('aria-rowcount')).toBe(String(Number(count) + 1));
  await page.keyboard.press('j');
  const newest = await ask(
    'SELECT id::text FROM np_auditlog_events ORDER BY created_at DESC, id DESC LIMIT 1',
  );
  await detail().getByText(newest['id']!).waitFor();
  await grid().focus();
  await page.keyboard.press('End');
  const oldest = await ask('SELECT id::text FROM np_auditlog_events ORDER BY created_at, id LIMIT 1');
  await detail().getByText(oldest['id']!).waitFor();
  expect(await selected().getAttribute('aria-rowindex')).toBe(String(Number(count) + 1));
  await page.keyboard.press('Home');
  await detail().getByText(newest['id']!).waitFor();
  await isSound();
});

it('scrolls anywhere by the scroll bar, and reads the rows there', async () => {
  await grid().evaluate((table) => {
    const scroller = table.closest<HTMLElement>('[class*="scroller"]')!;
    scroller.scrollTop = scroller.scrollHeight / 2;
  });
  const middle = grid().getByRole('row').nth(3);
  const rowThere = async () => Number(await middle.getAttribute('aria-rowindex')) - 2;
  await expect.poll(rowThere).toBeGreaterThan(1000);
  await expect.poll(() => middle.getAttribute('aria-busy')).toBeNull();
  const row = await rowThere();
  const event = await ask(
    `SELECT id::text, event_type AS action FROM np_auditlog_events
      ORDER BY created_at DESC, id DESC OFFSET $1 LIMIT 1`,
    row,
  );
  await middle.click();
  await detail().getByText(event['id']!).waitFor();
  expect(await middle.innerText()).toContain(event['action']);
});

it('jumps to a moment on the clocks of the workspace', async () => {
  const { clock } = await ask(
    `SELECT to_char(created_at AT TIME ZONE $1, 'YYYY-MM-DD"T"HH24:MI') AS clock
       FROM np_auditlog_events ORDER BY created_at DESC OFFSET 2000 LIMIT 1`,
    zone,
  );
  const { id } = await ask(
    `SELECT id::text FROM np_auditlog_events WHERE created_at <= $1::timestamp AT TIME ZONE $2
      ORDER BY created_at DESC, id DESC LIMIT 1`,
    clock,
    zone,
  );
  await page.keyboard.press('d');
  await page.getByLabel(`Jump to (${zone})`).fill(clock!);
  await button('Jump').press('Enter');
  await detail().getByText(id!).waitFor();
  await expect.poll(() => selected().count()).toBe(1);
});

it('narrows by a value of the event, by one that is typed, and by words, and widens chip by chip', async () => {
  const event = await ask(
    `SELECT actor_user_id::text AS actor, event_type AS action FROM np_auditlog_events
      WHERE actor_user_id IS NOT NULL ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  await button('Add a filter…').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Add a filter' });
  await dialog.getByLabel('Field').selectOption('actor');
  await dialog.getByLabel('Value').fill(event['actor']!);
  await isSound();
  await dialog.getByRole('button', { name: 'Narrow' }).press('Enter');
  const ofActor = await ask(
    'SELECT count(*) FROM np_auditlog_events WHERE actor_user_id::text = $1',
    event['actor'],
  );
  await expect.poll(total).toBe(eventsWord(ofActor['count']));
  await grid().getByRole('row').nth(1).click();
  await button('Same action').press('Enter');
  const ofBoth = await ask(
    'SELECT count(*) FROM np_auditlog_events WHERE actor_user_id::text = $1 AND event_type = $2',
    event['actor'],
    event['action'],
  );
  await expect.poll(total).toBe(eventsWord(ofBoth['count']));
  // What was read stays in view, on the row it has now.
  await expect.poll(() => selected().getAttribute('aria-rowindex')).toBe('2');
  await isSound();
  await chips()
    .getByRole('button', { name: /^Remove the filter Actor/ })
    .press('Enter');
  await page.getByRole('searchbox', { name: 'Search events' }).fill('no such words anywhere');
  await page.getByText('No event matches.').waitFor();
  await isSound();
  await button('Show all events').press('Enter');
  await expect.poll(() => chips().count()).toBe(0);
  await expect.poll(total).toBe(eventsWord((await ask('SELECT count(*) FROM np_auditlog_events'))['count']));
});

it('chooses a stretch of time with the keys, shows only that in the chart, and keeps it as a view', async () => {
  const chart = button('Events over time');
  await chart.focus();
  await chart.press('ArrowRight');
  for (let step = 0; step < 9; step += 1) await chart.press('ArrowLeft');
  for (let step = 0; step < 4; step += 1) await chart.press('Shift+ArrowLeft');
  const held = await page.getByRole('status', { name: 'Stretch of time' }).innerText();
  const [, from, to, events] = /^(.+) to (.+): ([\d,]+ events)$/.exec(held)!;
  const { count } = await ask(
    `SELECT count(*) FROM np_auditlog_events
      WHERE created_at >= $1::timestamp AT TIME ZONE $3 AND created_at < $2::timestamp AT TIME ZONE $3`,
    from,
    to,
    zone,
  );
  expect(events).toBe(eventsWord(count));
  await chart.press('Enter');
  await expect.poll(total).toBe(events);
  await button('Show only the chosen stretch in the chart').press('Enter');
  await chips().getByText(`${from} to ${to}`).waitFor();
  await isSound();
  await button('Saved views…').press('Enter');
  const views = page.getByRole('dialog', { name: 'Saved views of the events' });
  await views.getByLabel('Name of what is shown now').fill('five bars');
  await isSound();
  await views.getByRole('button', { name: 'Save the view' }).press('Enter');
  await expect.poll(() => views.count()).toBe(0);
  await button('Show all events').press('Enter');
  await expect.poll(total).not.toBe(events);
  await button('Saved views…').press('Enter');
  await views.getByRole('button', { name: 'five bars', exact: true }).press('Enter');
  await expect.poll(total).toBe(events);
});

it('exports exactly what it is narrowed to', async () => {
  const words = Number((await total()).replace(/\D/g, ''));
  await button('Export this list…').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByText(/^Only from .* \(Europe\/Berlin\)\.$/).waitFor();
  await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter');
  const written = dialog.getByRole('region', { name: 'Exported file' });
  await written.getByText('The file was written.').waitFor();
  const facts = await written.getByRole('definition').allInnerTexts();
  expect(facts.slice(1, 3)).toEqual([words.toLocaleString('en-GB'), words.toLocaleString('en-GB')]);
  await dialog.getByRole('button', { name: 'Done' }).press('Enter');
  await button('Show all events').press('Enter');
});

it('honours the cells chosen in the heatmap, and opens the heatmap for what it is narrowed to', async () => {
  const everything = await total();
  await page.getByRole('link', { name: 'Heatmap' }).press('Enter');
  const week = page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
  await week.focus();
  await week.press('ArrowDown');
  await week.press('Home');
  for (let step = 0; step < 40; step += 1) await week.press('Shift+ArrowRight');
  const chosen = page.getByRole('region', { name: 'Chosen cells' });
  const events = /: ([\d,]+ events?)/.exec(await chosen.innerText())![1];
  await chosen.getByRole('button', { name: /^Narrow/ }).press('Enter');
  await page.getByRole('link', { name: 'Events' }).press('Enter');
  await expect.poll(total).toBe(events);
  await page
    .getByRole('region', { name: 'Narrowed by the heatmap' })
    .getByRole('button', { name: 'Show everything' })
    .press('Enter');
  await expect.poll(total).toBe(everything);
  await grid().getByRole('row').nth(1).click();
  await button('Same actor').press('Enter');
  await button('Open in the heatmap').press('Enter');
  await page.getByRole('button', { name: 'Heatmap of days by hour' }).waitFor();
  await page.getByRole('link', { name: 'Events' }).press('Enter');
  await button('Show all events').press('Enter');
});

it('shows rows, and one event in their place, in a window enlarged twofold', async () => {
  await page.setViewportSize({ width: 720, height: 450 });
  await expect.poll(() => grid().getByRole('row').count()).toBeGreaterThan(4);
  await grid().getByRole('row').nth(2).click();
  await detail().getByRole('heading', { name: 'Before and after, by the same actor' }).waitFor();
  await button('Back to the list').press('Enter');
  await grid().waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(station.complaints).toEqual([]);
});
