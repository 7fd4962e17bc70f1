// A campaign on screen: defined by the form, opened, its population looked at, attested, and closed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { otto, rita } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { holdAnswers, interceptRequests } from './intercepted-requests.ts';
import { openWindow } from './loopback-door.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

const olga = { id: '0a1b2c3d-0000-4000-8000-000000000001', name: 'Olga Owner', email: 'olga@example.org' };
const adam = { id: '0a1b2c3d-0000-4000-8000-000000000002', name: 'Adam Approver', email: 'adam@example.org' };

let station: SmallStation;
let page: SmallStation['page'];
let campaign = '';

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.owner.query(`
    CREATE TABLE user_roles (account text, role text, system text, manager_email text, is_admin boolean);
    INSERT INTO user_roles VALUES ('ann', 'reader', 'payments', NULL, false), ('ann', 'reader', 'payments', NULL, false),
      ('ben', 'admin', 'payments', NULL, true), ('cat', 'reader', 'sandbox', NULL, NULL), ('dan', 'writer', 'payments', NULL, NULL);
    GRANT SELECT ON user_roles TO PUBLIC;`);
  await be(olga);
  await page.goto(new URL('/campaigns', station.url).href);
  await page.getByText(olga.name).first().waitFor();
});
afterAll(() => station?.close());

const be = (who: typeof olga) =>
  station.run('reviewer', '--name', who.name, '--id', who.id, '--email', who.email);
const part = (name: string | RegExp) => page.getByRole('region', { name });
const section = (name: string) =>
  page
    .getByRole('navigation', { name: 'Sections of the campaign' })
    .getByRole('link', { name, exact: true })
    .click();

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

it('says what a campaign is, and defines one from a table by the form', async () => {
  await page.getByText('A campaign is a periodic access review').waitFor();
  await expectFaultless();
  await page.getByRole('button', { name: 'New campaign' }).click();
  await page.getByText('10 things are missing').waitFor();
  await part(/What it is for/)
    .getByLabel('Name')
    .fill('Third quarter');
  await fillScope();
  await part(/· When/)
    .getByLabel('First day of the period')
    .fill('2026-07-01');
  await part(/· When/)
    .getByLabel('Last day of the period')
    .fill('2026-09-30');
  await part(/· When/)
    .getByRole('combobox', { name: 'Comes again' })
    .selectOption('quarter');
  await part(/· When/)
    .getByLabel('For the first time on')
    .fill('2026-10-01');
  await fillPeople();
  await fillStages();
  await part(/What helps to judge/)
    .getByRole('button', { name: 'List the rights there are' })
    .click();
  await page.getByText('The source holds 3 rights.').waitFor();
  await page.getByLabel('What it means').first().fill('May look at everything.');
  await page.getByText('The campaign can be run as it is defined.').waitFor();
  await page
    .getByText('Filter: only rows whose system is not “sandbox”. Reason: no production data')
    .waitFor();
  await expectFaultless();
  // What is typed outlives the window.
  await page.reload();
  await page.getByText('The campaign can be run as it is defined.').waitFor();
  await page.getByRole('button', { name: 'Record the draft' }).click();
  await page.getByRole('button', { name: 'Freeze and open' }).waitFor();
});

it('puts a late answer about columns over nothing that was chosen or typed since', async () => {
  const window = await openWindow(station.browser, station.url);
  const late = window.page;
  await late.goto(new URL('/campaigns/new', station.url).href);
  const held: Route[] = [];
  await interceptRequests(late, /campaignSources\/columns/, (route) =>
    wordsOf(route).includes('np_auditlog_events') ? held.push(route) : route.continue(),
  );
  const scope = late.getByRole('region', { name: /What is reviewed/ });
  const table = scope.getByRole('combobox', { name: 'Table or view' });
  const events = table.locator('option').filter({ hasText: /^np_auditlog_events/ });
  await table.selectOption(await events.getAttribute('value'));
  await expect.poll(() => held.length).toBeGreaterThan(0);
  const purpose = late.getByRole('region', { name: /What it is for/ });
  await purpose.getByLabel('Name').fill('Typed meanwhile');
  await table.selectOption('user_roles');
  await expect.poll(() => scope.getByLabel('Who (needed)').inputValue()).toBe('account');
  // The window may have given up on it by now, or take its answer.
  await Promise.all(held.map((route) => route.continue()));
  await Promise.all(held.map((route) => route.request().response()));
  await purpose.getByLabel('Objective').fill('Typed afterwards');
  expect(await scope.getByLabel('Who (needed)').inputValue()).toBe('account');
  expect(await table.locator('option:checked').innerText()).toMatch(/^user_roles/);
  expect(await purpose.getByLabel('Name').inputValue()).toBe('Typed meanwhile');
  expect(window.complaints).toEqual([]);
  await window.context.close();
});

const wordsOf = (route: Route): string =>
  decodeURIComponent(`${route.request().url()} ${route.request().postData() ?? ''}`);

async function fillScope(): Promise<void> {
  const scope = part(/What is reviewed/);
  await scope.getByRole('combobox', { name: 'Table or view' }).selectOption('user_roles');
  await expect.poll(() => scope.getByLabel('Who (needed)').inputValue()).toBe('account');
  expect(await scope.getByLabel('Right (needed)').inputValue()).toBe('role');
  expect(await scope.getByLabel('Privileged').inputValue()).toBe('is_admin');
  await scope.getByRole('button', { name: 'Add a filter' }).click();
  await scope.getByRole('combobox', { name: 'Keep rows whose' }).selectOption('system');
  await scope.getByLabel('Value').fill('sandbox');
  await scope.getByLabel('Why').fill('no production data');
}

async function fillPeople(): Promise<void> {
  const people = part(/Who has a part in it/);
  await people.getByLabel('Add somebody known here').selectOption({ index: 1 });
  for (const [index, { id, name, email }] of [adam, rita, otto].entries()) {
    await people.getByRole('button', { name: 'Add a person' }).click();
    const row = people.getByRole('group', { name: `Person ${index + 2}` });
    await row.getByLabel('Name').fill(name);
    await row.getByLabel('Id').fill(id);
    await row.getByLabel('E-mail address').fill(email);
  }
  await people.getByRole('combobox', { name: 'Owner' }).selectOption(olga.id);
  // The form says what is wrong with a definition, not only what it lacks.
  await people.getByRole('combobox', { name: 'Approver' }).selectOption(olga.id);
}

async function fillStages(): Promise<void> {
  const stages = part(/· Who decides/);
  await stages.getByLabel('Name of stage 1').fill('security');
  await stages.getByLabel('Reviewed by').selectOption('person');
  await stages.getByLabel('Person', { exact: true }).selectOption(rita.id);
  await stages.getByLabel('Fallback').selectOption(otto.id);
  await stages.getByRole('radio', { name: 'The first final decision decides' }).check();
  await page.getByText(/Owner and approver are one person/).waitFor();
  await part(/Who has a part in it/)
    .getByRole('combobox', { name: 'Approver' })
    .selectOption(adam.id);
}

it('loses nothing typed where somebody else records the draft meanwhile; what differs is named', async () => {
  const id = /campaigns\/([^/]+)/.exec(page.url())![1]!;
  const days = () => part(/· When/).getByLabel('Days to decide');
  const recordElsewhere = async (dueDays: number) => {
    const { definition } = (await station.run('campaign', 'status', id)) as { definition: object };
    const file = join(station.workspace, 'elsewhere.json');
    writeFileSync(file, JSON.stringify({ ...definition, dueDays }));
    await station.run('campaign', 'create', file, id);
  };
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await days().fill('21');
  await recordElsewhere(7);
  const changed = part(/recorded this draft anew/);
  await changed.getByRole('row', { name: /Days to decide\s+7\s+21/ }).waitFor();
  expect(await page.getByRole('button', { name: 'Record the changes' }).isDisabled()).toBe(true);
  await expectFaultless();
  await changed.getByRole('button', { name: 'Take theirs' }).click();
  expect(await days().inputValue()).toBe('7');
  await page.getByRole('button', { name: 'Put back what I typed' }).click();
  await changed.getByRole('button', { name: 'Keep mine' }).click();
  expect(await days().inputValue()).toBe('21');
  await page.getByRole('button', { name: 'Record the changes' }).click();
  await page.getByText('21 days after it is opened').waitFor();
});

it('opens it, and shows the population as an auditor asks about it', async () => {
  await page.getByText('Reviewed by Rita Reviewer').waitFor();
  await expectFaultless();
  await page.getByText('2 rights have no meaning in plain words').waitFor();
  await page.getByLabel('Why it is opened without them').fill('asked for at the vendor');
  await page.getByRole('button', { name: 'Freeze and open' }).click();
  const complete = part('Was that all of it?');
  await complete.getByText('Both counts agree').waitFor();
  expect(await complete.innerText()).toMatch(/4\s*rows arrived\s*4\s*rows counted[\s\S]*3\s*items frozen/);
  const excluded = part('What was left out').getByRole('row').nth(1);
  expect(await excluded.innerText()).toMatch(/sandbox[\s\S]*no production data\s+1/);
  const duplicate = page.getByRole('row').filter({ hasText: 'Duplicate' });
  expect(await duplicate.innerText()).toMatch(/1\s+0$/);
  expect(await part('What is in it').innerText()).toMatch(
    /Privileged\s+Yes\s+1\s+No\s+1\s+Unknown\s+1\s+Explained in plain words\s+Explained\s+1\s+Not explained\s+2/,
  );
  await expectFaultless();
  await page.getByRole('button', { name: '1 item with the flag Duplicate: show it' }).click();
  await page.getByRole('grid').getByText('ann').first().waitFor();
  await expect.poll(() => page.getByRole('grid').getByText('ben').count()).toBe(0);
  campaign = /campaigns\/([^/]+)\/items/.exec(page.url())![1]!;
});

it('lets nobody close what is not attested; a decision after an attestation asks again', async () => {
  await section('Closing');
  const close = part('Close the campaign');
  await close.getByLabel('Why it stays incomplete').fill('nobody had time');
  expect(await close.getByRole('button', { name: 'Close as incomplete' }).isDisabled()).toBe(true);
  await attest('The owner attests', 'too early');
  await part('The owner attests').getByText('it covers what stands now').waitFor();
  await expectFaultless();
  await be(rita);
  const { items } = (await station.run('campaign', 'items', campaign)) as { items: { key: string }[] };
  for (const { key } of items)
    await station.run('campaign', 'decide', campaign, key, 'certify', '--reason', 'still in the team');
  await be(olga);
  await page.getByText('3 of 3 items decided (100 %)').waitFor();
  await part('The owner attests').getByText('it holds no longer').waitFor();
  await expectFaultless();
});

it('refuses the owner as the approver; the approver approves, and the campaign is closed', async () => {
  await attest('The owner attests', 'I looked at all three.');
  await part('The owner attests').getByText('it covers what stands now').waitFor();
  await attest('The approver approves', 'me again');
  await part('The approver approves')
    .getByText(/Only the approver of this campaign attests/)
    .waitFor();
  // The refusal itself.
  expect(station.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  await be(adam);
  await page.getByRole('button', { name: 'Go on as Adam Approver' }).click();
  await attest('The approver approves', 'I asked Olga about ben.');
  await part('The approver approves').getByText('it covers what stands now').waitFor();
  await part('Close the campaign').getByRole('button', { name: 'Close the campaign' }).click();
  await page.getByText('Closed by Adam Approver.').waitFor();
  await expectFaultless();
  await page.getByRole('button', { name: 'All campaigns' }).click();
  const row = page.getByRole('list', { name: 'All campaigns' }).getByRole('listitem');
  await expect
    .poll(() => row.innerText())
    .toMatch(/Third quarter\s+Closed[\s\S]*Olga Owner[\s\S]*3 of 3 items decided/);
  await expectFaultless();
});

it('puts a definition that comes late over nothing that was typed since', async () => {
  const window = await openWindow(station.browser, station.url);
  const late = window.page;
  await late.goto(new URL(`/campaigns/${campaign}/about`, station.url).href);
  const next = late.getByRole('button', { name: 'Start the next one' });
  await next.waitFor();
  const answer = await holdAnswers(late, 'campaigns/get');
  await next.click();
  const name = late.getByRole('region', { name: /What it is for/ }).getByLabel('Name');
  await name.fill('Typed meanwhile');
  const came = late.waitForResponse(/campaigns\/get/);
  answer();
  await came;
  await late.getByRole('button', { name: 'Replace what is typed' }).waitFor();
  expect(await name.inputValue()).toBe('Typed meanwhile');
  await window.context.close();
});

it('lets its owner end a series for a reason; the calendar then names no next campaign', async () => {
  const isNextExpected = async () => {
    const { entries } = (await station.run('campaign', 'calendar', '--days', '400')) as {
      entries: { kind: string }[];
    };
    return entries.some(({ kind }) => kind === 'open-campaign');
  };
  expect(await isNextExpected()).toBe(true);
  await page.getByRole('link', { name: 'Third quarter' }).click();
  await section('Definition');
  await page.getByRole('button', { name: 'End the series' }).click();
  const dialog = page.getByRole('dialog', { name: 'End the series' });
  expect(await dialog.getByRole('button', { name: 'End the series' }).isDisabled()).toBe(true);
  await dialog.getByRole('textbox').fill('Payments moves to another company.');
  await expectFaultless();
  await dialog.getByRole('button', { name: 'End the series' }).click();
  await dialog.getByText('Leave it to Olga Owner.').waitFor();
  // The refusal itself.
  expect(station.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  await page.keyboard.press('Escape');
  await be(olga);
  await page.getByRole('button', { name: 'Go on as Olga Owner' }).click();
  await page.getByRole('button', { name: 'End the series' }).click();
  await dialog.getByRole('textbox').fill('Payments moves to another company.');
  await dialog.getByRole('button', { name: 'End the series' }).click();
  await page.getByText('The series was ended by Olga Owner: Payments moves').waitFor();
  expect(await page.getByRole('button', { name: 'End the series' }).count()).toBe(0);
  expect(await isNextExpected()).toBe(false);
  await page.getByRole('button', { name: 'All campaigns' }).click();
});

it('discards a draft for a reason; only the list of discarded drafts names it', async () => {
  const { definition } = (await station.run('campaign', 'status', campaign)) as { definition: object };
  const file = join(station.workspace, 'again.json');
  const changes = { name: 'By mistake', recurrence: null };
  writeFileSync(file, JSON.stringify({ ...definition, ...changes }));
  await station.run('campaign', 'create', file);
  await page.getByRole('link', { name: 'By mistake' }).click();
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Defined twice.');
  await dialog.getByRole('button', { name: 'Discard the draft' }).click();
  await page.getByText('Discarded by Olga Owner: Defined twice.').waitFor();
  await page.getByRole('button', { name: 'All campaigns' }).click();
  await page.getByRole('link', { name: 'Third quarter' }).waitFor();
  await page.getByRole('link', { name: 'By mistake' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Discarded drafts' }).click();
  await page.getByRole('link', { name: 'By mistake' }).waitFor();
  await expectFaultless();
});

async function attest(title: string, statement: string): Promise<void> {
  const panel = part(title);
  await panel.getByRole('textbox').fill(statement);
  await panel.getByRole('button', { name: /^Attest/ }).click();
}
