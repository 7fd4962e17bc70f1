// The window’s process is killed while a reason is being written: a new window has all of it, and the decision takes it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Decision, Review } from '../../../src-shared/model/review.ts';
import { openWindow } from './loopback-door.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;

beforeAll(async () => {
  station = await openSmallStation();
  await station.fill();
  await station.setReviewer();
});
afterAll(() => station?.close());

const reason = 'The ticket names another role; asked the owner, who';
const drafts = () => readFileSync(join(station.workspace, 'drafts.json'), 'utf8');

async function findItem(page: Page, id: string) {
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.getByRole('searchbox', { name: 'Filter items' }).fill(id);
  const row = page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1);
  await row.click();
  await page.getByRole('complementary', { name: 'Detail' }).getByText(id, { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  return row;
}

it('keeps a draft whose window was killed', async () => {
  const { page } = station;
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('heading', { name: 'Most active' }).waitFor();
  const [item] = (await station.run('reviews', '--status', 'pending')) as Review[];
  const { id } = item!;
  await findItem(page, id);
  await page.keyboard.press('r');
  await page.getByRole('dialog', { name: 'Revoke one item' }).waitFor();
  await page.keyboard.type(reason);
  await expect.poll(drafts).toContain(reason);
  await kill(page);

  const other = await openWindow(station.browser, station.url);
  await other.page.getByRole('heading', { name: 'Most active' }).waitFor();
  const row = await findItem(other.page, id);
  await row.getByText('A reason is half written').waitFor();
  await other.page.keyboard.press('r');
  const dialog = other.page.getByRole('dialog', { name: 'Revoke one item' });
  await expect.poll(() => dialog.getByLabel('Reason').inputValue()).toBe(reason);
  await other.page.keyboard.press('End');
  await other.page.keyboard.type(' said no.');
  await other.page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const { decisions } = (await station.run('review', id)) as { decisions: Decision[] };
  expect(decisions).toMatchObject([{ decision: 'revoke', reason: `${reason} said no.` }]);
  await expect.poll(drafts).not.toContain(reason);
  expect(other.complaints).toEqual([]);
  await other.context.close();
});

/** Ends the renderer’s process at once: nothing of the page runs any more. */
async function kill(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}
