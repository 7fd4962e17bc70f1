// The browser over all mirrored events, against a table with a row in the document for each of far fewer.
import type { Browser, Page } from 'playwright-core';
import type { TestPostgres } from '../../support/postgres.ts';
import type { Dataset } from '../speed/dataset.ts';
import { figure, memoryFigure, spreadOf, type ScreenFigure } from './figures.ts';
import { rendererBytes } from './memory.ts';
import type { PlainRow } from './plain-table.ts';
import { goTo } from './start.ts';
import { openYardstick } from './yardstick-page.ts';

export const plainRows = 20_000;
const scrollFrames = 120;
const rareAction = 'role.grant';

export type EventTimes = {
  open: number;
  end: number;
  /** Rows painted; and all that match counted. */
  filter: number;
  counted: number;
  jump: number;
  scroll: number[];
  bytes: number;
};

/** @param browser The one of the page, for its memory. */
export async function browseEvents(
  browser: Browser,
  page: Page,
  { events, endMs }: Dataset,
): Promise<EventTimes> {
  const clickedAt = await goTo(page, '/events');
  const open = (await paintedRows(page)) - clickedAt;
  await waitForTotal(page, `${events.toLocaleString('en-GB')} events`);
  const scroll = await scrollThrough(page);
  const grid = page.getByRole('grid', { name: 'Events' });
  await grid.focus();
  await page.evaluate((last) => {
    marks.since('keydown', () => document.querySelector(`tr[data-row="${last}"]:not([aria-busy])`) !== null);
  }, events - 1);
  await page.keyboard.press('End');
  const end = await page.evaluate(() => marks.measured);
  const jump = await jumpTo(
    page,
    new Date(endMs - 45 * 86_400_000 + 11 * 3_600_000).toISOString().slice(0, 16),
  );
  await page.getByRole('searchbox', { name: 'Search events' }).focus();
  await page.evaluate((action) => {
    marks.since('input', () => {
      const rows = [...document.querySelectorAll('main tr[data-row]:not([aria-busy])')];
      return rows.length > 0 && rows.every((row) => row.textContent.includes(action));
    });
  }, rareAction);
  const typedAt = await page.evaluate(() => performance.now());
  await page.keyboard.insertText(rareAction);
  const filter = await page.evaluate(() => marks.measured);
  await page.waitForFunction(() => {
    const total = document.querySelector('output[aria-label="How many"]')?.textContent ?? '';
    return total !== '' && !total.startsWith('at least');
  });
  const counted = (await page.evaluate(() => performance.now())) - typedAt;
  const bytes = await rendererBytes(browser);
  return { open, end, filter, counted, jump, scroll, bytes };
}

const paintedRows = (page: Page) =>
  page.evaluate(() =>
    marks.paintedWhen(() => document.querySelector('main tr[data-row="0"]:not([aria-busy])') !== null),
  );

const waitForTotal = (page: Page, words: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('output[aria-label="How many"]')?.textContent === wanted,
    words,
  );

async function scrollThrough(page: Page): Promise<number[]> {
  return page.evaluate(async (count) => {
    const scroller = document.querySelector('main table')?.parentElement?.parentElement?.parentElement;
    if (!scroller) throw new Error('No events are listed.');
    return marks.frames(() => {
      scroller.dispatchEvent(new WheelEvent('wheel', { deltaY: 400, bubbles: true, cancelable: true }));
    }, count);
  }, scrollFrames);
}

/** @param clock Local date and time. */
async function jumpTo(page: Page, clock: string): Promise<number> {
  await page.locator('input[type="datetime-local"]').fill(clock);
  return page.evaluate(
    async (day) => {
      const from = performance.now();
      document.querySelector<HTMLElement>('form button[type="submit"]')?.click();
      const painted = await marks.paintedWhen(() =>
        [...document.querySelectorAll('main tr[aria-selected="true"]:not([aria-busy])')].some((row) =>
          row.textContent.includes(day),
        ),
      );
      return painted - from;
    },
    clock.slice(0, 10),
  );
}

export async function browsePlainly(browser: Browser, rows: readonly PlainRow[]): Promise<EventTimes> {
  const page = await openYardstick(browser, 'plain-table.ts');
  await page.evaluate((loaded) => plainTable.load(loaded), rows);
  const open = await page.evaluate(() => plainTable.open());
  const scroll = await page.evaluate((count) => plainTable.scroll(count), scrollFrames);
  const end = await page.evaluate(() => plainTable.scrollToEnd());
  const jump = await page.evaluate((row) => plainTable.jump(row), Math.floor(rows.length / 2));
  const bytes = await rendererBytes(browser);
  const filter = await page.evaluate((action) => plainTable.filter(action), rareAction);
  await page.close();
  return { open, end, filter, counted: filter, jump, scroll, bytes };
}

/** The newest events, with what the screen’s columns show. */
export async function newestEvents(postgres: TestPostgres, { database }: Dataset): Promise<PlainRow[]> {
  const rows = await postgres.query<{ cells: string[] }>(
    `SELECT ARRAY[created_at::text, actor_user_id, event_type, resource_type || ' ' || resource_id, ip_address, severity] AS cells
       FROM np_auditlog_events ORDER BY created_at DESC, id DESC LIMIT $1`,
    [plainRows],
    database,
  );
  return rows.map(({ cells }) => cells);
}

export function eventFigures(all: number, ours: EventTimes, plain: EventTimes): ScreenFigure[] {
  const name = `${all.toLocaleString('en-GB')} events (plain: ${plainRows.toLocaleString('en-GB')})`;
  return [
    figure(`${name}: open, first rows painted`, ours.open, plain.open),
    figure(`${name}: to the last event`, ours.end, plain.end),
    figure(`${name}: jump to a date`, ours.jump, plain.jump),
    figure(`${name}: search, first rows painted`, ours.filter, plain.filter),
    figure(`${name}: search, all counted`, ours.counted, plain.counted),
    ...spreadOf(`${name}: frame while scrolling`, ours.scroll, plain.scroll),
    memoryFigure(`${name}: renderer`, ours.bytes, plain.bytes),
  ];
}
