// Ten items decided with nothing but the keyboard, from the first page to the last decision, and what else makes the queue quick.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Review } from '../../../src-shared/model/review.ts';
import { passphrase, rita } from '../../support/station.ts';
import { holdAnswers } from './intercepted-requests.ts';
import { layoutFaults } from './inspect-page.ts';
import { openWindow } from './loopback-door.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('heading', { name: 'Most active' }).waitFor();
});
afterAll(() => station?.close());

const detail = () => page.getByRole('complementary', { name: 'Detail' });
const selected = () => page.getByRole('grid', { name: 'Review queue' }).getByRole('row', { selected: true });
const progress = () => page.getByRole('status', { name: 'Progress' }).innerText();
const press = (...keys: string[]) =>
  keys.reduce(async (before, key) => {
    await before;
    await page.keyboard.press(key);
  }, Promise.resolve());

/** The accessible name of whatever has the focus, as far as the page says it itself. */
const focusedLabel = () =>
  page.evaluate(() => {
    const focused = document.activeElement;
    return focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement
      ? (focused.labels?.[0]?.innerText ?? focused.ariaLabel)
      : null;
  });

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The item in view, once it is there in full. */
async function shownItem(): Promise<string> {
  await detail()
    .getByRole('heading', { name: /^Within 24 hours/ })
    .waitFor();
  const [id] = uuid.exec(
    await detail()
      .getByRole('region', { name: 'The item' })
      .getByRole('definition')
      .filter({ hasText: uuid })
      .first()
      .innerText(),
  )!;
  return id;
}

async function typeReason(title: string | RegExp, reason: string): Promise<void> {
  await page.getByRole('dialog', { name: title }).waitFor();
  expect(await focusedLabel()).toBe('Reason');
  await page.keyboard.type(reason);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function introduceReviewer(): Promise<void> {
  await page.getByRole('dialog', { name: 'Who reviews here?' }).waitFor();
  const answers = {
    Name: rita.name,
    'Reviewer id': rita.id,
    'Email (optional)': rita.email,
    Passphrase: passphrase,
    'Repeat passphrase': passphrase,
  };
  for (const [label, answer] of Object.entries(answers)) {
    for (let tabs = 0; (await focusedLabel()) !== label; tabs += 1) {
      expect(tabs).toBeLessThan(4);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(answer);
  }
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Who reviews here?' }).waitFor({ state: 'detached' });
}

it('decides ten items', async () => {
  await press('g', 'q');
  await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).waitFor();
  await press('j');
  await selected().waitFor();
  const total = Number(/of (\d+) decided/.exec(await progress())![1]);
  const expected: { id: string; decision: string; reason: boolean }[] = [];
  // To abstain and to escalate leave an item open.
  const closing = () => expected.filter(({ decision }) => decision !== 'abstain' && decision !== 'escalate');
  const done = async () => expect.poll(progress).toBe(`${closing().length} of ${total} decided`);

  for (const [key, decision, title] of [
    ['c', 'certify', 'Certify one item'],
    ['r', 'revoke', 'Revoke one item'],
    ['m', 'modify', 'Modify one item'],
    ['a', 'abstain', 'Abstain one item'],
    ['e', 'escalate', 'Escalate one item'],
    ['c', 'certify', 'Certify one item'],
  ] as const) {
    const id = await shownItem();
    await press(key);
    if (expected.length === 0) await introduceReviewer();
    // Every item of the sample is a privileged action, which is not certified without a reason either.
    await typeReason(title, `because of ${decision}`);
    expected.push({ id, decision, reason: true });
    await done();
    await expect.poll(shownItem).not.toBe(id);
  }

  // One is taken back and decided otherwise; one is skipped.
  const id = expected.pop()!.id;
  await press('u');
  await done();
  await expect.poll(shownItem).toBe(id);
  await press('r');
  await typeReason('Revoke one item', 'on second thoughts');
  expected.push({ id, decision: 'revoke', reason: true });
  await done();
  await expect.poll(shownItem).not.toBe(id);
  const skipped = await shownItem();
  await press('ArrowDown');
  await expect.poll(shownItem).not.toBe(skipped);

  // Four more of one kind together; what an open finding cites is decided by itself.
  await press('/');
  expect(await focusedLabel()).toBe('Filter items');
  await page.keyboard.type('role_grant');
  await press('Enter', 'j');
  for (let count = 0; count < 4;) {
    const one = await shownItem();
    if (!(await selected().innerText()).includes('×')) {
      await press('x');
      expected.push({ id: one, decision: 'revoke', reason: true });
      count += 1;
    }
    await press('j');
    await expect.poll(shownItem).not.toBe(one);
  }
  expect(await page.getByRole('region', { name: 'Selection' }).innerText()).toContain(
    '4 items of role_grant',
  );
  await press('r');
  // What then waits for a second person is read before it is saved.
  await page.getByRole('dialog', { name: 'Revoke 4 items' }).getByText('are decided together').waitFor();
  await typeReason('Revoke 4 items', 'granted without a ticket');
  await done();

  expect(expected).toHaveLength(10);
  const reviews = (await station.run('reviews')) as Review[];
  const decided = reviews.filter((review) => review.decision !== null);
  expect(decided.map(({ id, decision }) => `${id} ${decision}`).toSorted()).toEqual(
    expected.map(({ id, decision }) => `${id} ${decision}`).toSorted(),
  );
  expect(decided.map(({ id }) => id)).not.toContain(skipped);
  expect(station.complaints).toEqual([]);
});

it('saves what was ended before it was known what it covers, once all of it is', async () => {
  const decided = async () =>
    ((await station.run('reviews')) as Review[]).filter((review) => review.decision !== null).length;
  const before = await decided();
  await press('/');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('secret.accessed');
  await press('Enter', 'j');
  for (let count = 0; count < 2;) {
    const one = await shownItem();
    // Only what has the same kind of actor, and no finding, is decided together.
    const row = await selected().innerText();
    if (row.includes('svc-') && !row.includes('×')) {
      await press('x');
      count += 1;
    }
    await press('j');
    await expect.poll(shownItem).not.toBe(one);
  }
  const answer = await holdAnswers(page, 'previewBulk');
  await press('r');
  const dialog = page.getByRole('dialog', { name: 'Revoke 2 items' });
  await dialog.getByText('Finding out which of these can be decided together').waitFor();
  await page.keyboard.type('read without a ticket');
  await press('Control+Enter');
  await dialog.getByText('Saved as soon as it is known').waitFor();
  expect(await decided()).toBe(before);
  answer();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(decided).toBe(before + 2);
  await page.getByRole('searchbox', { name: 'Filter items' }).fill('');
  await page.keyboard.press('Enter');
});

it('leads nobody away from what they went on to while a decision was being recorded', async () => {
  await press('j');
  const id = await shownItem();
  const before = await progress();
  const answer = await holdAnswers(page, 'reviews/decide');
  await press('r');
  await page.getByRole('dialog', { name: 'Revoke one item' }).waitFor();
  await page.keyboard.type('no ticket');
  await press('Control+Enter', 'Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press('j', 'j', 'j');
  await expect.poll(async () => (await selected().innerText()).length).toBeGreaterThan(0);
  await expect.poll(shownItem).not.toBe(id);
  const wentOnTo = await selected().getAttribute('data-row');
  answer();
  await expect.poll(progress).not.toBe(before);
  expect(await selected().getAttribute('data-row')).toBe(wentOnTo);
  await press('u');
  await expect.poll(shownItem).toBe(id);
  await expect.poll(progress).toBe(before);
});

it('decides by key nothing that the list does not show', async () => {
  await press('k');
  await selected().waitFor();
  const before = await progress();
  await press('/', 'End');
  await page.keyboard.type(' no-such-item');
  await press('Enter');
  await detail().getByText('Choose an item').waitFor();
  await press('c', 'r', 'x');
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(await page.getByRole('region', { name: 'Selection' }).count()).toBe(0);
  expect(await progress()).toBe(before);
  await page.getByRole('searchbox', { name: 'Filter items' }).fill('');
  await page.keyboard.press('Enter');
});

it('records nothing when somebody decided while the dialog was open, and shows what stands', async () => {
  await press('j');
  const id = await shownItem();
  await press('r');
  const dialog = page.getByRole('dialog', { name: 'Revoke one item' });
  await dialog.waitFor();
  await station.run('decide', id, 'certify', '--reason', 'as agreed');
  await page.keyboard.type('too late');
  await press('Control+Enter');
  await dialog.getByText('that one stands').waitFor();
  await dialog.getByText('Certified').waitFor();
  const reviews = (await station.run('reviews')) as Review[];
  expect(reviews.find((review) => review.id === id)).toMatchObject({ decision: 'certify' });
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(station.complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
});

it('never loses the keyboard: after a dialog the next key still works', async () => {
  await press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await press('Escape', 'g', 'f');
  await page.getByRole('treegrid', { name: 'Findings' }).waitFor();
  await press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).waitFor();
  await page.keyboard.type('heat');
  await press('Enter');
  await page.getByRole('heading', { name: 'Activity by hour of the week' }).waitFor();
});

const grid = () => page.getByRole('grid', { name: 'Review queue' });
const searchbox = () => page.getByRole('searchbox', { name: 'Filter items' });

async function showQueue(): Promise<void> {
  await press('g', 'q');
  await searchbox().fill('');
  await page.keyboard.press('Enter');
  await grid().getByRole('row').nth(1).waitFor();
}

it('keeps a reason half written for whoever opens another window', async () => {
  await showQueue();
  await press('j');
  await selected().waitFor();
  const id = await shownItem();
  await press('r');
  await page.getByRole('dialog', { name: 'Revoke one item' }).waitFor();
  await page.keyboard.type('half a thought');
  const drafts = async () => readFileSync(join(station.workspace, 'drafts.json'), 'utf8');
  await expect.poll(drafts).toContain('half a thought');
  // Nothing of this window is left to the next: no storage, no session.
  const other = await openWindow(station.browser, station.url);
  await other.page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Review queue' })
    .click();
  await other.page.getByRole('searchbox', { name: 'Filter items' }).fill(id);
  const row = other.page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1);
  await row.getByText('A reason is half written').waitFor();
  await row.click();
  await other.page.getByRole('button', { name: /^Modify/ }).click();
  await expect.poll(() => other.page.getByLabel('Reason').inputValue()).toBe('half a thought');
  await other.page.close();
  await press('Escape');
});

it('follows what another process decides', async () => {
  const before = await progress();
  const id = await shownItem();
  await station.run('decide', id, 'revoke', '--reason', 'decided by a command');
  await expect.poll(progress, { timeout: 15_000 }).not.toBe(before);
  await detail().getByText('Choose an item').waitFor();
  await page.getByRole('radio', { name: /^Decided here/ }).press('Space');
  await searchbox().fill(id);
  await grid().getByRole('row').nth(1).getByText('Revoked').waitFor();
  await page.getByRole('radio', { name: /^To decide/ }).press('Space');
});

it('shows groups, chooses what of one can be decided together, and shows a saved view again', async () => {
  await showQueue();
  await page.getByLabel('Group').selectOption('action');
  const tree = page.getByRole('treegrid', { name: 'Review queue' });
  const heading = tree.getByRole('row').filter({ hasText: /role_grant.? · / });
  await heading.click();
  await press('x');
  const selection = page.getByRole('region', { name: 'Selection' });
  await selection.getByText(/\d+ items? of role_grant/).waitFor();
  await heading.press('ArrowLeft');
  await expect.poll(() => heading.getAttribute('aria-expanded')).toBe('false');
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await page.getByRole('button', { name: 'Saved views…' }).click();
  await page.getByLabel('Name of this view').fill('By what was done');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show “By what was done”' }).waitFor();
  await press('Escape');
  await page.getByLabel('Group').selectOption('none');
  await grid().waitFor();
  await page.getByRole('button', { name: 'Saved views…' }).click();
  await page.getByRole('button', { name: 'Show “By what was done”' }).click();
  await tree.waitFor();
  await page.getByLabel('Group').selectOption('none');
});

it('remembers which parts of an item are closed', async () => {
  await showQueue();
  await press('j');
  await detail().getByRole('button', { name: 'What this actor usually does' }).click();
  await page.reload();
  await grid().getByRole('row').nth(1).waitFor();
  await press('j');
  await shownItem();
  const usual = detail().getByRole('button', { name: 'What this actor usually does' });
  expect(await usual.getAttribute('aria-expanded')).toBe('false');
  await usual.click();
  await detail()
    .getByRole('figure', { name: /^All actions by hour of the week; framed is/ })
    .waitFor();
});

it('has room for rows, and for an item with a way back, where everything is twice as large', async () => {
  await page.setViewportSize({ width: 720, height: 450 });
  await detail().getByRole('button', { name: 'Back to the list' }).click();
  await grid().getByRole('row').nth(2).waitFor();
  expect(await detail().count()).toBe(0);
  await grid().getByRole('row').nth(2).click();
  await shownItem();
  await press('Escape');
  await grid().getByRole('row', { selected: true }).waitFor();
  // The window's own banner is another matter.
  const faults = (await layoutFaults(page)).filter((fault) => !/^(HTML|HEADER)/.test(fault));
  expect(faults).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });
});
