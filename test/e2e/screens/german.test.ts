// A window in German: its headings, buttons, labels and hints hold no English but what comes from the records.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutFaults } from './inspect-page.ts';
import { rita } from '../../support/station.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
/** Sentences and titles the workstation gives in English, whatever the window speaks. */
let recorded: readonly string[];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  const detectors = (await station.run('detectors')) as { id: string; title: string }[];
  recorded = [
    ...detectors.map(({ title }) => title).toSorted((a, b) => b.length - a.length),
    rita.name,
    'Too few decisions to tell a pace',
    ' of 5.',
  ];
  await page.goto(new URL('/settings/appearance', station.url).href);
  await page
    .getByRole('radiogroup', { name: 'Language' })
    .getByRole('radio', { name: 'Deutsch' })
    .press('Space');
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
});
afterAll(() => station?.close());

/** Words no German sentence has; what is spelt alike in both languages is not among them. */
const english = new RegExp(
  `(?<![\\p{L}.])(${[
    'the and of with for to is are not by from what who why when this that these those your you it no nothing none',
    'show close cancel save add open opened closed copy back next done send sent refresh search row rows entry entries',
    'event events finding findings decision decisions review reviewer reviews actor actors time times reason settings',
    'ledger evidence overview queue conflict conflicts sample key keys pack packs choose selected hour day week days',
    'hours all any every each only here there yet more other others since before after until between see read write',
    'written waiting due overdue lines table view views order group groups change changes check checks verify',
  ]
    .join(' ')
    .replaceAll(' ', '|')})(?![\\p{L}.]\\p{L}|\\p{L})`,
  'iu',
);

/** What a person reads as ours: headings, buttons, labels, columns, hints, and the names things are read out by. */
async function ownTexts(of: Page): Promise<string[]> {
  return of.evaluate(() => {
    const isRecorded = (element: Element) =>
      element.closest(
        'bdi, time, code, pre, kbd, [lang="en"], [role="grid"] tbody, [role="treegrid"] tbody',
      ) !== null;
    const own = (element: Element): string =>
      [...element.childNodes]
        .map((node) => {
          if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
          return node instanceof Element && !isRecorded(node) ? own(node) : ' ';
        })
        .join('');
    const elements = 'h1, h2, h3, button, label, th, dt, legend, summary, option, a, [role="radio"]';
    const texts = [...document.querySelectorAll(elements)].filter((one) => !isRecorded(one)).map(own);
    const attributes = ['aria-label', 'placeholder', 'title'].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)]
        .filter((one) => !isRecorded(one) && one.querySelector('bdi') === null)
        .map((one) => one.getAttribute(name) ?? ''),
    );
    return [...new Set([...texts, ...attributes].map((text) => text.trim()).filter((text) => text !== ''))];
  });
}

/** What was found is explained by the workstation, with its time in the zone and in UTC. */
const isExplanation = (text: string): boolean => /\(Europe\/Berlin; .* UTC\)/.test(text);

async function expectGerman(): Promise<void> {
  const texts = await ownTexts(page);
  expect(texts.length).toBeGreaterThan(10);
  const left = texts.map((text) => recorded.reduce((rest, title) => rest.replaceAll(title, ''), text));
  expect(left.filter((text) => english.test(text) && !isExplanation(text))).toEqual([]);
  expect(await layoutFaults(page)).toEqual([]);
  expect(station.complaints).toEqual([]);
}

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Hauptnavigation' }).getByRole('link', { name }).click();

it.each([
  ['Übersicht', 'Übersicht'],
  ['Prüfliste', 'Prüfliste'],
  ['Konflikte', 'Konflikte'],
  ['Befunde', 'Befunde'],
  ['Heatmap', 'Aktivität nach Wochenstunde'],
  ['Nachweise', 'Nachweise'],
  ['Akteure', 'Akteure'],
  ['Ereignisse', 'Ereignisse'],
  ['Quellen', 'Quellen'],
  ['Einstellungen', 'Einstellungen'],
  ['Journal', 'Journal'],
])('%s is in German', async (link, heading) => {
  await go(link);
  await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  await page.waitForLoadState('networkidle');
  await expectGerman();
});

it('an item in full, a finding in full and an entry in full are in German', async () => {
  for (const link of ['Prüfliste', 'Befunde', 'Journal']) {
    await go(link);
    await page.locator('[role="grid"], [role="treegrid"]').first().getByRole('row').nth(1).click();
    await page.getByRole('complementary', { name: 'Einzelheiten' }).getByRole('heading').first().waitFor();
    await page.waitForLoadState('networkidle');
    await expectGerman();
  }
});

it('the checks of the ledger, the keys and the commands are in German', async () => {
  await page.getByRole('radio', { name: 'Prüfungen und Kopien' }).press('Space');
  await page.getByRole('heading', { name: 'Hält es?' }).waitFor();
  await expectGerman();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Befehle' }).waitFor();
  await expectGerman();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Tastenkürzel' }).click();
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
  await expectGerman();
  await page.keyboard.press('Escape');
});

it('finds people and findings by name in the commands, and leads to them', async () => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Befehle' });
  await page.keyboard.type('überfällig');
  await palette.getByRole('option', { name: 'Prüfliste: überfällig' }).waitFor();
  expect(await palette.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Prüfliste', exact: true }).waitFor();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dana');
  await palette.getByRole('group', { name: 'Akteure' }).getByRole('option').first().waitFor();
  await palette.getByRole('group', { name: 'Befunde' }).getByRole('option').first().click();
  await page.getByRole('heading', { name: 'Befunde', exact: true }).waitFor();
  await page.getByRole('row', { selected: true }).waitFor();
});
