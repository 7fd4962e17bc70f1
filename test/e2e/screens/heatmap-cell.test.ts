// A heatmap cell found and opened with the keyboard alone holds exactly the events PostgreSQL counts for it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sampleEnd } from '../../support/station.ts';
import { openSmallStation, zone, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

/** More events in one cell than one page of the list holds. */
const burst = { actor: 'burst', events: 430, at: '2026-11-04T13:00:00Z' };

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.owner.query(
    `INSERT INTO np_auditlog_events (id, actor_user_id, actor_type, event_type, created_at)
     SELECT gen_random_uuid()::text, $1, 'user', 'document.read', $2::timestamptz + n * interval '8 seconds'
     FROM generate_series(1, $3::int) AS n`,
    [burst.actor, burst.at, burst.events],
  );
  await station.fill();
  await page.goto(new URL('/heatmap', station.url).href);
});
afterAll(() => station?.close());

type Cell = { actor: string; hour: number; events: number };

/** Rows as the screen orders them, busiest actors first; hour 0 is Monday 00:00 in the zone. */
async function countedByPostgres(): Promise<{ actors: string[]; cells: Cell[]; total: number }> {
  const { rows } = await station.owner.query<Cell>(
    `SELECT actor_user_id AS actor,
            ((extract(isodow FROM local) - 1) * 24 + extract(hour FROM local))::int AS hour,
            count(*)::int AS events
     FROM (SELECT actor_user_id, created_at AT TIME ZONE $1 AS local
           FROM np_auditlog_events WHERE created_at < $2) AS e
     GROUP BY 1, 2`,
    [zone, sampleEnd],
  );
  const totals = new Map<string, number>();
  for (const { actor, events } of rows) totals.set(actor, (totals.get(actor) ?? 0) + events);
  const actors = [...totals.keys()]
    .filter((actor) => actor !== '')
    .toSorted((left, right) => {
      return totals.get(right)! - totals.get(left)! || (left < right ? -1 : 1);
    });
  return { actors, cells: rows, total: rows.reduce((sum, { events }) => sum + events, 0) };
}

const chart = () => page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
const readOut = () => page.getByRole('main').getByRole('status', { name: 'Cell' });
const listed = () =>
  page.getByRole('complementary', { name: 'Detail' }).getByRole('grid', { name: 'Events of the cell' });

async function press(key: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) await page.keyboard.press(key);
}

async function tabTo(name: string): Promise<void> {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  for (let count = 0; (await focused()) !== name; count += 1) {
    if (count === 60) throw new Error(`The Tab key never reaches “${name}”.`);
    await page.keyboard.press('Tab');
  }
}

/** From wherever the cursor is to a cell. */
async function moveTo(row: number, hour: number): Promise<void> {
  await press('ArrowUp', 40);
  await press('Home', 1);
  await press('ArrowDown', row);
  await press('ArrowRight', hour);
}

it('opens cells with the keyboard and lists as many events as PostgreSQL counts', async () => {
  const { actors, cells, total } = await countedByPostgres();
  await chart().waitFor();
  await expect
    .poll(() => page.getByRole('main').innerText())
    .toContain(`${total.toLocaleString('en-US')} events of`);
  await tabTo('Heatmap of actors by hour of the week');
  await page.keyboard.press('ArrowRight');
  const busiest = cells.toSorted((left, right) => right.events - left.events);
  const chosen = [busiest[0]!, busiest.find(({ events, hour }) => events === 2 && hour > 100)!];
  expect(chosen[0]).toMatchObject({ actor: burst.actor, events: burst.events });
  for (const { actor, hour, events } of chosen) {
    await tabTo('Heatmap of actors by hour of the week');
    await moveTo(actors.indexOf(actor), hour);
    await expect.poll(() => readOut().innerText()).toMatch(new RegExp(`${actor}.* · ${events} events$`));
    await page.keyboard.press('Enter');
    await expect
      .poll(async () => listed().getAttribute('aria-rowcount'))
      .toBe(String(1 + Math.min(events, 200)));
    await loadOlder();
    expect(await listed().getAttribute('aria-rowcount')).toBe(String(1 + events));
    expect(await page.getByRole('complementary').innerText()).toContain(`${events} events in this hour`);
  }
  expect(station.complaints).toEqual([]);
});

/** Every further page, asked for with the keyboard. */
async function loadOlder(): Promise<void> {
  const more = page.getByRole('button', { name: 'Load older events' });
  while ((await more.count()) > 0) {
    const before = await listed().getAttribute('aria-rowcount');
    await more.press('Enter');
    await expect.poll(() => listed().getAttribute('aria-rowcount')).not.toBe(before);
  }
}

it('shows in the table the same cell the heatmap shows', async () => {
  await page.getByRole('radio', { name: 'Table' }).press('Space');
  const table = page.getByRole('grid', { name: 'Heatmap as a table' });
  const { cells } = await countedByPostgres();
  await expect.poll(() => table.getAttribute('aria-rowcount')).toBe(String(1 + cells.length));
  await table.press('ArrowDown');
  await expect
    .poll(() => table.getByRole('row', { selected: true }).innerText())
    .toMatch(/burst\s+Wednesday 14:00–15:00\s+430/);
});
