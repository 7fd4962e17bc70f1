// Fifty items cleared by roles and names alone, as a screen reader offers them, and what is announced meanwhile.
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Review } from '../../../src-shared/model/review.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  await page.addInitScript(listenToLiveRegions);
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('heading', { name: 'Most active' }).waitFor();
});
afterAll(() => station?.close());

declare global {
  // A property of the page, not of this process.
  var announced: string[];
}

/** Collects what regions say that were there before it changed: only such changes are read out. */
function listenToLiveRegions(): void {
  globalThis.announced = [];
  const live =
    '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"], [role="log"], output';
  const known = new WeakSet<Element>();
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest(live);
      if (region && known.has(region)) globalThis.announced.push(region.textContent.trim());
    }
    for (const region of document.querySelectorAll(live)) known.add(region);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const wanted = 50;
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const grid = () => page.getByRole('grid', { name: 'Review queue' });
const progress = () => page.getByRole('status', { name: 'Progress' });

/** As assistive technology does it: the focus goes there, and the key that stands for a click follows. */
async function activate(control: Locator): Promise<void> {
  await control.focus();
  await control.press('Enter');
}

const focused = () => page.evaluate(() => document.activeElement?.tagName ?? 'BODY');

it('names every landmark, and one main heading', async () => {
  await activate(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Review queue' }));
  await grid().getByRole('row').nth(1).waitFor();
  await page.getByRole('main').waitFor();
  await page.getByRole('banner').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Review queue']);
  const columns = await grid().getByRole('columnheader').allTextContents();
  expect(columns).toEqual(expect.arrayContaining(['Action', 'Actor', 'Severity', 'Due, decision']));
  expect(columns).not.toContain('');
});

it('clears fifty items, and says after each how far one is', async () => {
  await grid().focus();
  await page.keyboard.press('ArrowDown');
  const total = Number(/of (\d+) decided/.exec(await progress().innerText())![1]);
  const decided: string[] = [];
  for (let count = 1; count <= wanted; count += 1) {
    const row = grid().getByRole('row', { selected: true });
    const id = (await row.getAttribute('data-row'))!;
    // What is read out of the row names the item, and what is beside it is about the same one.
    const [action, actor] = await row
      .getByRole('gridcell')
      .allInnerTexts()
      .then((cells) => cells.slice(1, 3));
    const heading = detail().getByRole('heading', { level: 2 });
    await expect.poll(() => heading.innerText()).toContain(action!);
    expect(actor).not.toBe('');
    await detail().getByText(id, { exact: true }).waitFor();
    await page.evaluate(() => globalThis.announced.splice(0));
    await activate(
      detail()
        .getByRole('group', { name: 'Decide' })
        .getByRole('button', { name: /^Certify/ }),
    );
    const dialog = page.getByRole('dialog', { name: 'Certify one item' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('agreed with the owner');
    await activate(dialog.getByRole('button', { name: 'Certify one item' }));
    await dialog.waitFor({ state: 'detached' });
    decided.push(id);
    const words = `${count} of ${total} decided`;
    await expect.poll(() => page.evaluate(() => globalThis.announced)).toContain(words);
    await expect.poll(() => row.getAttribute('data-row')).not.toBe(id);
    // Nobody has to find the way back: the focus is on something that is there.
    expect(await focused()).not.toBe('BODY');
  }
  const reviews = (await station.run('reviews')) as Review[];
  const certified = reviews.filter(({ decision }) => decision === 'certify');
  expect(certified.map(({ id }) => id).toSorted()).toEqual(decided.toSorted());
  expect(station.complaints).toEqual([]);
});
