// Fifty items cleared with nothing but the keyboard, one after the other, until the ledger says so.
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
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('heading', { name: 'Most active' }).waitFor();
});
afterAll(() => station?.close());

const wanted = 50;

const detail = () => page.getByRole('complementary', { name: 'Detail' });
const progress = () => page.getByRole('status', { name: 'Progress' });
const selected = () => page.getByRole('grid', { name: 'Review queue' }).getByRole('row', { selected: true });

/** Three of four are certified, every fourth is revoked. */
function judgement(index: number): { key: 'c' | 'r'; decision: string; title: string } {
  return index % 4 === 3
    ? { key: 'r', decision: 'revoke', title: 'Revoke one item' }
    : { key: 'c', decision: 'certify', title: 'Certify one item' };
}

/** The item beside the list, once it is there in full. */
async function shownItem(): Promise<string> {
  const id = await selected().getAttribute('data-row');
  await detail().getByText(id!, { exact: true }).waitFor();
  return id!;
}

it('clears fifty items with the keyboard alone', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).waitFor();
  await page.keyboard.press('j');
  await selected().waitFor();
  const total = Number(/of (\d+) decided/.exec(await progress().innerText())![1]);
  expect(total).toBeGreaterThan(wanted);
  const expected: string[] = [];
  for (let index = 0; index < wanted; index += 1) {
    const { key, decision, title } = judgement(index);
    const id = await shownItem();
    await page.keyboard.press(key);
    await page.getByRole('dialog', { name: title }).waitFor();
    await page.keyboard.type(`checked, ${index + 1}`);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expected.push(`${id} ${decision}`);
    await expect.poll(() => progress().innerText()).toBe(`${index + 1} of ${total} decided`);
    await expect.poll(() => selected().getAttribute('data-row')).not.toBe(id);
  }
  const reviews = (await station.run('reviews')) as Review[];
  const decided = reviews.filter((review) => review.decision !== null);
  expect(decided.map(({ id, decision }) => `${id} ${decision}`).toSorted()).toEqual(expected.toSorted());
  await station.run('ledger', 'verify');
  expect(station.complaints).toEqual([]);
});
