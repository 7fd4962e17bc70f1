// After the decisions, in a browser: who takes a right away until when, a re-check against Postgres, the difference, a sample.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { percentUp } from '../../../src-renderer/screens/campaigns/follow-up/limit-shares.ts';
import { makeDefinition } from '../../support/campaign.ts';
import { launchChromium } from '../../support/chromium.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { otto, rita, sampleDatabase, type Reviewer, type SampleDatabase } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openLoopbackDoor, openWindow, type LoopbackDoor, type WatchedPage } from './loopback-door.ts';

const olga: Reviewer = {
  name: 'Olga Owner',
  id: '5d0c3f0e-8a1b-4f57-9a34-1f5f0d9c7e21',
  email: 'olga@example.org',
};
const subjects = ['eve', 'frank', 'greta', 'heidi', 'ivan', 'judy'];

let folder: string;
let workspace: string;
let database: SampleDatabase;
let browser: Browser;
let door: LoopbackDoor;
let window: WatchedPage;
let page: WatchedPage['page'];
let first: string;

async function run<Json>(...command: string[]): Promise<Json> {
  const { code, json, stderr } = await runProgramHere(workspace, command);
  if (code !== 0) throw new Error(`countersign ${command.join(' ')} failed: ${stderr}`);
  return json as Json;
}

const become = ({ name, id, email }: Reviewer) =>
  run('reviewer', '--name', name, '--id', id, '--email', email);

async function openedCampaign(name: string): Promise<string> {
  const definition = makeDefinition({
    name,
    scope: {
      from: 'table',
      schema: 'public',
      table: 'held',
      columns: { subject: 'account', entitlement: 'role', resource: 'system' },
      filters: [],
    },
    people: [olga, rita, otto].map(({ id, name: called, email }) => ({ id, name: called, email })),
    stages: [{ name: 'review', reviewer: { by: 'person', person: rita.id }, fallback: otto.id }],
    owner: olga.id,
    approver: otto.id,
    materiality: { deviations: 0, setBy: 'Petra Auditor', reason: 'few rights' },
    meanings: { reader: 'May read customers.' },
  });
  const file = join(folder, 'definition.json');
  writeFileSync(file, JSON.stringify(definition));
  const { id } = await run<{ id: string }>('campaign', 'create', file);
  await run('campaign', 'open', id);
  return id;
}

type Item = { key: string; subject: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-campaign-follow-up-'));
  workspace = join(folder, 'workspace');
  mkdirSync(workspace, { mode: 0o755 });
  database = await sampleDatabase();
  await database.owner.query('CREATE TABLE held (account text, role text, system text)');
  await database.owner.query('GRANT SELECT ON held TO PUBLIC');
  for (const subject of subjects)
    await database.owner.query("INSERT INTO held VALUES ($1, 'reader', 'crm')", [subject]);
  await run('connect', '--url', database.url, '--zone', 'Europe/Berlin');
  await become(olga);
  first = await openedCampaign('Third quarter');
  await become(rita);
  const { items } = await run<{ items: Item[] }>('campaign', 'items', first);
  for (const subject of ['eve', 'frank']) {
    const { key } = items.find((item) => item.subject === subject)!;
    await run('campaign', 'decide', first, key, 'revoke', '--reason', 'Moved to another team.');
  }
  await become(olga);
  door = await openLoopbackDoor(workspace);
  browser = await launchChromium();
  window = await openWindow(browser, door.url);
  ({ page } = window);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await door?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function go(campaign: string, section: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.evaluate((address) => {
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/campaigns/${campaign}/${section}`);
}

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
  expect(window.complaints).toEqual([]);
}

const tasks = () => page.getByRole('grid', { name: 'Rights to be taken away or changed' });
const taskOf = (subject: string) => tasks().getByRole('row').filter({ hasText: subject });

it('gives several rights an owner, a date and a ticket, and keeps what is said of one', async () => {
  await go(first, 'remediation');
  await taskOf('eve').getByRole('checkbox').check();
  await taskOf('frank').getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Give owner, date, ticket …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remediation of 2 rights' });
  await dialog.getByLabel('Owner').fill('Dana Admin');
  await dialog.getByLabel('Due').fill('2026-01-15');
  await dialog.getByLabel('Ticket').fill('OPS-7');
  await dialog.getByLabel('State').selectOption('Ticketed');
  await dialog.getByRole('button', { name: 'Record' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (const subject of ['eve', 'frank']) {
    await taskOf(subject).getByText('Ticketed').waitFor();
    await taskOf(subject).getByText('Dana Admin').waitFor();
  }
  await page.getByText('2 are overdue').waitFor();
  await taskOf('eve').click();
  const detail = page.getByRole('complementary', { name: 'Detail' });
  await detail.getByText('DELETE FROM "public"."held"').waitFor();
  await page.keyboard.press('e');
  await page.getByRole('dialog').getByLabel('Note (optional)').fill('Asked her twice.');
  await page.getByRole('dialog').getByRole('button', { name: 'Record' }).click();
  await detail.getByRole('region', { name: 'What was recorded' }).getByText('Asked her twice.').waitFor();
  await expectFaultless();
});

it('re-checks: what an administrator took away is verified removed, the other still present', async () => {
  await database.owner.query("DELETE FROM held WHERE account = 'eve'");
  await page.getByRole('button', { name: 'Check again …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Freeze and compare' }).click();
  await taskOf('eve').getByText('Verified removed').waitFor();
  await taskOf('frank').getByText('Still present').waitFor();
  await page.getByText('The re-check shows 1 of 2 rights gone').waitFor();
  await page.getByRole('button', { name: 'Results of re-check 1' }).click();
  const results = page.getByRole('dialog', { name: 'What re-check 1 came to' });
  await results.getByRole('radio', { name: 'Still present, 1' }).check();
  await results.getByRole('row').filter({ hasText: 'frank' }).click();
  await results
    .getByText(/^The population read at .* holds it\.$/)
    .last()
    .waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await results.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('State', { exact: true }).selectOption('Still present (1)');
  await expect.poll(() => tasks().getByRole('checkbox').count()).toBe(1);
});

it('draws what changed since the campaign before, and says what was decided then', async () => {
  await database.owner.query("INSERT INTO held VALUES ('newcomer', 'reader', 'crm')");
  const second = await openedCampaign('Fourth quarter');
  await go(second, 'difference');
  await page
    .getByText('2 rights were to be revoked or modified in Third quarter. Gone: 1. Here unchanged: 1.')
    .waitFor();
  const kinds = page.getByRole('list', { name: 'Kinds of difference' }).getByRole('listitem');
  expect(await kinds.allTextContents()).toEqual(['1New', '1Removed', '5Unchanged']);
  await page.getByRole('grid', { name: 'New rights' }).getByText('newcomer').waitFor();
  await page.getByRole('radio', { name: 'Removed, 1' }).check();
  await page
    .getByRole('grid', { name: 'Removed rights' })
    .getByRole('row')
    .filter({ hasText: 'eve' })
    .click();
  const detail = page.getByRole('complementary', { name: 'Detail' });
  await detail.getByText('Moved to another team.').waitFor();
  await expectFaultless();
});

it('draws a sample, tests it by keyboard, and comes to the upper limit of the command line', async () => {
  await go(first, 'samples');
  await page.getByLabel('What is tested').fill('Each right has a request');
  await page.getByLabel('Confidence (%)').fill('60');
  await page.getByLabel('Tolerable rate (%)').fill('40');
  await page.getByText(/items? of 6 would be drawn/).waitFor();
  await page.getByRole('button', { name: 'Draw and put on record' }).click();
  const sample = page.getByRole('region', { name: 'Sample 1' });
  await sample.getByText(/^0 of \d items? tested/).waitFor();
  const [drawn] = await run<{ items: unknown[] }[]>('campaign', 'samples', first);
  const size = drawn!.items.length;
  await page.getByRole('button', { name: 'Deviation', exact: false }).waitFor();
  await page.keyboard.press('2');
  await page.getByText('Say in a sentence what was found').waitFor();
  await page.keyboard.type('No request was found.');
  await page.getByRole('button', { name: 'Deviation', exact: false }).click();
  for (let tested = 1; tested < size; tested += 1) {
    await sample.getByText(new RegExp(`^${tested} of ${size} items tested`)).waitFor();
    await page.keyboard.press('1');
  }
  await sample.getByText(/of the population deviate:/).waitFor();
  const [told] = await run<{ assessment: { upperLimit: number }; recipe: string }[]>(
    'campaign',
    'samples',
    first,
  );
  const limit = percentUp(told!.assessment.upperLimit, 'en-GB');
  await sample.getByText(`Upper limit ${limit} at 60% confidence`).waitFor();
  await sample.getByText(/more than the 0 that Petra Auditor set as noted only/).waitFor();
  await sample.getByText('Draw it again with sort and sha256sum').click();
  expect(
    await sample.getByRole('region', { name: 'Commands that draw the sample again' }).textContent(),
  ).toBe(told!.recipe);
  await expectFaultless();
});
