// Stories, exceptions, risk and detection settings, worked through with the keyboard wherever it matters.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '../../../src-shared/model/finding.ts';
import type { ActorRisk, FindingCase } from '../../../src-shared/model/story.ts';
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

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const tree = () => page.getByRole('treegrid', { name: 'Findings' });
const cases = () => station.run('cases') as Promise<FindingCase[]>;
const findings = () => station.run('findings') as Promise<Finding[]>;

it('opens a story with the keyboard, reads a finding of it, and concludes the whole story at once', async () => {
  const story = (await cases()).find(({ members }) => members.length > 1)!;
  await page.keyboard.press('g');
  await page.keyboard.press('f');
  await tree().getByRole('row').nth(1).waitFor();
  const selected = tree().getByRole('row', { selected: true });
  await expect
    .poll(async () => {
      await page.keyboard.press('j');
      return (await selected.count()) === 0 ? '' : await selected.getAttribute('data-row');
    })
    .toBe(story.id);
  await detail().getByText(`${story.members.length} findings, ${story.members.length} open`).waitFor();
  await page.keyboard.press('o');
  await expect.poll(() => selected.getAttribute('aria-expanded')).toBe('true');
  await page.keyboard.press('j');
  await expect.poll(() => selected.getAttribute('aria-level')).toBe('2');
  await detail().getByRole('grid', { name: 'Events of the finding' }).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('a');
  await page.getByRole('dialog', { name: 'Acknowledge: say why' }).waitFor();
  await page.keyboard.type('one change, one ticket');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const concluded = (await findings()).filter(({ disposition }) => disposition === 'acknowledged');
  expect(concluded.map(({ id }) => id).toSorted()).toEqual(story.members.toSorted());
  expect(new Set(concluded.map(({ dispositionNote }) => dispositionNote))).toEqual(
    new Set(['one change, one ticket']),
  );
});

it('shows the findings of one detector only, and says how many there are', async () => {
  const open = (await findings()).filter(
    ({ detector, disposition }) => detector === 'nb' && disposition === null,
  );
  const detector = page.getByRole('combobox', { name: 'Detector' });
  await page.getByRole('radio', { name: 'By finding' }).press('Space');
  await detector.selectOption('nb');
  const grid = page.getByRole('grid', { name: 'Findings' });
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(open.length + 1));
  expect(await detector.locator('option:checked').innerText()).toMatch(new RegExp(`\\(${open.length}\\)$`));
});

it('answers why another hour is not listed', async () => {
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1).click();
  const panel = detail().getByRole('region', { name: 'Why not' });
  await panel.getByRole('combobox').selectOption('4');
  await panel.getByRole('button', { name: 'Ask' }).click();
  await expect
    .poll(() => panel.getByRole('status', { name: 'Answer' }).innerText())
    .toMatch(/^(Usual|No events|Still learning|Listed)\. \S/);
});

it('lets a finding pass for a while, names the exception, and ends it again', async () => {
  await page.getByRole('combobox', { name: 'Detector' }).selectOption('z3');
  const chosen = (await findings()).find(
    ({ detector, disposition }) => detector === 'z3' && disposition === null,
  )!;
  await page.getByRole('grid', { name: 'Findings' }).locator(`[data-row="${chosen.id}"]`).click();
  await detail().getByRole('grid', { name: 'Events of the finding' }).waitFor();
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Let pass for a while' });
  await dialog.getByText(/^It would hide [1-9]/).waitFor();
  await dialog.getByLabel('Reason').fill('the monthly close');
  await dialog.getByRole('button', { name: 'Let pass' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect((await findings()).filter(({ suppressedBy }) => suppressedBy !== null)).not.toEqual([]);
  await page.getByRole('radio', { name: /^Let pass/ }).press('Space');
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1).click();
  await detail().getByText('Let pass by an exception').waitFor();
  await detail().getByText('the monthly close').waitFor();
  await detail().getByRole('button', { name: 'End it…' }).click();
  const ending = page.getByRole('dialog', { name: 'End the exception: say why' });
  await ending.getByLabel('Reason').fill('the close is over');
  await ending.getByRole('button', { name: 'End the exception' }).click();
  await ending.waitFor({ state: 'detached' });
  expect((await findings()).filter(({ suppressedBy }) => suppressedBy !== null)).toEqual([]);
});

it('shows who is at risk, and leads to the finding that weighs most', async () => {
  const [first] = (await station.run('risk')) as ActorRisk[];
  await go('Overview');
  const panel = page.getByRole('region', { name: 'Actors at risk' });
  const strongest = (await findings()).find(({ id }) => id === first!.contributions[0]!.finding)!;
  await panel
    .getByRole('listitem')
    .first()
    .getByRole('button', { name: /points$/ })
    .click();
  await detail().getByRole('region', { name: 'Risk' }).getByText('points').waitFor();
  expect(await detail().innerText()).toContain(strongest.explanationParts.unusual.slice(0, 40));
});

it('tries a change of the settings out, saves it with a reason, and runs without the detector afterwards', async () => {
  await go('Settings');
  await page.getByRole('link', { name: 'Detection', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Detection' });
  await panel.locator('summary').filter({ hasText: 'Detectors' }).click();
  await panel.getByRole('button', { name: 'Change detection' }).click();
  await panel.getByRole('checkbox', { name: /^Unusual count against the last four weeks/ }).uncheck();
  const save = panel.getByRole('button', { name: 'Save detection' });
  await panel.getByLabel('Reason of the change').fill('the second tier is not reviewed here');
  expect(await save.isDisabled()).toBe(true);
  await panel.getByRole('button', { name: 'Try it out' }).click();
  await panel
    .getByRole('region', { name: 'Dry run' })
    .getByText(/would vanish\.$/)
    .waitFor();
  await save.click();
  await panel.getByRole('button', { name: 'Change detection' }).waitFor();
  const detectors = (await station.run('detectors')) as { id: string; enabled: boolean }[];
  expect(detectors.find(({ id }) => id === 'z3')).toMatchObject({ enabled: false });
  expect(detectors.find(({ id }) => id === 'nb')).toMatchObject({ enabled: true });
  const changes = page.getByRole('list', { name: 'Changes so far' });
  await changes.getByText('the second tier is not reviewed here').waitFor();
  await changes.getByText('What changed').click();
  await changes.getByText(/^switched off: Unusual count against the last four weeks/).waitFor();
  expect(station.complaints).toEqual([]);
});
