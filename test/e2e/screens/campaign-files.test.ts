// A campaign between two workspaces that share nothing but files: handed out, taken up, handed back, taken in, one conflict closed.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CampaignFileList } from '../../../src-shared/model/campaign-files.ts';
import { people } from '../../support/campaign.ts';
import { launchChromium } from '../../support/chromium.ts';
import { runProgramHere } from '../../support/program-here.ts';
import { passphrase } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openLoopbackDoor, openWindow, type LoopbackDoor, type WatchedPage } from './loopback-door.ts';

const { olga, rita } = people;

const csv = [
  'account,role,system,admin',
  'eve,reader,crm,no',
  'eve,admin,crm,yes',
  'frank,reader,crm,no',
  'greta,reader,crm,no',
  'rita,reader,crm,no',
  '',
].join('\n');

const definition = {
  name: 'Third quarter',
  scope: {
    from: 'file',
    columns: { subject: 'account', entitlement: 'role', resource: 'system', privileged: 'admin' },
    filters: [],
  },
  period: { from: '2026-07-01', to: '2026-09-30' },
  zone: 'Europe/Berlin',
  dueDays: 14,
  people: Object.values(people),
  stages: [{ name: 'managers', reviewer: { by: 'person', person: 'rita' }, fallback: 'otto' }],
  policy: 'first-final',
  owner: 'olga',
  approver: 'adam',
  meanings: { reader: 'May read.', admin: 'May change everything.' },
};

type Desk = WatchedPage & {
  door: LoopbackDoor;
  run: (...command: string[]) => Promise<unknown>;
  go: (address: string) => Promise<void>;
};

let folder: string;
let browser: Browser;
let owner: Desk;
let reviewer: Desk;
let campaign: string;

const inFolder = (name: string) => join(folder, name);

/** A workspace without any database, and a window on it. */
async function openDesk(name: string): Promise<Desk> {
  const workspace = inFolder(name);
  mkdirSync(workspace, { mode: 0o755 });
  const run = async (...command: string[]) => {
    const { code, json, stderr } = await runProgramHere(workspace, command);
    if (code !== 0) throw new Error(`countersign ${command.join(' ')} failed: ${stderr}`);
    return json;
  };
  const door = await openLoopbackDoor(workspace);
  const window = await openWindow(browser, door.url);
  await window.page.getByRole('navigation', { name: 'Main' }).waitFor();
  const go = async (address: string) => void (await window.page.goto(new URL(address, door.url).href));
  return { ...window, door, run, go };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-campaign-files-'));
  chmodSync(folder, 0o711);
  browser = await launchChromium();
  [owner, reviewer] = await Promise.all([openDesk('owner'), openDesk('reviewer')]);
  await owner.run('reviewer', '--name', olga.name, '--id', olga.id, '--email', olga.email);
  writeFileSync(inFolder('rights.csv'), csv);
  writeFileSync(inFolder('definition.json'), JSON.stringify(definition));
  const created = await owner.run(
    'campaign',
    'create',
    inFolder('definition.json'),
    '--csv',
    inFolder('rights.csv'),
  );
  campaign = (created as { id: string }).id;
  await owner.run('campaign', 'open', campaign);
});
afterAll(async () => {
  await Promise.all([owner?.door.close(), reviewer?.door.close()]);
  await browser?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

async function expectFaultless(page: Page): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 2560, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
}

/** What was complained about, but for the answers with which a file was refused. */
const unexpected = ({ complaints }: Desk) =>
  complaints.filter((complaint) => !complaint.includes('Failed to load resource'));

/** Saves the file that was just written, and compares it with the hash on the screen. */
async function save({ page }: Desk, written: Locator, name: string): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    written.getByRole('button', { name: /^Download: / }).click(),
  ]);
  await download.saveAs(inFolder(name));
  await written.getByText(sha256(inFolder(name))).waitFor();
}

const fingerprintOf = async ({ run }: Desk) =>
  ((await run('keys')) as { fingerprint: string }[])[0]!.fingerprint;

/** Compares the key of a file with the one its owner reads out, and says so. */
async function acceptKey(within: Locator, fingerprint: string, act: string): Promise<void> {
  const compare = region(within.page(), 'Compare the key');
  await compare.getByText(fingerprint).waitFor();
  const button = within.getByRole('button', { name: act, exact: true });
  expect(await button.isDisabled()).toBe(true);
  await compare.getByLabel(/^I compared all of it/).check();
  expect(await button.isDisabled()).toBe(true);
  await compare.getByLabel('How it was compared').fill('read out on the phone');
  await button.click();
}

it('hands the items of one person out as a signed file', async () => {
  const { page, go } = owner;
  await go(`/campaigns/${campaign}/files`);
  const flow = page.getByRole('list', { name: 'Who has what' });
  const hers = flow.getByRole('listitem').filter({ hasText: rita.name }).first();
  await hers.getByText('0 of 4').waitFor();
  await hers.getByText('Not handed out').waitFor();
  await hers.getByRole('button', { name: `Hand out…: ${rita.name}` }).click();
  const dialog = page.getByRole('dialog', { name: `Hand items to ${rita.name}` });
  await dialog.getByLabel('Passphrase of the signing key').fill(passphrase);
  await dialog.getByRole('button', { name: 'Write the file' }).click();
  await dialog.getByText('The file was written and signed.').waitFor();
  await expectFaultless(page);
  await save(owner, dialog, 'to-rita.zip');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await hers.getByText('Out', { exact: true }).waitFor();
  await expectFaultless(page);
  expect(unexpected(owner)).toEqual([]);
});

it('refuses a damaged file, and takes the items up in an empty workspace once the key was compared', async () => {
  const { page } = reviewer;
  const damaged = readFileSync(inFolder('to-rita.zip'));
  damaged[damaged.indexOf('items.jsonl') + 60]! ^= 1;
  writeFileSync(inFolder('damaged.zip'), damaged);
  await page.getByRole('button', { name: 'Take up items to review…' }).click();
  const who = page.getByRole('dialog', { name: 'Who reviews here?' });
  await who.getByLabel('Name').fill(rita.name);
  await who.getByLabel('Reviewer id').fill(rita.id);
  await who.getByLabel('Email (optional)').fill(rita.email);
  await who.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await who.getByLabel('Repeat passphrase').fill(passphrase);
  await who.getByRole('button', { name: 'Save reviewer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take up items to decide' });
  await dialog.getByLabel('Items to decide (.zip)').setInputFiles(inFolder('damaged.zip'));
  await dialog
    .getByRole('alert')
    .getByText(/nothing was taken from it/i)
    .waitFor();
  await dialog.getByLabel('Items to decide (.zip)').setInputFiles(inFolder('to-rita.zip'));
  await dialog.getByText('Unchanged, but nobody vouches for the key').waitFor();
  await expectFaultless(page);
  await acceptKey(dialog, await fingerprintOf(owner), 'Take up the items');
  await dialog.getByText('4 items were taken up.').waitFor();
  await dialog.getByRole('button', { name: 'Decide them' }).click();
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/campaigns/${campaign}/items`);
  expect(await reviewer.run('campaign', 'files', campaign)).toMatchObject([
    { kind: 'taken-up', count: 4, accepted: 'read out on the phone' },
  ]);
  expect(unexpected(reviewer)).toEqual([]);
});

it('hands back what was decided without a database', async () => {
  const { page, run, go } = reviewer;
  const { items } = (await run('campaign', 'items', campaign)) as {
    items: { key: string; subject: string; entitlement: string }[];
  };
  for (const { key, entitlement } of items)
    await run(
      'campaign',
      'decide',
      campaign,
      key,
      entitlement === 'admin' ? 'revoke' : 'certify',
      '--reason',
      'asked the owner of the system',
    );
  await go(`/campaigns/${campaign}/files`);
  const panel = region(page, 'Hand back my decisions');
  await panel.getByText('4 of 4 items decided').waitFor();
  await region(page, 'Files').getByText('key accepted by hand: read out on the phone').waitFor();
  await panel.getByLabel('Passphrase of the signing key').fill(passphrase);
  await panel.getByRole('button', { name: 'Write the file' }).click();
  await panel.getByText('The file was written and signed.').waitFor();
  await save(reviewer, panel, 'from-rita.zip');
  await region(page, 'Files').getByText('Handed back').waitFor();
  await expectFaultless(page);
  expect(unexpected(reviewer)).toEqual([]);
});

it('takes the decisions in once, and says which are in conflict', async () => {
  const { page, run, go } = owner;
  const day = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString();
  const why = ['--reason', 'Rita is away'];
  await run('campaign', 'delegate', campaign, 'rita', 'olga', '--from', day(-1), '--to', day(1), ...why);
  const found = (await run('campaign', 'items', campaign, '--text', 'frank')) as { items: { key: string }[] };
  await run('campaign', 'decide', campaign, found.items[0]!.key, 'revoke', '--reason', 'Frank has left');
  await go(`/campaigns/${campaign}/files`);
  const panel = region(page, 'Take in decisions');
  const choose = (name: string) =>
    panel.getByLabel('Decisions that came back (.zip)').setInputFiles(inFolder(name));
  await choose('to-rita.zip');
  await panel.getByText('This file holds items to decide, and no decisions.').waitFor();
  await choose('from-rita.zip');
  await acceptKey(panel, await fingerprintOf(reviewer), 'Take in the decisions');
  const outcome = region(page, 'What became of the decisions');
  await outcome.getByText(`4 decisions of ${rita.name} were recorded.`).waitFor();
  await page.getByRole('list', { name: 'Who has what' }).getByText('1 in conflict').waitFor();
  await outcome.getByRole('listitem').filter({ hasText: 'in conflict' }).getByText('1').waitFor();
  await expectFaultless(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    panel.getByLabel('Decisions that came back (.zip)').click(),
  ]);
  await chooser.setFiles(inFolder('from-rita.zip'));
  await acceptKey(panel, await fingerprintOf(reviewer), 'Take in the decisions');
  await outcome.getByText(`Nothing in this file of ${rita.name} was new.`).waitFor();
  const files = (await run('campaign', 'files', campaign)) as CampaignFileList;
  expect(files.filter(({ kind }) => kind === 'imported')).toMatchObject([
    { count: 4, refused: 0, accepted: 'read out on the phone' },
  ]);
  await outcome.getByRole('button', { name: 'See the conflicts' }).click();
  expect(unexpected(owner)).toEqual([]);
});

it('lets nobody close a conflict about their own right', async () => {
  const { page, run } = owner;
  await run('reviewer', '--name', 'Frank', '--id', 'frank');
  await page.reload();
  const card = page.getByRole('article', { name: 'frank · reader' });
  await card.getByText('as Frank').waitFor();
  await card.getByRole('radio', { name: `Certified · ${rita.name}` }).check();
  await card.getByLabel('Why it stands').fill('I need it.');
  await card.getByRole('button', { name: 'Close the conflict' }).click();
  await card.getByRole('alert').getByText('This right is your own').waitFor();
  expect(await run('campaign', 'conflicts', campaign)).toMatchObject([{ closing: null }]);
  await run('reviewer', '--name', olga.name, '--id', olga.id, '--email', olga.email);
  await page.reload();
});

it('shows both decisions of a conflict, and closes it with a note', async () => {
  const { page, run } = owner;
  const card = page.getByRole('article', { name: 'frank · reader' });
  const table = card.getByRole('table', { name: 'Both decisions' });
  await table.getByText('Frank has left').waitFor();
  await table.getByText('asked the owner of the system').waitFor();
  await table.getByText(`Standing in for ${rita.name}`).waitFor();
  await table.getByText('Policy takes this').waitFor();
  await expectFaultless(page);
  const close = card.getByRole('button', { name: 'Close the conflict' });
  await card.getByLabel('Why it stands').fill('The account is disabled since Monday.');
  expect(await close.isDisabled()).toBe(true);
  await card.getByRole('radio', { name: `Revoked · ${olga.name}` }).check();
  await card.getByLabel('Why it stands').press('Control+Enter');
  await page.getByText('All conflicts are closed.').waitFor();
  await page.getByRole('radio', { name: 'Closed, 1' }).check();
  await card.getByText('The account is disabled since Monday.').waitFor();
  await table.getByText('Stands', { exact: true }).waitFor();
  await expectFaultless(page);
  await card.getByRole('button', { name: 'See the item' }).click();
  const detail = page.getByRole('complementary', { name: 'Detail' });
  await detail.getByText('Frank has left').waitFor();
  expect(await run('campaign', 'conflicts', campaign)).toMatchObject([{ closing: { by: olga.id } }]);
  expect(unexpected(owner)).toEqual([]);
});
