// A whole campaign, as its people live it: three workspaces that share nothing but files, one conflict, one refusal, a pack for strangers.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { sampleDatabase, sampleEnd, type SampleDatabase } from '../support/station.ts';
import { certify, certifyAlike, decide, lookAt, lookAtAll, toItems } from './campaign-story/decide.ts';
import { fillDefinition } from './campaign-story/define.ts';
import {
  countEntries,
  openCampaign,
  openDesk,
  people,
  region,
  screen,
  section,
  sitDown,
  unexpected,
  type Desk,
} from './campaign-story/desk.ts';
import {
  canVerifyByHand,
  changeOneByte,
  chapterOfReport,
  extract,
  verifyByHand,
  verifyByPage,
  verifyReturnedByHand,
  verifyByProgram,
} from './campaign-story/stranger.ts';
import { exportPack } from './campaign-story/export-pack.ts';
import { cast, countRights, differenceInSql, makeRights } from './campaign-story/rights.ts';
import { flow, handBack, handOut, takeIn, takeUp } from './campaign-story/travel.ts';

const { olga, rita, bert, adam } = people;
const name = 'Access review, autumn';

/** What the re-check has to say of each right that was to go or to change. */
const became: readonly (readonly [string, string])[] = [
  [cast.gone, 'Verified removed'],
  [cast.left, 'Still present'],
  [cast.changed, 'Re-granted'],
];

/** How the report words it. */
const inReport = (state: string): string => (state === 'Re-granted' ? 'granted again' : state.toLowerCase());
const closingNote = 'She moves in January; asked her and both of them.';

let folder: string;
let database: SampleDatabase;
let browser: Browser;
let office: Desk;
let ritas: Desk;
let berts: Desk;
/** The numbers the screen showed when the campaign was closed. */
let onScreen: Record<'items' | 'certified' | 'revoked' | 'modified', number>;

const inFolder = (file: string) => join(folder, file);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-campaign-story-'));
  chmodSync(folder, 0o711);
  const [made, launched] = await Promise.all([sampleDatabase(), launchChromium()]);
  database = made;
  browser = launched;
  await makeRights(database.owner);
  [office, ritas, berts] = await Promise.all([
    openDesk(browser, folder, 'office'),
    openDesk(browser, folder, 'rita'),
    openDesk(browser, folder, 'bert'),
  ]);
  await office.run('connect', '--url', database.url, '--zone', 'Europe/Berlin');
  await office.run('refresh', '--as-of', sampleEnd);
  await office.page.reload();
});
afterAll(async () => {
  await Promise.all([office?.close(), ritas?.close(), berts?.close()]);
  await browser?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const progress = ({ page }: Desk, words: string) =>
  page.getByRole('main').getByText(words, { exact: true }).first();

it('is defined by the owner, frozen with two equal counts, and open', async () => {
  const { page } = office;
  await sitDown(office, olga);
  await screen(office, 'Campaigns');
  await page.getByRole('button', { name: 'New campaign' }).click();
  await fillDefinition(office, name);
  await page.getByRole('button', { name: 'Record the draft' }).click();
  await page.getByRole('button', { name: 'Freeze and open' }).waitFor();
  await page.getByRole('button', { name: 'Freeze and open' }).click();
  const complete = region(page, 'Was that all of it?');
  await complete.getByText('Both counts agree').waitFor();
  const { rows, items, excluded } = await countRights(database.owner);
  expect(await complete.innerText()).toMatch(
    new RegExp(`${rows}\\s*rows arrived\\s*${rows}\\s*rows counted[\\s\\S]*${items}\\s*items frozen`),
  );
  const left = region(page, 'What was left out').getByRole('row').nth(1);
  expect(await left.innerText()).toMatch(new RegExp(`sandbox[\\s\\S]*holds no customers\\s+${excluded}$`));
});

it('hands Rita’s items out, then lets Bert stand in for her and hands out his', async () => {
  const { page } = office;
  await section(office, 'Files');
  await handOut(office, rita, 26, inFolder('to-rita.zip'));
  await section(office, 'Reviewers');
  await page.getByRole('button', { name: 'Let somebody stand in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let somebody stand in' });
  await dialog.getByLabel('Who is away').selectOption(rita.id);
  await dialog.getByLabel('Who stands in').selectOption(bert.id);
  await dialog.getByLabel('Last day').fill(dayIn(10));
  await dialog.getByLabel('Reason').fill('Rita may be called away.');
  await dialog.getByRole('button', { name: 'Let somebody stand in' }).click();
  await region(page, 'Standing in').getByText('in force').waitFor();
  await section(office, 'Files');
  await handOut(office, bert, 52, inFolder('to-bert.zip'));
  await flow(office).filter({ hasText: bert.name }).first().getByText('Out', { exact: true }).waitFor();
  expect(unexpected(office)).toEqual([]);
});

it('is decided by Rita in a workspace without a database, but for her own right', async () => {
  const { page } = ritas;
  await takeUp(ritas, rita, { path: inFolder('to-rita.zip'), items: 26, from: office });
  await screen(ritas, 'Settings');
  await page.getByRole('link', { name: 'Independence', exact: true }).click();
  await page.getByRole('button', { name: 'Add aliases' }).click();
  await page.getByLabel('One id a line').fill(cast.second);
  await page.getByLabel('Reason for the aliases').fill('my account for administration');
  await page.getByRole('button', { name: 'Add for good' }).click();
  await page
    .getByRole('list', { name: `Aliases of ${rita.id}` })
    .getByText(cast.second)
    .waitFor();
  await screen(ritas, 'Campaigns');
  await openCampaign(ritas, name);
  await toItems(ritas);
  await page.getByRole('radio', { name: 'Everybody’s' }).press('Space');
  await lookAt(ritas, cast.second);
  await page.getByText('This right is your own, so you cannot decide about it.').waitFor();
  await page.keyboard.press('r');
  await page.getByRole('dialog', { name: 'Revoke 1 item' }).waitFor();
  await page.keyboard.type('I do not need it any more.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').getByText('somebody else has to review it').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Mine' }).press('Space');

  await decide(ritas, cast.gone, 'revoke', 'Left the company in summer.');
  await decide(ritas, cast.left, 'revoke', 'Left the company, too.');
  await decide(ritas, cast.changed, 'modify', 'Works for sales now: reader is enough.');
  await certify(ritas, cast.disputed);
  await decide(ritas, 'dan.dormant', 'certify', 'Back from parental leave on Monday.');
  await certifyAlike(ritas, 'reader.', 20, 'All of them are in my team.');
  await lookAtAll(ritas);
  await page.getByText('Nothing waits for you.').waitFor();
  await handBack(ritas, inFolder('from-rita.zip'));
  await page.getByText('1 item is not yours to decide').waitFor();
  // Without a connection, times are those of the campaign’s zone.
  const time = region(page, 'Files').locator('time').first();
  const moment = new Date((await time.getAttribute('datetime'))!);
  const inBerlin = moment.toLocaleString('sv-SE', { timeZone: 'Europe/Berlin' }).slice(0, 16);
  expect(await time.innerText()).toBe(inBerlin);
  expect(await page.getByRole('button', { name: /^Decide the/ }).count()).toBe(0);
  expect(await countEntries(ritas, 'self-review-refused')).toBe(1);
  expect(await countEntries(ritas, 'campaign-decision')).toBe(25);
  await page.getByRole('banner').getByText('Not connected').waitFor();
  expect([ritas.left, unexpected(ritas)]).toEqual([[], []]);
});

it('is decided by Bert, one item of Rita’s otherwise than by her', async () => {
  await takeUp(berts, bert, { path: inFolder('to-bert.zip'), items: 52, from: office });
  await toItems(berts);
  await lookAt(berts, cast.disputed);
  await berts.page.getByRole('grid', { name: 'Items' }).getByText(`for ${rita.name}`).waitFor();
  await decide(berts, cast.disputed, 'revoke', 'Moved to the warehouse.');
  await decide(berts, cast.second, 'certify', 'Administers the CRM, second account.');
  await certify(berts, rita.email);
  await decide(berts, 'dina.dormant', 'certify', 'Needed at the end of the year.');
  await decide(berts, 'ada.admin', 'certify', 'Our administrator.');
  await decide(berts, 'svc-billing', 'certify', 'The interface to billing.');
  await certify(berts, 'frontdesk');
  await certify(berts, 'nobody.knows');
  await certify(berts, 'reader.04');
  await certifyAlike(berts, 'reader.', 39, 'All of them are in the office.');
  await handBack(berts, inFolder('from-bert.zip'));
  expect([berts.left, unexpected(berts)]).toEqual([[], []]);
});

it('comes together at Olga’s: nothing is lost or counted twice, and one item is in conflict', async () => {
  const { page } = office;
  await section(office, 'Files');
  const [fromRita, fromBert] = [inFolder('from-rita.zip'), inFolder('from-bert.zip')];
  let outcome = await takeIn(office, fromRita, ritas);
  await outcome.getByText(`25 decisions of ${rita.name} were recorded.`).waitFor();
  outcome = await takeIn(office, fromBert, berts);
  await outcome.getByText(`48 decisions of ${bert.name} were recorded.`).waitFor();
  const number = (of: string) => outcome.getByRole('listitem').filter({ hasText: of }).innerText();
  expect([await number('in conflict'), await number('not taken over')]).toEqual([
    expect.stringMatching(/^1\s/),
    expect.stringMatching(/^0\s/),
  ]);
  outcome = await takeIn(office, fromRita, ritas);
  await outcome.getByText(`Nothing in this file of ${rita.name} was new.`).waitFor();
  await progress(office, '51 of 52 items decided (98 %)').waitFor();
  expect(await countEntries(office, 'campaign-decision')).toBe(73);

  await section(office, 'Conflicts');
  const card = page.getByRole('article');
  await expect.poll(() => card.count()).toBe(1);
  const both = card.getByRole('table', { name: 'Both decisions' });
  await both.getByText(`Standing in for ${rita.name}`).waitFor();
  await both.getByText('Moved to the warehouse.').waitFor();
  await card.getByRole('radio', { name: `Certified · ${rita.name}` }).check();
  await card.getByLabel('Why it stands').fill(closingNote);
  await card.getByRole('button', { name: 'Close the conflict' }).click();
  await page.getByText('All conflicts are closed.').waitFor();
  await progress(office, '52 of 52 items decided (100 %)').waitFor();
  expect(unexpected(office)).toEqual([]);
});

async function attest(title: string, statement: string): Promise<Locator> {
  const panel = region(office.page, title);
  await panel.getByRole('textbox').fill(statement);
  await panel.getByRole('button', { name: /^Attest/ }).click();
  return panel;
}

it('is attested by its owner, approved by somebody else only, and closed', async () => {
  const { page } = office;
  await section(office, 'Closing');
  const owners = await attest('The owner attests', 'I looked at every revocation and at the conflict.');
  await owners.getByText('it covers what stands now').waitFor();
  const approvers = await attest('The approver approves', 'Me, too.');
  await approvers.getByText(/Only the approver of this campaign attests/).waitFor();
  await approvers.getByText(`Leave it to ${adam.name}.`).waitFor();
  await sitDown(office, adam);
  await screen(office, 'Campaigns');
  await openCampaign(office, name);
  await section(office, 'Closing');
  await attest('The approver approves', 'I asked Olga about the two who left.');
  await approvers.getByText('it covers what stands now').waitFor();
  await region(page, 'Close the campaign').getByRole('button', { name: 'Close the campaign' }).click();
  await page.getByText(`Closed by ${adam.name}.`).waitFor();
  await page.getByText('3 rights are to be revoked or modified.').waitFor();
  const shown = await region(page, 'Closed').innerText();
  const number = (before: string, after = '') =>
    Number(new RegExp(`${before}(\\d+)${after}`).exec(shown)?.[1]);
  onScreen = {
    items: number('of ', ' items decided'),
    certified: number('Certified\\s+'),
    revoked: number('Revoked\\s+'),
    modified: number('To be modified\\s+'),
  };
  expect(onScreen).toEqual({ items: 52, certified: 49, revoked: 2, modified: 1 });
  expect(unexpected(office)).toEqual([]);
});

it('is proved to a stranger by the pack', async () => {
  const pack = await exportPack(office, name);
  const signers = inFolder('signers');
  const keysAt = (desk: Desk) => desk.run<{ allowedSigners: string }[]>('keys');
  const keys = await Promise.all([office, ritas, berts].map(keysAt));
  const listed = keys.map((some) => some.map((key) => `${key.allowedSigners}\n`).join(''));
  writeFileSync(signers, listed[0]!);
  // A list that leaves out who decided by file makes no plain “Trusted”.
  expect(await verifyByPage(browser, pack, signers)).toBe('Trusted, with reservations');
  writeFileSync(signers, listed.join(''));
  expect(await verifyByProgram(inFolder('stranger'), pack, signers)).toMatchObject({
    verdict: 'trusted',
    signers: [{ identity: adam.email }],
  });
  expect(await verifyByPage(browser, pack, signers)).toBe('Trusted');
  const extracted = inFolder('extracted');
  extract(pack, extracted);
  if (canVerifyByHand())
    expect(verifyByHand(extracted, signers, adam.email)).toMatch(
      /^Good "countersign-evidence-pack" signature/,
    );
  if (canVerifyByHand())
    expect(verifyReturnedByHand(extracted, signers, rita.email)).toMatch(
      /^Good "countersign-assignment-decisions" signature for rita/m,
    );
  // The report says what the screen says.
  const chapter = await chapterOfReport(browser, extracted);
  expect(chapter).toContain(
    `Items: ${onScreen.items}. Of these ${onScreen.certified} certified, ${onScreen.revoked} to be revoked, ${onScreen.modified} to be modified.`,
  );
  for (const said of [
    'Left the company in summer.',
    'Moved to the warehouse.',
    closingNote,
    'holds no customers',
  ])
    expect(chapter).toContain(said);

  const changed = inFolder('changed.zip');
  changeOneByte(pack, changed, extracted);
  const { verdict, checks } = await verifyByProgram(inFolder('stranger'), changed, signers);
  expect([verdict, checks[0]!.detail]).toEqual([
    'tampered',
    'Changed in the pack file: data/campaign-items.jsonl.',
  ]);
  if (canVerifyByHand())
    expect(verifyByHand(extracted, signers, adam.email)).toContain('data/campaign-items.jsonl: FAILED');
});

it('is followed up: a re-check says what became of each right, and so does the next pack', async () => {
  const { page } = office;
  const { owner } = database;
  await owner.query('DELETE FROM user_roles WHERE account = $1', [cast.gone]);
  await owner.query('UPDATE user_roles SET granted_at = now() WHERE account = $1', [cast.changed]);
  await screen(office, 'Campaigns');
  await openCampaign(office, name);
  await section(office, 'Remediation');
  await page.getByRole('button', { name: 'Check again …' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Freeze and compare' }).click();
  const tasks = page.getByRole('grid', { name: 'Rights to be taken away or changed' }).getByRole('row');
  for (const [account, state] of became) await tasks.filter({ hasText: account }).getByText(state).waitFor();
  await page.getByText('The re-check shows 1 of 3 rights gone').waitFor();
  const pack = await exportPack(office, name);
  expect(await verifyByProgram(inFolder('stranger'), pack, inFolder('signers'))).toMatchObject({
    verdict: 'trusted',
  });
  const extracted = inFolder('extracted-later');
  extract(pack, extracted);
  const chapter = await chapterOfReport(browser, extracted);
  for (const [, state] of became) expect(chapter.toLowerCase()).toContain(`${inReport(state)}: 1`);
});

it('is begun anew: the next campaign lists what is new, gone and unchanged, as SQL does', async () => {
  const { page } = office;
  const { owner } = database;
  await owner.query(
    `INSERT INTO user_roles SELECT 'nina.new', kind, role, system, manager_email, is_admin, enabled, now(), now()
     FROM user_roles WHERE account = 'reader.01'`,
  );
  await owner.query("DELETE FROM user_roles WHERE account = 'reader.40'");
  await sitDown(office, olga, false);
  await screen(office, 'Campaigns');
  await openCampaign(office, name);
  await section(office, 'Definition');
  await page.getByRole('button', { name: 'Start the next one' }).click();
  await page.getByText('The campaign can be run as it is defined.').waitFor();
  const purpose = page.getByRole('region', { name: /What it is for/ });
  await purpose.getByLabel('Name').fill('Access review, winter');
  await page.getByRole('button', { name: 'Record the draft' }).click();
  await page.getByRole('button', { name: 'Freeze and open' }).click();
  await region(page, 'Was that all of it?').getByText('Both counts agree').waitFor();
  await section(office, 'Difference');
  const { added, removed, unchanged } = await differenceInSql(owner);
  const kinds = page.getByRole('list', { name: 'Kinds of difference' }).getByRole('listitem');
  await expect
    .poll(() => kinds.allTextContents())
    .toEqual([`${added.length}New`, `${removed.length}Removed`, `${unchanged.length}Unchanged`]);
  await page
    .getByText(`3 rights were to be revoked or modified in ${name}. Gone: 1. Here unchanged: 2.`)
    .waitFor();
  expect(await listed('New')).toEqual(added);
  await page.getByRole('radio', { name: /^Removed/ }).check();
  expect(await listed('Removed')).toEqual(removed);
  expect([office.left, unexpected(office)]).toEqual([[], []]);
});

/** Who is listed as new, or as gone. */
async function listed(kind: string): Promise<string[]> {
  const rows = office.page.getByRole('grid', { name: `${kind} rights` }).getByRole('row');
  await rows.nth(1).waitFor();
  const names = await rows
    .getByRole('gridcell')
    .evaluateAll((cells) =>
      cells.filter((cell) => cell === cell.parentElement?.firstElementChild).map((cell) => cell.textContent),
    );
  return names.toSorted();
}
