// Conflicts worked through in the window: both sides, a note, what opens one again, and what goes on paper.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConflictList } from '../../../src-shared/model/conflict-list.ts';
import type { Review } from '../../../src-shared/model/review.ts';
import { formatNotes } from '../../../src-main/source/notes.ts';
import { otto, rita, sampleEnd } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { interceptRequests } from './intercepted-requests.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let items: Review[];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

const detail = () => page.getByRole('complementary', { name: 'Detail' });
const grid = () => page.getByRole('grid', { name: 'Conflicts' });
const selected = () => grid().getByRole('row', { selected: true });
const list = () => station.run('conflicts') as Promise<ConflictList>;

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

const lineOf = (decision: 'certify' | 'revoke') =>
  formatNotes({
    decision,
    decisionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    entryHash: 'ab'.repeat(32),
    decidedAt: '2026-11-15T08:00:00.000Z',
    offsetSeconds: 0,
    reason: 'checked with the owner of the system',
  });

const review = (id: string, notes: string) =>
  station.owner.query(
    'UPDATE np_audit_privileged_reviews SET reviewer_id = $2, reviewed_at = now(), notes = $3 WHERE id = $1',
    [id, otto.id, notes],
  );

/** Goes to the conflicts by keyboard, as the workspace is now. */
async function openConflicts(): Promise<void> {
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('heading', { name: 'Overview' }).waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: 'Conflicts', exact: true }).waitFor();
}

it('says so when there is none', async () => {
  await openConflicts();
  await grid().waitFor();
  await page.getByText('No conflicts.').waitFor();
  await expectFaultless();
});

it('says what failed when the list cannot be read, and keeps the rest of the window', async () => {
  const other = await station.browser.newPage();
  await other.goto(station.url);
  await other.getByRole('navigation', { name: 'Main' }).waitFor();
  await interceptRequests(other, /conflicts/, (route) => route.abort());
  await other.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Conflicts' }).click();
  await other.getByRole('main').getByRole('alert').waitFor();
  expect(await other.getByRole('main').getByRole('alert').innerText()).toMatch(/does not answer/);
  await other.close();
});

it('lists open ones first, with a corroboration apart, and shows both sides', async () => {
  const waiting = (await station.run('reviews', '--status', 'pending')) as Review[];
  items = waiting.filter(
    ({ actor, severity }) => actor !== null && actor !== rita.id && severity !== 'critical',
  );
  const [same, other, prose] = items;
  for (const { id } of [same!, other!, prose!])
    await station.run('decide', id, 'certify', '--reason', 'matches the change request');
  await review(same!.id, lineOf('certify'));
  await review(other!.id, lineOf('revoke'));
  await review(prose!.id, 'not mine \u202E<b>to say</b> [rv1 d=approve');
  await station.run('sync');
  expect(await list()).toMatchObject({ open: 2, closed: 0, corroborations: 1 });
  await openConflicts();
  await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe('4');
  const standings = await grid().getByRole('row').locator('td:first-child').allInnerTexts();
  expect(standings).toEqual(['Open', 'Open', 'Corroborated']);
  const inRail = page.getByRole('navigation', { name: 'Main' }).getByRole('listitem');
  await inRail.filter({ hasText: 'Conflicts' }).getByText('2', { exact: true }).waitFor();
  await page.keyboard.press('j');
  const table = detail().getByRole('table', { name: 'Both decisions' });
  await table.waitFor();
  const byFirst = await selected().getAttribute('data-row');
  const showsOther = byFirst === other!.id;
  if (!showsOther) {
    await page.keyboard.press('j');
    await expect.poll(() => selected().getAttribute('data-row')).toBe(other!.id);
  }
  const lineNamed = (name: string) =>
    table.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await lineNamed('Decision').getByText('Revoked').waitFor();
  expect(await lineNamed('By').innerText()).toContain(otto.id);
  expect(await lineNamed('Why').innerText()).toMatch(/matches the change request\s+checked with the owner/);
  expect(await lineNamed('Notes').innerText()).toContain(lineOf('revoke'));
  await detail().getByText('Escalate outside if it is wrong.').waitFor();
  await detail().getByText('Nothing: the item is what was shown then.').waitFor();
  await expectFaultless();
});

it('shows hostile notes to the letter, with nothing hidden in them', async () => {
  await grid().locator(`[data-row="${items[2]!.id}"]`).click();
  const table = detail().getByRole('table', { name: 'Both decisions' });
  await table.getByText('not mine ⟨U+202E⟩<b>to say</b> [rv1 d=approve').waitFor();
  await table.getByText('In notes only').waitFor();
  await expectFaultless();
});

it('closes one with a note by keyboard, and changes nothing in the database', async () => {
  const { id } = items[1]!;
  const before = await station.owner.query('SELECT * FROM np_audit_privileged_reviews ORDER BY id');
  await grid().locator(`[data-row="${id}"]`).click();
  await detail().getByRole('table', { name: 'Both decisions' }).getByText(lineOf('revoke')).waitFor();
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Close the conflict' });
  await dialog.waitFor();
  await expectFaultless();
  await page.keyboard.type('Otto was right; the ticket was withdrawn.');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await detail().getByRole('region', { name: 'Closings' }).getByText('the ticket was withdrawn').waitFor();
  await expectFaultless();
  await page.getByRole('radio', { name: 'Open, 1' }).waitFor();
  expect(await list()).toMatchObject({ open: 1, closed: 1, corroborations: 1 });
  expect((await station.owner.query('SELECT * FROM np_audit_privileged_reviews ORDER BY id')).rows).toEqual(
    before.rows,
  );
  await page.keyboard.press('x');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('opens again when the row changes, and keeps what was said before', async () => {
  const { id } = items[1]!;
  await review(id, 'changed my mind, see the minutes');
  await station.run('refresh', '--as-of', sampleEnd);
  await openConflicts();
  await grid().locator(`[data-row="${id}"]`).click();
  await detail().getByText('Open again').waitFor();
  const closings = detail().getByRole('region', { name: 'Closings' });
  await closings.getByText('No longer holds').waitFor();
  expect(await closings.innerText()).toContain(lineOf('revoke'));
  const history = detail().getByRole('region', { name: 'The row, pull by pull' });
  expect(await history.getByRole('listitem').first().innerText()).toMatch(/its decision was another one/);
  await expectFaultless();
});

it('shows conflicts about the source’s anomalies beside the others, told apart, and closes one', async () => {
  type Anomaly = { id: string; severity: string; user: string };
  const { anomalies } = (await station.run('anomalies', '--status', 'open')) as { anomalies: Anomaly[] };
  const { id } = anomalies.find(({ severity, user }) => severity !== 'critical' && user !== rita.id)!;
  await station.run('dispose-anomaly', id, 'acknowledged', '--note', 'a planned migration');
  await station.owner.query(
    `UPDATE np_audit_anomalies SET reviewed_by = $2, reviewed_at = now(), disposition = 'false_positive' WHERE id = $1`,
    [id, otto.id],
  );
  await station.run('sync');
  await openConflicts();
  const row = grid().locator(`[data-row="anomaly:${id}"]`);
  await row.getByText('Anomaly').waitFor();
  await row.click();
  const table = detail().getByRole('table', { name: 'Both dispositions' });
  await table.getByText('false_positive').waitFor();
  await table.getByText('a planned migration').waitFor();
  expect(await table.innerText()).toContain(otto.id);
  await expectFaultless();
  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Close the conflict' });
  await dialog.getByRole('textbox', { name: 'What came of it' }).fill('Otto knew of the tool.');
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  await detail().getByRole('region', { name: 'Closings' }).getByText('Otto knew of the tool.').waitFor();
  await expectFaultless();
});

it('leads from the overview to the list', async () => {
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('button', { name: 'See the conflicts' }).click();
  await page.getByRole('heading', { name: 'Conflicts', exact: true }).waitFor();
});

it('prints one conflict, whole, and nothing else', async () => {
  await grid().locator(`[data-row="${items[1]!.id}"]`).click();
  await detail().getByText('Open again').waitFor();
  await useTheme(page, 'dark');
  await page.evaluate(() => {
    globalThis.print = () => document.body.setAttribute('data-printed', '');
  });
  await page.keyboard.press('p');
  await page.locator('body[data-printed]').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
  expect(await page.getByRole('banner').isVisible()).toBe(false);
  expect(await grid().isVisible()).toBe(false);
  expect(await detail().getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
  const whole = await page.evaluate(() => {
    const pane = document.querySelector('aside[aria-label="Detail"]')!;
    return {
      // What only assistive technology sees is a pixel wide.
      cut: [...pane.querySelectorAll<HTMLElement>(':not(svg)')].filter(
        (one) => one.offsetHeight > 1 && getComputedStyle(one).overflowY !== 'visible',
      ).length,
      ink: getComputedStyle(pane).color,
      isWhole: pane.clientHeight >= pane.scrollHeight,
    };
  });
  expect(whole).toEqual({ cut: 0, ink: 'rgb(21, 25, 31)', isWhole: true });
  await page.emulateMedia({ media: 'screen' });
  expect(station.complaints).toEqual([]);
});
