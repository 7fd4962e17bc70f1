// Beside the decisions of a campaign, as a person meets it: who stands in, a day of the log put on record, what is due and the way there.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sha256Hex } from '../../../src-main/evidence/digest.ts';
import { otto, passphrase, rita } from '../../support/station.ts';
import { makeDefinition } from '../../support/campaign.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let campaign: string;

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  campaign = await openCampaign();
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

/** Rita owns it; she and Otto take turns over six rights, of which she decided one. */
async function openCampaign(): Promise<string> {
  const csv = `account,role\n${[1, 2, 3, 4, 5, 6].map((number) => `user-${number},reader`).join('\n')}\n`;
  const [table, file] = [join(station.workspace, 'roles.csv'), join(station.workspace, 'review.json')];
  writeFileSync(table, csv);
  const people = [rita, otto].map(({ id, name, email }) => ({ id, name, email }));
  const definition = makeDefinition({
    name: 'Rights of the till',
    scope: {
      from: 'file',
      name: 'roles.csv',
      sha256: sha256Hex(csv),
      columns: { subject: 'account', entitlement: 'role' },
      filters: [],
    },
    dueDays: 4,
    people: [...people, { id: 'adam', name: 'Adam Approver', email: null }],
    stages: [
      { name: 'review', reviewer: { by: 'round-robin', people: [rita.id, otto.id] }, fallback: otto.id },
    ],
    owner: rita.id,
    meanings: { reader: 'May look.' },
  });
  writeFileSync(file, JSON.stringify(definition));
  const { id } = (await station.run('campaign', 'create', file, '--csv', table)) as { id: string };
  await station.run('campaign', 'open', id);
  const list = await station.run('campaign', 'items', id, '--reviewer', rita.id, '--limit', '1');
  const { items } = list as { items: { key: string }[] };
  await station.run('campaign', 'decide', id, items[0]!.key, 'certify', '--reason', 'Works there.');
  return id;
}

const region = (name: string | RegExp) => page.getByRole('region', { name });
const section = (name: string) =>
  page
    .getByRole('navigation', { name: /^Sections/ })
    .getByRole('link', { name })
    .click();

async function expectFaultless(): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [720, 1024, 2560, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

it('leads from the overview to what is due', async () => {
  const due = region('Due');
  await due.getByText(/due in [345] days/).waitFor();
  await expectFaultless();
  await due.getByRole('button', { name: 'Calendar' }).click();
  const calendar = region('What is due');
  await calendar.getByText('Decisions, attestations and close').waitFor();
  await expectFaultless();
  await calendar.getByRole('button', { name: 'Save as calendar file …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Export' }).click();
  await dialog
    .getByText(/calendar-.*\.ics/)
    .first()
    .waitFor();
  const folder = join(station.workspace, 'exports');
  const name = readdirSync(folder).find((file) => file.endsWith('.ics'))!;
  expect(readFileSync(join(folder, name), 'utf8')).toContain(`UID:decisions-${campaign}@countersign`);
  await page.keyboard.press('Escape');
  await calendar.getByRole('button', { name: /^Go there: Decisions/ }).click();
  await page.getByRole('heading', { name: 'Rights of the till' }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/campaigns/${campaign}/items`);
});

it('shows how people decide and what is open, and lets somebody stand in', async () => {
  await section('Reviewers');
  const people = region('How people decide');
  await people.getByRole('figure', { name: /^Decisions of Rita Reviewer by day.*1 one by one/ }).waitFor();
  await people.getByText('1 decision', { exact: true }).waitFor();
  await expect.poll(() => people.getByText(/^\d open$/).count()).toBeGreaterThan(0);
  const standing = region('Standing in');
  await standing.getByRole('button', { name: 'Let somebody stand in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let somebody stand in' });
  await dialog.getByLabel('Who is away').selectOption({ label: otto.name });
  await dialog.getByLabel('Who stands in').selectOption({ label: rita.name });
  const act = dialog.getByRole('button', { name: 'Let somebody stand in' });
  expect(await act.isDisabled()).toBe(true);
  await dialog.getByLabel('Last day').fill('2999-12-31');
  await dialog.getByLabel('Reason').fill('On leave <b>for long</b>');
  await expectFaultless();
  await act.press('Enter');
  await standing.getByText('in force').waitFor();
  await standing.getByText('On leave <b>for long</b>').waitFor();
  const status = (await station.run('campaign', 'status', campaign)) as {
    delegations: { from: string; to: string; validTo: string }[];
  };
  expect(status.delegations).toMatchObject([
    { from: otto.id, to: rita.id, validTo: '2999-12-31T23:00:00.000Z' },
  ]);
  await expectFaultless();
  await standing.getByRole('button', { name: /^End now/ }).click();
  const end = page.getByRole('dialog', { name: 'End now' });
  await end.getByLabel('Why it ends').fill('back early');
  await end.getByRole('button', { name: 'End now' }).click();
  await standing.getByText(/Ended early by .*: back early/).waitFor();
  await expectFaultless();
});

it('puts a day on record by keyboard, and the other covered ones one after the other, with the database gone', async () => {
  const role = new URL(station.databaseUrl).username;
  await station.owner.query(`ALTER ROLE "${role}" CONNECTION LIMIT 0`);
  await page.getByRole('button', { name: 'All campaigns' }).click();
  await section('Daily review');
  const month = page.getByRole('grid', { name: 'Days of November 2026' });
  const ready = month.getByRole('button', { name: /^2026-11-.*To record/ });
  await ready.first().waitFor();
  const covered = (await ready.allInnerTexts()).map((cell) => /2026-11-\d\d/.exec(cell)?.[0] ?? '');
  const [first = '', ...others] = covered;
  expect(others.length).toBeGreaterThan(0);
  const cell = (date: string) => month.getByRole('button', { name: new RegExp(`^${date}`) });
  await cell('2026-11-15').focus();
  const weeks = Math.floor((15 - Number(first.slice(8))) / 7);
  for (let step = 0; step < weeks; step += 1) await page.keyboard.press('ArrowUp');
  for (let step = 0; step < (15 - Number(first.slice(8))) % 7; step += 1)
    await page.keyboard.press('ArrowLeft');
  const detail = region(new RegExp(`${first}$`));
  await detail.getByText('Every hour of it is covered.').or(detail.getByText('named')).first().waitFor();
  await expectFaultless();
  await detail.getByLabel('Passphrase of the signing key').fill(passphrase);
  await detail.getByRole('button', { name: 'Put this day on record' }).press('Enter');
  await detail.getByText('still holds').waitFor();
  await cell(first).getByText('On record').waitFor();
  await page.getByText(/^Reviewed through/).waitFor();

  await page.getByRole('button', { name: /^Record \d+ covered days?/ }).click();
  const several = page.getByRole('dialog', { name: 'Put several days on record' });
  await several.getByLabel('Passphrase of the signing key').fill(passphrase);
  await several.getByRole('button', { name: /^Record \d+ days?$/ }).press('Enter');
  await several.getByText(/days? (was|were) put on record\.$/).waitFor();
  await expectFaultless();
  await several.getByRole('button', { name: 'Close' }).last().click();
  const days = (await station.run('campaign', 'daily')) as { date: string; isSigned: boolean }[];
  expect(days.map(({ date }) => date).toSorted()).toEqual(covered);
  expect(days.every(({ isSigned }) => isSigned)).toBe(true);
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await region('Due')
    .getByText(/^The log was reviewed through/)
    .waitFor();
  await expectFaultless();
});
