// Whatever the database says is text: it runs nothing, asks for nothing, reorders nothing and breaks no layout.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rita } from '../../support/station.ts';
import { hostileActor, insertHostileRows, type HostileRow } from './hostile-rows.ts';
import { layoutFaults } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let rows: HostileRow[];
/** Addresses the window asked for, and boxes it opened. */
const requests: string[] = [];
const boxes: string[] = [];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  rows = await insertHostileRows(station.owner);
  await station.fill();
  await station.setReviewer();
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', (box) => {
    boxes.push(box.message());
    void box.dismiss();
  });
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const detail = () => page.getByRole('complementary', { name: 'Detail' });
/** Characters that steer the direction of text are spelled out. */
const shown = (text: string) => text.replace('\u2067', '⟨U+2067⟩').replace('\u202E', '⟨U+202E⟩');
const row = (name: string) => rows.find((candidate) => candidate.name === name)!;

/** Nothing ran, nothing came to life, nothing left, and everything has its place at both widths. */
async function expectHarmless(): Promise<void> {
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(await page.evaluate(livingMarkup)).toEqual([]);
  const { origin } = new URL(station.url);
  expect(requests.filter((address) => !address.startsWith(`${origin}/`))).toEqual([]);
  expect(boxes).toEqual([]);
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

/** Elements and attributes that only markup from the database could have made. */
function livingMarkup(): string[] {
  const found = [
    ...document.querySelectorAll('script:not([src]), img:not([src="/icon.svg"]), iframe, object, base'),
  ];
  const links = [...document.querySelectorAll('[href], [src], [action]')].filter((element) =>
    ['href', 'src', 'action'].some((name) =>
      element.getAttribute(name)?.trimStart().startsWith('javascript:'),
    ),
  );
  const handlers = [...document.querySelectorAll('*')].filter((element) =>
    [...element.attributes].some(({ name }) => name.startsWith('on')),
  );
  return [...found, ...links, ...handlers].map((element) => element.outerHTML.slice(0, 120));
}

/** From left to right, where each of the pieces stands that make up an element’s text. */
async function drawnOrder(selector: string): Promise<string[]> {
  return page.evaluate((where) => {
    const walker = document.createTreeWalker(document.querySelector(where)!, NodeFilter.SHOW_TEXT);
    const pieces: { text: string; top: number; left: number }[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const [box] = range.getClientRects();
      if (box !== undefined) pieces.push({ text: node.textContent ?? '', top: box.top, left: box.left });
    }
    return pieces.toSorted((a, b) => Math.round(a.top - b.top) || a.left - b.left).map(({ text }) => text);
  }, selector);
}

describe('the review queue', () => {
  beforeEach(async () => {
    await go('Review queue');
    await page.getByRole('radio', { name: /^All/ }).press('Space');
  });

  async function open(id: string): Promise<void> {
    await page.getByRole('searchbox', { name: 'Filter items' }).fill(id);
    await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
    await detail().getByText(id).waitFor();
    await detail().getByRole('heading', { name: 'Metadata, as recorded' }).waitFor();
  }

  it.each(['script', 'image', 'attribute', 'link', 'reversed', 'hebrew', 'word'])(
    'shows “%s” as text',
    async (name) => {
      const { text, pending } = row(name);
      await open(pending);
      await expectHarmless();
      const action = page
        .getByRole('grid', { name: 'Review queue' })
        .getByRole('row')
        .nth(1)
        .getByRole('gridcell')
        .nth(1);
      expect(await action.textContent()).toBe(shown(text));
      const metadata = detail().getByRole('region', { name: 'Metadata, as recorded' });
      expect(JSON.parse((await metadata.textContent())!)).toEqual({
        actor_name: shown(text),
        [shown(text)]: shown(text),
      });
      const certify = detail().getByRole('button', { name: /^Certify/ });
      const bottom = () => certify.evaluate((button) => button.getBoundingClientRect().bottom);
      await expect.poll(bottom).toBeLessThan(900);
    },
  );

  it.each(['image', 'reversed', 'word'])('shows a note “%s” of another reviewer as text', async (name) => {
    const { text, noted } = row(name);
    await open(noted);
    await expectHarmless();
    const card = detail().getByRole('region', { name: 'Decision in the audit database' });
    expect(await card.textContent()).toContain(shown(text));
  });

  it('keeps the order of its own words around text from right to left', async () => {
    await open(row('hebrew').pending);
    const { text } = row('hebrew');
    expect(await drawnOrder('aside h2')).toEqual([text, ' by ', text, ' ', hostileActor]);
  });

  it('selects, asks and decides', async () => {
    await open(row('word').pending);
    await page.keyboard.press('x');
    await expectHarmless();
    await page.getByRole('searchbox', { name: 'Filter items' }).fill(row('image').pending);
    await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
    await page.keyboard.press('x');
    await page.getByRole('status').filter({ hasText: 'Only items with the same action' }).waitFor();
    await expectHarmless();
    await page
      .getByRole('group', { name: 'Decide together' })
      .getByRole('button', { name: /^Revoke/ })
      .click();
    await page.getByRole('dialog').getByLabel('Reason').fill(row('script').text);
    await expectHarmless();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await open(row('word').pending);
    const history = detail().getByRole('region', { name: 'Decision history' });
    expect(await history.textContent()).toContain(row('script').text);
    expect(await history.textContent()).toContain(rita.name);
    await expectHarmless();
  });

  it('takes its passing notices away when the screen is left', async () => {
    await open(row('link').pending);
    await page.keyboard.press('x');
    await page.getByRole('searchbox', { name: 'Filter items' }).fill(row('image').pending);
    await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
    await page.keyboard.press('x');
    const notice = page.getByRole('status').filter({ hasText: 'Only items with the same action' });
    await notice.waitFor();
    await go('Settings');
    expect(await notice.count()).toBe(0);
  });
});

describe('the other screens', () => {
  it('counts hostile actors on the overview', async () => {
    await go('Overview');
    await page.getByRole('heading', { name: 'Most active' }).waitFor();
    await expectHarmless();
  });

  it.each(['script', 'attribute', 'reversed', 'hebrew', 'word'])(
    'explains a finding about “%s”',
    async (name) => {
      const { text } = row(name);
      await go('Findings');
      await page.getByRole('radio', { name: 'By finding' }).press('Space');
      await page.getByRole('combobox', { name: 'Detector' }).selectOption('z3');
      const grid = page.getByRole('grid', { name: 'Findings' });
      const titled = grid.getByRole('row').filter({ has: page.getByTitle(text, { exact: true }) });
      await grid.getByRole('columnheader', { name: 'Events' }).getByRole('button').click();
      await titled.first().click();
      await detail().getByRole('grid', { name: 'Events of the finding' }).waitFor();
      await expectHarmless();
      const explanation = await detail().getByRole('paragraph').first().innerText();
      expect(explanation).toContain(shown(text).slice(0, 100));
      expect(explanation).toMatch(/40 times by/);
      if (name === 'hebrew') {
        const order = await drawnOrder('aside p');
        expect(order.slice(0, 3)).toEqual([shown(text), ' 40 times by ', shown(text)]);
      }
    },
  );

  it('draws a heatmap of hostile actors, and lists their events', async () => {
    await go('Heatmap');
    const chart = page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
    await chart.press('ArrowRight');
    await expectHarmless();
    for (const { text } of rows) {
      await page.getByRole('combobox', { name: 'Action' }).selectOption(text);
      await expect.poll(() => page.getByRole('main').innerText()).toContain('72 events of 1 actor');
      await chart.press('Home');
      await chart.press('ArrowRight');
      await chart.press('Enter');
      await detail().waitFor();
      await expectHarmless();
    }
    await page.getByRole('radio', { name: 'Table' }).press('Space');
    await page.getByRole('grid', { name: 'Heatmap as a table' }).waitFor();
    await expectHarmless();
  });

  it('leafs through hostile events, narrows by them, and shows who did them', async () => {
    const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter');
    for (const { text } of rows) {
      await go('Events');
      await press('Add a filter…');
      const dialog = page.getByRole('dialog', { name: 'Add a filter' });
      await dialog.getByLabel('Value').fill(text);
      await dialog.getByRole('button', { name: 'Narrow' }).press('Enter');
      const total = page.getByRole('status', { name: 'How many' });
      await expect.poll(() => total.innerText()).toBe('72 events');
      await page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1).click();
      await press('Same actor');
      await expectHarmless();
      // Another width lays the panes out anew; a click waits until the button stands still.
      await page.getByRole('button', { name: 'Profile of the actor' }).click();
      await detail().getByRole('table', { name: 'Sessions' }).waitFor();
      await expectHarmless();
      await go('Events');
      await press('Show all events');
    }
  });

  it('draws days and stamps of hostile actions', async () => {
    await go('Heatmap');
    await page.getByRole('radio', { name: 'Heatmap', exact: true }).press('Space');
    await page.getByRole('radio', { name: 'Days', exact: true }).press('Space');
    await page.getByRole('button', { name: 'Heatmap of days by hour' }).waitFor();
    await expectHarmless();
    await page.getByRole('radio', { name: 'Actions', exact: true }).press('Space');
    const stamps = page.getByRole('button').filter({ has: page.getByRole('figure') });
    await stamps
      .filter({ hasText: row('script').text })
      .first()
      .waitFor();
    await expectHarmless();
    await page.getByRole('radio', { name: 'Week', exact: true }).press('Space');
  });

  it('tells all about hostile actors', async () => {
    await go('Actors');
    for (const { text } of rows) {
      await page.getByRole('searchbox', { name: 'Search actors' }).fill(text.slice(0, 200));
      await page.getByRole('grid', { name: 'Actors' }).getByRole('row').nth(1).click();
      await detail().getByRole('heading', { name: 'What is usual' }).waitFor();
      await expect.poll(() => detail().innerText()).toContain(shown(text).slice(0, 20));
      await expectHarmless();
    }
  });

  it('groups the queue by hostile actions', async () => {
    await go('Review queue');
    await page.getByRole('searchbox', { name: 'Filter items' }).fill('');
    await page.getByRole('radio', { name: /^To decide/ }).press('Space');
    await page.getByLabel('Group').selectOption('action');
    const tree = page.getByRole('treegrid', { name: 'Review queue' });
    await tree
      .getByRole('row')
      .filter({ hasText: shown(row('script').text) })
      .first()
      .click();
    await expectHarmless();
    await page.getByLabel('Group').selectOption('none');
  });

  it('keeps a hostile reason in the ledger to the letter', async () => {
    await go('Ledger');
    const entries = page.getByRole('grid', { name: 'Ledger' });
    await entries.getByRole('row').filter({ hasText: 'Revoked' }).first().click();
    await detail().getByRole('heading', { name: 'Its place in the chain' }).waitFor();
    expect(await detail().innerText()).toContain(row('script').text);
    await expectHarmless();
  });

  it('previews a mapping of hostile rows', async () => {
    await go('Sources');
    await page
      .getByRole('navigation', { name: /^Sections/ })
      .getByRole('link', { name: 'Mapping' })
      .click();
    await page.getByText('It can be read like this.').waitFor();
    await expectHarmless();
  });

  it('lists hostile names among the privileged actions', async () => {
    await go('Settings');
    await page.getByRole('link', { name: 'Detection', exact: true }).click();
    await page.getByRole('button', { name: 'Edit' }).click();
    const list = rows.map(({ text }) => text).join('\n');
    await page.getByRole('textbox', { name: 'One action a line' }).fill(list);
    await page.getByLabel('Reason').fill(row('word').text);
    await expectHarmless();
    await page.getByRole('button', { name: 'Save list' }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    await expectHarmless();
  });
});
