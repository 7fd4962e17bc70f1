// What every screen has in common: what is not as it was left, what stays here after sending, room when enlarged, paper, system colours.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Review } from '../../../src-shared/model/review.ts';
import { otto, rita } from '../../support/station.ts';
import { layoutFaults } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let items: Review[];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  const waiting = (await station.run('reviews', '--status', 'pending')) as Review[];
  items = waiting.filter(
    ({ actor, severity }) => actor !== null && actor !== rita.id && severity !== 'critical',
  );
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

const main = () => page.getByRole('main');
const dialog = (name: string) => page.getByRole('dialog', { name });
const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();

it('says after sending what is not in the database all the same, and counts what a pack will hold', async () => {
  await station.run('decide', items[0]!.id, 'certify', '--reason', 'fine');
  await station.run('decide', items[1]!.id, 'abstain', '--reason', 'not my system');
  await page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
  await dialog('Send decisions')
    .getByRole('button', { name: /^Send 1/ })
    .press('Enter');
  const report = dialog('Decisions sent');
  await report.getByText('The decision that was sent is in the audit database.').waitFor();
  await report
    .getByRole('region', { name: 'Not in the audit database' })
    .getByText('Kept here: 1 decision')
    .waitFor();
  await page.keyboard.press('Escape');
  await main().getByText('2 decisions in force can go into a signed evidence pack.').waitFor();
  await go('Evidence');
  await main()
    .getByText(/2 decisions of ours/)
    .waitFor();
  await go('Overview');
});

it('does not call a refresh good that found what nobody here brought about, and leads to it', async () => {
  await station.owner.query(
    'UPDATE np_audit_privileged_reviews SET reviewer_id = NULL, reviewed_at = NULL, notes = NULL WHERE id = $1',
    [items[0]!.id],
  );
  await station.owner.query(
    `UPDATE np_audit_privileged_reviews SET reviewer_id = $2, reviewed_at = now(), notes = 'done' WHERE id = $1`,
    [items[2]!.id, otto.id],
  );
  await page.getByRole('banner').getByRole('button', { name: 'Refresh' }).click();
  await page
    .getByRole('status')
    .getByText(/1 is open again although it was decided and 1 review item was decided elsewhere/)
    .waitFor();
  const drift = main().getByRole('region', { name: 'Not as it was left' });
  await expect.poll(() => drift.getByRole('listitem').count()).toBe(2);
  await drift.getByRole('button', { name: /^Show: 1 is open again/ }).click();
  await page.getByRole('grid', { name: 'Review queue' }).locator(`[data-row="${items[0]!.id}"]`).waitFor();
});

it('says of a row that was wiped whom to ask, once', async () => {
  await go('Conflicts');
  await page.getByRole('grid', { name: 'Conflicts' }).locator(`[data-row="${items[0]!.id}"]`).click();
  const table = main().getByRole('table', { name: 'Both decisions' });
  await table.waitFor();
  expect(await table.getByText('the row is open again').count()).toBe(1);
  await main()
    .getByText(/ask whoever runs the database/)
    .waitFor();
});

it.each(['Conflicts', 'Ledger'])(
  '%s has room for the list and for one of it where everything is twice as large',
  async (screen) => {
    await page.setViewportSize({ width: 720, height: 450 });
    await go(screen);
    if (screen === 'Ledger') {
      await page.getByRole('grid', { name: screen }).getByRole('row').nth(1).waitFor();
      await page.keyboard.press('j');
    }
    await page.getByRole('button', { name: 'Back to the list' }).click();
    const list = page.getByRole('grid', { name: screen });
    await list.getByRole('row').nth(1).waitFor();
    const box = await list.getByRole('row').nth(1).boundingBox();
    expect(box!.y + box!.height).toBeLessThan(450);
    expect(await layoutFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  },
);

it('puts a list on paper in full, without buttons', async () => {
  await go('Ledger');
  const list = page.getByRole('grid', { name: 'Ledger' });
  await list.waitFor();
  const total = Number(await list.getAttribute('aria-rowcount'));
  await page.setViewportSize({ width: 1440, height: 400 });
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  expect(await list.getByRole('row').count()).toBe(total);
  const sticksOut = await main().evaluate((pane) => getComputedStyle(pane).overflowY !== 'visible');
  expect(sticksOut).toBe(false);
  expect(await page.getByRole('button', { name: 'Refresh' }).isVisible()).toBe(false);
  expect(await main().getByRole('button', { name: 'Copy' }).first().isVisible()).toBe(false);
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width: 1440, height: 900 });
});

it('outlines what is selected where the colours are the system’s', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  const outlined = (what: ReturnType<typeof page.locator>) =>
    what.evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await outlined(page.getByRole('row', { selected: true }).first())).toBe('solid');
  expect(await outlined(page.locator('nav [aria-current="page"]'))).toBe('solid');
  await page.emulateMedia({ forcedColors: 'none' });
  expect(station.complaints).toEqual([]);
});
