// The review queue: from the press of a key to the next item on screen.
import type { Page } from 'playwright-core';
import { figure, spreadOf, type ScreenFigure } from './figures.ts';
import { goTo } from './start.ts';

const moves = 100;
const decisions = 20;

export async function measureQueue(page: Page, items: number): Promise<ScreenFigure[]> {
  const name = `queue of ${items.toLocaleString('en-GB')}`;
  const clickedAt = await goTo(page, '/queue');
  const openedAt = await page.evaluate(() =>
    marks.paintedWhen(() => document.querySelectorAll('main tr[data-row]').length > 5),
  );
  await press(page, 'j');
  const moved: number[] = [];
  for (let count = 0; count < moves; count += 1) moved.push(await press(page, 'j'));
  const filtered = await filter(page, 'role.grant');
  await filter(page, '');
  await page.keyboard.press('Enter');
  await press(page, 'j');
  const decided: number[] = [];
  for (let count = 0; count < decisions; count += 1) decided.push(await certify(page));
  return [
    figure(`${name}: open, rows painted`, openedAt - clickedAt),
    figure(`${name}: filter, rows painted`, filtered),
    ...spreadOf(`${name}: key to the next item painted`, moved),
    ...spreadOf(`${name}: a decision to the next item painted`, decided),
  ];
}

/** Milliseconds from the key to another item, in full, beside the list. */
async function press(page: Page, key: string): Promise<number> {
  await armNextItem(page);
  await page.keyboard.press(key);
  return page.evaluate(() => marks.measured);
}

async function certify(page: Page): Promise<number> {
  await armNextItem(page);
  await page.keyboard.press('c');
  return page.evaluate(() => marks.measured);
}

/** Milliseconds from the text to the rows that hold it; no text shows all of them. */
async function filter(page: Page, words: string): Promise<number> {
  await page.getByRole('searchbox', { name: 'Filter items' }).selectText();
  await page.evaluate((wanted) => {
    marks.since('input', () => {
      const rows = [...document.querySelectorAll('main tr[data-row]')];
      const isOther = ({ textContent }: Element) => !textContent.includes(wanted);
      return (
        rows.length > 0 &&
        (wanted === '' ? rows.some((row) => !row.textContent.includes('role.grant')) : !rows.some(isOther))
      );
    });
  }, words);
  if (words === '') await page.keyboard.press('Delete');
  else await page.keyboard.insertText(words);
  return page.evaluate(() => marks.measured);
}

async function armNextItem(page: Page): Promise<void> {
  await page.evaluate(() => {
    const chosen = () =>
      document.querySelector('main tr[aria-selected="true"]')?.getAttribute('data-row') ?? null;
    const before = chosen();
    marks.since('keydown', () => {
      const now = chosen();
      if (now === null || now === before) return false;
      return [...document.querySelectorAll('aside code')].some(({ textContent }) => textContent === now);
    });
  });
}
