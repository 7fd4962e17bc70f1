// Findings: the baseline in picture and table, any hour asked about, stories by day, exceptions, other screens, and a window enlarged twofold.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BaselineDistribution } from '../../../src-shared/model/finding-baseline.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, zone, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let findings: Finding[];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await page.goto(new URL('/findings', station.url).href);
  await station.setReviewer();
  findings = (await station.run('findings')) as Finding[];
});
afterAll(() => station?.close());

const detail = () => page.getByRole('complementary', { name: 'Detail' });
const grid = () => page.getByRole('grid', { name: 'Findings' });
const by = (grouping: string) => page.getByRole('radio', { name: grouping, exact: true }).press('Space');
const dialog = (name: string | RegExp) => page.getByRole('dialog', { name });
const open = async (finding: Finding) => {
  await page.getByRole('combobox', { name: 'Detector' }).selectOption(finding.detector);
  await grid().locator(`[data-row="${finding.id}"]`).click();
  await detail().getByRole('grid', { name: 'Events of the finding' }).waitFor();
};

async function isSound(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect({ theme, faults: await seriousFaults(page) }).toEqual({ theme, faults: [] });
    expect(await layoutFaults(page)).toEqual([]);
  }
  await useTheme(page, 'light');
  expect(station.complaints).toEqual([]);
}

it.each(['nb', 'z3'])('shows the hours a finding of %s was compared with, and its formula', async (id) => {
  await by('By finding');
  const finding = findings.find(({ detector }) => detector === id)!;
  await open(finding);
  const baseline = (await station.run('baseline', finding.id)) as BaselineDistribution;
  const region = detail().getByRole('region', { name: 'The baseline, and what was found' });
  await region.getByText('Hours by number of events').click();
  const cells = region.getByRole('table').locator('tbody tr');
  await expect
    .poll(async () =>
      (await cells.allInnerTexts()).map((row) =>
        row.split('\t').map((cell) => Number(cell.replace(/,/g, ''))),
      ),
    )
    .toEqual(baseline.counts.map(({ events, hours }) => [events, hours]));
  const columns = await region.locator('svg title').allTextContents();
  expect(columns.reduce((sum, words) => sum + Number(/^[\d,]+/.exec(words)![0].replace(',', '')), 0)).toBe(
    baseline.hours,
  );
  await detail()
    .getByRole('region', { name: 'The formula with its numbers' })
    .getByText('Worked out again here, with the same result.')
    .waitFor();
  await detail()
    .getByRole('figure', { name: /by hour of the week/ })
    .first()
    .waitFor();
  await isSound();
});

it('answers for any hour of anybody, asked with the keyboard', async () => {
  const [someone] = (await station.run('top-actors')) as { actor: string }[];
  await page.keyboard.press('w');
  const asking = dialog('Why is an hour not listed?');
  await asking.getByRole('combobox', { name: 'Actor' }).fill('nobody at all');
  await asking.getByText(/^Nobody of that id/).waitFor();
  await asking.getByRole('combobox', { name: 'Actor' }).fill(someone!.actor);
  await asking.getByRole('combobox', { name: /^Hour/ }).selectOption('3');
  await asking.getByRole('button', { name: 'Ask' }).press('Enter');
  await expect
    .poll(() => asking.getByRole('status', { name: 'Answer' }).innerText())
    .toMatch(/^(Usual|No events|Still learning|Listed|Not judged yet)\. \S/);
  await isSound();
  await page.keyboard.press('Escape');
});

it('lists one story for each actor and local day', async () => {
  await page.getByRole('combobox', { name: 'Detector' }).selectOption('');
  await by('By actor and day');
  const { rows } = await station.owner.query<{ days: number; second: number }>(
    `SELECT count(*)::int AS days, (count(*) FILTER (WHERE is_second))::int AS second
       FROM (SELECT bool_and(f.detector = 'z3') AS is_second
               FROM json_to_recordset($1) AS f(who text, detector text, start timestamptz)
              GROUP BY who, (start AT TIME ZONE $2)::date) AS folded`,
    [
      JSON.stringify(
        findings.map(({ sourceAccount, actor, entity, detector, start }) => ({
          who: JSON.stringify([sourceAccount, actor, actor === '' ? entity : null]),
          detector,
          start,
        })),
      ),
      zone,
    ],
  );
  const { days, second } = rows[0]!;
  const tree = page.getByRole('treegrid', { name: 'Findings' });
  await expect.poll(() => tree.getAttribute('aria-rowcount')).toBe(String(1 + days + (second > 0 ? 1 : 0)));
  await tree.getByRole('row', { expanded: false }).first().click();
  await detail().getByRole('figure', { name: 'When each of them was' }).waitFor();
  await isSound();
});

it('says what an exception would hide, lists what is let pass, and ends it there', async () => {
  await by('By finding');
  const finding = findings.find(({ detector, severity }) => detector === 'z3' && severity === 'medium')!;
  await open(finding);
  await page.keyboard.press('p');
  const granting = dialog('Let pass for a while');
  await granting.getByRole('list', { name: 'What it would hide' }).getByRole('listitem').first().waitFor();
  await granting.getByLabel('Reason').fill('the monthly close');
  await isSound();
  await granting.getByRole('button', { name: 'Let pass' }).click();
  await granting.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Exceptions (1)' }).click();
  const list = dialog('Exceptions');
  const [exception] = (await station.run('exception', 'list')) as { hides: number; maximumCount: number }[];
  const item = list.getByRole('listitem');
  expect(await item.innerText()).toContain(`hides ${exception!.hides} finding`);
  expect(await item.innerText()).toContain(`up to ${exception!.maximumCount} event`);
  expect(await item.innerText()).toContain('29 days left');
  await isSound();
  await item.getByRole('button', { name: 'End it…' }).click();
  await dialog(/^End the exception/)
    .getByLabel('Reason')
    .fill('the close is over');
  await dialog(/^End the exception/)
    .getByRole('button', { name: 'End the exception' })
    .click();
  await list.getByText('Nothing is let pass.').waitFor();
  await page.keyboard.press('Escape');
});

it('leads to the hour in the heatmap, to the actor and to the events of that time', async () => {
  const finding = findings.find(({ detector, action }) => detector === 'nb' && action !== '')!;
  const back = () =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click();
  const lead = (name: string) => detail().getByRole('button', { name }).click();
  await open(finding);
  await lead('Show this hour in the heatmap');
  await detail().getByRole('grid', { name: 'Events of the cell' }).waitFor();
  await expect.poll(() => page.getByLabel('Action', { exact: true }).inputValue()).toBe(finding.action);
  await back();
  await open(finding);
  await lead('All about the actor');
  await detail()
    .getByText(finding.actorName ?? finding.actor)
    .first()
    .waitFor();
  expect(new URL(page.url()).pathname).toBe('/actors');
  await back();
  await open(finding);
  await lead('Events of that time');
  await expect
    .poll(() => page.getByRole('grid', { name: 'Events' }).getAttribute('aria-rowcount'))
    .toBe(String(1 + finding.count));
});

/** Whether any hour of it is one of the two after midnight on Mondays. */
function reachesMondayNight({ start, end }: Finding): boolean {
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  for (let at = Date.parse(start); at < Date.parse(end); at += 3_600_000)
    if (/^Mon,? 0[01]$/.test(local.format(at))) return true;
  return /^Mon,? 0[01]$/.test(local.format(Date.parse(end) - 1));
}

it('keeps to the cells chosen in the heatmap until they are lifted', async () => {
  const go = (name: string) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
  await go('Heatmap');
  await page.getByLabel('Action', { exact: true }).selectOption('');
  const week = page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
  await week.focus();
  await week.press('ArrowDown');
  await week.press('Home');
  for (const key of ['ArrowDown', 'ArrowRight']) await week.press(`Shift+${key}`);
  await page.getByRole('button', { name: 'Narrow queue and findings to these' }).press('Enter');
  await go('Findings');
  await page.getByRole('combobox', { name: 'Detector' }).selectOption('');
  const all = page.getByRole('radio', { name: /^All, \d+$/ });
  const countAll = async () => Number(/\d+$/.exec((await all.getAttribute('aria-label'))!)![0]);
  const narrowed = page.getByRole('region', { name: 'Narrowed by the heatmap' });
  expect(await narrowed.innerText()).toContain('Only 2 actors, Monday 00:00 to Monday 02:00');
  expect(await countAll()).toBeLessThanOrEqual(findings.filter(reachesMondayNight).length);
  await page.getByRole('button', { name: 'Show everything' }).press('Enter');
  await expect.poll(countAll).toBe(findings.length);
});

it('shows rows and, in their place, the detail in a window enlarged twofold', async () => {
  await by('By finding');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 720, height: 450 });
  const leave = page.getByRole('button', { name: 'Back to the list' });
  if ((await leave.count()) > 0) await leave.press('Enter');
  const row = grid().getByRole('row').nth(4);
  await row.waitFor();
  expect((await row.boundingBox())!.y).toBeLessThan(420);
  expect(await layoutFaults(page)).toEqual([]);
  await row.click();
  await detail().getByRole('region', { name: 'Why not' }).waitFor();
  await expect.poll(() => grid().count()).toBe(0);
  expect(await layoutFaults(page)).toEqual([]);
  await leave.press('Enter');
  await grid().waitFor();
  await page.setViewportSize({ width: 1440, height: 900 });
});
