// The items of a campaign, decided with nothing but the keyboard: singly, together, corrected; and what is refused.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CampaignItemPage, CampaignStatus } from '../../../src-shared/model/campaign-view.ts';
import { makeDefinition } from '../../support/campaign.ts';
import { rita } from '../../support/station.ts';
import { holdAnswers } from './intercepted-requests.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let id: string;

const columns = {
  subject: 'account',
  subjectName: 'name',
  subjectType: 'kind',
  entitlement: 'role',
  resource: 'system',
  privileged: 'admin',
  lastUsedAt: 'used',
};

/** Everybody may read; some administrate; one right is Rita’s own, under her e-mail address. One person is an actor of the sample. */
function rightsOf(actor: string, action: string): string {
  const rows = Array.from(
    { length: 1_180 },
    (_, n) => `reader-${n},Reader number ${n},user,reader,crm,no,2026-11-10T09:00:00Z`,
  );
  const admins = Array.from({ length: 12 }, (_, n) => `admin-${n},,user,admin,crm,yes,2026-11-09T09:00:00Z`);
  return [
    'account,name,kind,role,system,admin,used',
    ...rows,
    ...admins,
    `${rita.email},Rita Reviewer,contractor,approver,billing,no,2026-11-10T09:00:00Z`,
    `${actor},Somebody known,user,${action},,yes,2026-11-10T09:00:00Z`,
    '',
  ].join('\n');
}

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.run('reviewer', '--name', rita.name, '--id', rita.id, '--email', rita.email);
  const { rows } = await station.owner.query<{ actor: string }>(
    `SELECT actor_user_id AS actor FROM np_auditlog_events WHERE event_type = 'role_grant' AND actor_user_id <> '' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const csv = join(station.workspace, 'rights.csv');
  writeFileSync(csv, rightsOf(rows[0]!.actor, 'role_grant'));
  const file = join(station.workspace, 'definition.json');
  const people = [
    { id: rita.id, name: rita.name, email: rita.email },
    { id: 'otto', name: 'Otto Other', email: 'otto@example.org' },
    { id: 'adam', name: 'Adam Approver', email: 'adam@example.org' },
  ];
  const definition = makeDefinition({
    scope: { from: 'file', name: 'rights.csv', sha256: '0'.repeat(64), columns, filters: [] },
    period: { from: '2026-10-01', to: '2026-11-15' },
    people,
    stages: [{ name: 'review', reviewer: { by: 'person', person: rita.id }, fallback: 'otto' }],
    owner: rita.id,
    approver: 'adam',
    meanings: {
      reader: 'May read every record, and change none.',
      admin: 'May change everything, accounts included.',
      approver: 'May approve payments.',
      role_grant: 'May give roles to others.',
    },
  });
  writeFileSync(file, JSON.stringify(definition));
  ({ id } = (await station.run('campaign', 'create', file, '--csv', csv)) as CampaignStatus);
  await station.run('campaign', 'open', id);
  await page.goto(new URL(`/campaigns/${id}/items`, station.url).href + new URL(station.url).hash);
  await row(1).waitFor();
});
afterAll(() => station?.close());

const grid = () => page.getByRole('grid', { name: 'Items' });
const row = (n: number) => grid().getByRole('row').nth(n);
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const press = (...keys: string[]) =>
  keys.reduce(async (before, key) => {
    await before;
    await page.keyboard.press(key);
  }, Promise.resolve());

/** How much of the list its end hides, in pixels. */
const cutOff = (list: Element): number =>
  Math.max(
    0,
    Math.round(list.getBoundingClientRect().right - list.closest('section')!.getBoundingClientRect().right),
  );

/** The key of the item in view, once it is there in full. */
const shownKey = () =>
  detail()
    .locator('code')
    .filter({ hasText: /^[0-9a-f]{32}$/ })
    .innerText();

async function filter(words: string): Promise<void> {
  await press('/');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(words);
  await press('Enter');
  // Until the list is the one asked for, keys choose nothing in it.
  await expect.poll(() => row(1).innerText()).toContain(words);
}

async function typeReason(title: string, reason: string): Promise<void> {
  await page.getByRole('dialog', { name: title }).waitFor();
  await page.keyboard.type(reason);
  await press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const itemOf = async (key: string) => {
  const { items } = (await station.run('campaign', 'items', id, '--limit', '500')) as CampaignItemPage;
  return items.find((item) => item.key === key);
};

const decidedItems = async (): Promise<CampaignItemPage['items']> => {
  const states = await Promise.all(
    ['decided', 'undecided'].map((state) =>
      station.run('campaign', 'items', id, '--state', state, '--limit', '500'),
    ),
  );
  return states.flatMap((listed) => (listed as CampaignItemPage).items);
};

it('decides ten items with the keyboard, and moves on by itself', async () => {
  await filter('admin-');
  await press('j');
  const expected: string[] = [];
  for (const [key, decision, title] of [
    ['c', 'certify', 'Certify 1 item'],
    ['r', 'revoke', 'Revoke 1 item'],
    ['m', 'modify', 'Modify 1 item'],
    ['a', 'abstain', 'Abstain 1 item'],
    ['e', 'escalate', 'Escalate 1 item'],
  ] as const) {
    const shown = await shownKey();
    await press(key);
    await typeReason(title, `because of ${decision}`);
    await expect.poll(shownKey).not.toBe(shown);
    expected.push(`${shown} ${decision}`);
  }
  // What is not privileged and not flagged is certified by one key.
  await filter('reader-4');
  await press('j');
  for (let count = 0; count < 5; count += 1) {
    const shown = await shownKey();
    await press('c');
    await expect.poll(shownKey).not.toBe(shown);
    expected.push(`${shown} certify`);
  }
  const decided = await decidedItems();
  const made = decided.map(({ key, outcome, decision }) => ({ key, outcome, decision }));
  expect(made.every(({ decision }) => decision !== null)).toBe(true);
  expect(made.map(({ key }) => key).toSorted()).toEqual(expected.map((one) => one.split(' ')[0]!).toSorted());
  expect(made.filter(({ outcome }) => outcome === 'certify')).toHaveLength(6);
  expect(station.complaints).toEqual([]);
});

it('leads nobody away from what they went on to while a decision was being recorded', async () => {
  await filter('reader-5');
  await press('j');
  const decided = await shownKey();
  const answer = await holdAnswers(page, 'campaigns/decide');
  await press('c', 'j', 'j', 'j');
  await expect.poll(shownKey).not.toBe(decided);
  await row(4)
    .and(page.getByRole('row', { selected: true }))
    .waitFor();
  const wentOnTo = await shownKey();
  answer();
  await expect.poll(async () => (await itemOf(decided))?.outcome).toBe('certify');
  await expect.poll(() => row(1).innerText()).not.toContain('Waits');
  expect(await shownKey()).toBe(wentOnTo);
});

it('corrects a decision: both stay, and the later one stands', async () => {
  // The one decided last comes back with its key, although the list is past it.
  await press('u');
  await detail().getByText('does not show this item').waitFor();
  const shown = await shownKey();
  await detail().getByText('Certified').first().waitFor();
  await press('r');
  const dialog = page.getByRole('dialog', { name: 'Revoke 1 item' });
  await dialog.getByText('This corrects the decision of Rita Reviewer').waitFor();
  await typeReason('Revoke 1 item', 'on second thoughts');
  const decisions = detail().getByRole('region', { name: 'Decisions about this item' });
  await press('u');
  await expect.poll(shownKey).toBe(shown);
  await expect.poll(() => decisions.getByRole('listitem').count()).toBe(2);
  expect(await decisions.getByRole('listitem').first().innerText()).toContain('stands no longer');
  expect(await decisions.getByRole('listitem').nth(1).innerText()).toMatch(
    /Revoked[\s\S]*on second thoughts[\s\S]*In view for/,
  );
});

it('decides several alike together, and says what is left out and why', async () => {
  await filter('reader-11');
  await press('j', 'x', 'j', 'x', 'j', 'x');
  await filter('admin-1');
  await press('j', 'x');
  const selection = page.getByRole('region', { name: 'Selection' });
  expect(await selection.innerText()).toContain('4 items (3 not in this list)');
  await press('c');
  const dialog = page.getByRole('dialog', { name: 'Certify 3 items' });
  await dialog.getByText('It is privileged, so it is decided by itself.').waitFor();
  expect(
    await dialog.getByRole('region', { name: 'Items this decision covers' }).getByRole('listitem').count(),
  ).toBe(3);
  expect(await seriousFaults(page)).toEqual([]);
  await typeReason('Certify 3 items', 'all of them still read');
  await expect.poll(async () => (await decidedItems()).length).toBe(14);
  await page.getByRole('button', { name: 'Clear selection' }).click();
});

it('saves what was ended before it was known what it covers, once all of it is', async () => {
  const before = (await decidedItems()).length;
  await filter('reader-12');
  await press('j', 'x', 'j', 'x');
  const answer = await holdAnswers(page, 'previewBulk');
  await press('r');
  const dialog = page.getByRole('dialog', { name: 'Revoke 2 items' });
  await dialog.getByText('Finding out which of these can be decided together').waitFor();
  await page.keyboard.type('nobody needs them');
  await press('Control+Enter');
  await dialog.getByText('Saved as soon as it is known').waitFor();
  expect(await decidedItems()).toHaveLength(before);
  answer();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(async () => (await decidedItems()).length).toBe(before + 2);
});

it('leaves it to be read first where something is left out', async () => {
  const before = (await decidedItems()).length;
  await filter('reader-13');
  await press('j', 'x', 'j', 'x');
  await filter('admin-1');
  await press('j', 'x');
  const answer = await holdAnswers(page, 'previewBulk');
  await press('r');
  await page.getByRole('dialog', { name: 'Revoke 3 items' }).waitFor();
  await page.keyboard.type('nobody needs them');
  await press('Control+Enter');
  await page.getByText('Saved as soon as it is known').waitFor();
  answer();
  const dialog = page.getByRole('dialog', { name: 'Revoke 2 items' });
  await dialog.getByText('It is privileged, so it is decided by itself.').waitFor();
  await expect.poll(() => dialog.getByRole('button', { name: 'Revoke 2 items' }).isEnabled()).toBe(true);
  expect(await decidedItems()).toHaveLength(before);
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Clear selection' }).click();
});

it('refuses a decision about oneself, and shows the sentence', async () => {
  await page.getByRole('radio', { name: 'Everybody’s' }).press('Space');
  await filter(rita.email);
  await press('j');
  await detail().getByText('This right is your own, so you cannot decide about it.').waitFor();
  const own = await shownKey();
  await press('c');
  await page.getByText('The attempt was put on record, no decision was').waitFor();
  await press('r');
  await page.getByRole('dialog', { name: 'Revoke 1 item' }).waitFor();
  await page.keyboard.type('not needed');
  await press('Control+Enter');
  await page.getByRole('dialog').getByText('somebody else has to review it').waitFor();
  await press('Escape');
  expect((await itemOf(own))?.decision ?? null).toBeNull();
  station.complaints.splice(
    0,
    Infinity,
    ...station.complaints.filter((complaint) => !complaint.includes('422')),
  );
});

it('shows the evidence beside an item, keeps what is open, and records that it was', async () => {
  await filter('Somebody known');
  await row(1).getByText('role_grant').waitFor();
  await press('j');
  await detail().getByText('May give roles to others.').waitFor();
  const use = detail().getByRole('region', { name: 'Use in the period' });
  await expect.poll(() => use.innerText()).toMatch(/\d+ events, \d+ uses?/);
  await press('o');
  await detail()
    .getByRole('figure', { name: /^Events a day from 2026-10-01 to 2026-11-15/ })
    .waitFor();
  await detail()
    .getByText(/1 of 1,19\d of type “user” hold it somewhere/)
    .waitFor();
  expect(
    await detail().getByRole('region', { name: 'Privileged actions of the period' }).innerText(),
  ).toContain('role_grant');
  const key = await shownKey();
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page)).toEqual([]);
    for (const [width, height] of [
      [1024, 768],
      [1440, 900],
      [2560, 1300],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect.poll(() => layoutFaults(page)).toEqual([]);
    }
  }
  // The list scrolls by itself, so that a column it cuts off sticks out of nothing.
  for (const width of [1280, 1366, 1440]) {
    await page.setViewportSize({ width, height: 768 });
    await expect.poll(() => grid().evaluate(cutOff), { message: `${width} pixels wide` }).toBe(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await press('r');
  await typeReason('Revoke 1 item', 'never used');
  await page.reload();
  await page.getByLabel('State', { exact: true }).selectOption('decided');
  await filter('Somebody known');
  await row(1).getByText('Revoked').waitFor();
  await press('j');
  await expect.poll(shownKey).toBe(key);
  await detail().getByText('5 parts of the evidence were opened.').waitFor();
  await detail()
    .getByRole('figure', { name: /^Events a day/ })
    .waitFor();
  await press('o');
  const finding = detail().getByRole('button', { name: 'Findings of the period' });
  await finding.press('Enter');
  await detail().getByRole('link', { name: 'Show in findings' }).first().press('Enter');
  await page.getByRole('treegrid', { name: 'Findings' }).waitFor();
  await page.goBack();
  await grid().waitFor();
});

it('shows what stands where somebody decided meanwhile, and records nothing over it', async () => {
  await page.getByLabel('State', { exact: true }).selectOption('open');
  await filter('reader-77');
  await press('j');
  const key = await shownKey();
  await press('r');
  const dialog = page.getByRole('dialog', { name: 'Revoke 1 item' });
  await dialog.waitFor();
  await station.run('campaign', 'decide', id, key, 'certify');
  await page.keyboard.type('too late');
  await press('Control+Enter');
  await dialog.getByText('What stands of this item changed after it was shown to you').waitFor();
  await dialog.getByText('Meanwhile Rita Reviewer decided').waitFor();
  await dialog.getByText('Certified').waitFor();
  await press('Escape');
  const { outcome } = (await decidedItems()).find((item) => item.key === key)!;
  expect(outcome).toBe('certify');
  expect(station.complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
});

it('reads on as somebody goes down a long list', async () => {
  await filter('reader');
  await page.getByText('200 items, and more').waitFor();
  await row(2).click();
  await grid().focus();
  for (let pages = 0; pages < 3; pages += 1) await press('End');
  await page.getByText(/^[4-9]00 items, and more/).waitFor();
  await press('End');
  await expect
    .poll(async () =>
      Number(
        /\d+/.exec((await grid().getByRole('row', { selected: true }).getAttribute('aria-rowindex')) ?? '0'),
      ),
    )
    .toBeGreaterThan(400);
});

it('has room for the list, and for an item with a way back, where everything is twice as large', async () => {
  await page.setViewportSize({ width: 720, height: 450 });
  await detail().getByRole('button', { name: 'Back to the list' }).click();
  await grid().getByRole('row', { selected: true }).waitFor();
  await grid().getByRole('row', { selected: true }).click();
  await shownKey();
  await press('Escape');
  await grid().waitFor();
  expect(await layoutFaults(page)).toEqual([]);
});
