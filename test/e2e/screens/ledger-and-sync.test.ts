// Sending, the clocks, the ledger, publishing, rights and changes of the schema, as a person meets them in the window.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LedgerPage } from '../../../src-shared/model/ledger.ts';
import type { Review } from '../../../src-shared/model/review.ts';
import { rita } from '../../support/station.ts';
import { holdAnswers, interceptRequests } from './intercepted-requests.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openLoopbackDoor, openWindow } from './loopback-door.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let items: Review[];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  const waiting = (await station.run('reviews', '--status', 'pending')) as Review[];
  const critical = waiting.find(({ severity, actor }) => severity === 'critical' && actor !== rita.id)!;
  items = waiting.filter(({ actor, severity }) => actor !== rita.id && severity !== 'critical');
  for (const { id } of [items[0]!, items[1]!, critical])
    await station.run('decide', id, 'certify', '--reason', 'matches <b>the</b> change request');
  await station.run('decide', items[2]!.id, 'abstain', '--reason', 'not my system');
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

const dialog = (name: string) => page.getByRole('dialog', { name });
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const goSection = (name: string) =>
  page
    .getByRole('navigation', { name: /^Sections/ })
    .getByRole('link', { name })
    .click();
const entries = async (...narrowed: string[]) =>
  ((await station.run('ledger', 'entries', ...narrowed)) as LedgerPage).entries;

async function expectFaultless(window = page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(window, theme);
    expect(await seriousFaults(window), theme).toEqual([]);
  }
  for (const width of [1024, 1440]) {
    await window.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(window), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

it('shows to the letter what would be sent and what stays, and sends it with one more Enter', async () => {
  await page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
  const sending = dialog('Send decisions');
  await sending.getByRole('button', { name: 'Send 2 decisions' }).waitFor();
  expect(await sending.getByRole('button', { name: 'Send 2 decisions' }).evaluate(isFocused)).toBe(true);
  expect(await sending.getByRole('region', { name: 'What would be sent' }).innerText()).toMatch(
    /\[rv1 d=approve id=.* matches <b>the<\/b> change request/,
  );
  await sending.getByText('Waiting for a second person: 1 decision').click();
  await sending.getByText('A rule asks for a second person, who has not concurred yet.').waitFor();
  await sending.getByText('Kept here: 1 decision').waitFor();
  await expectFaultless();
  await page.keyboard.press('Escape');
  await sending.waitFor({ state: 'detached' });
  expect(await entries('--type', 'sync-sent')).toEqual([]);

  await page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
  await sending.getByRole('button', { name: 'Send 2 decisions' }).waitFor();
  await page.keyboard.press('Enter');
  await dialog('Decisions sent')
    .getByText('All 2 decisions that were sent are in the audit database.')
    .waitFor();
  await page.keyboard.press('Escape');
  const { rows } = await station.owner.query<{ notes: string }>(
    'SELECT notes FROM np_audit_privileged_reviews WHERE id = ANY($1)',
    [[items[0]!.id, items[1]!.id]],
  );
  expect(rows.map(({ notes }) => notes)).toEqual(Array(2).fill(expect.stringContaining('[rv1 d=approve')));
});

it('says beforehand which decision will probably not be taken, and leads to the conflict it became', async () => {
  const { id } = items[3]!;
  await station.run('decide', id, 'certify', '--reason', 'fine');
  await station.owner.query(
    `UPDATE np_audit_privileged_reviews SET reviewer_id = '1b0e2a44-5c3f-4a77-8d1e-6f2b9c0d3e55', reviewed_at = now(), notes = 'no' WHERE id = $1`,
    [id],
  );
  await page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
  await page.getByRole('button', { name: 'Send 1 decision' }).press('Enter');
  const sent = dialog('Decisions sent');
  await sent.getByText(/1 was decided by somebody else first\.$/).waitFor();
  await sent.getByRole('button', { name: 'See both sides' }).click();
  await page.getByRole('grid', { name: 'Conflicts' }).getByRole('row').nth(1).waitFor();
});

it('can be stopped while the database does not answer, and goes on from there', async () => {
  await station.run('decide', items[4]!.id, 'certify', '--reason', 'fine');
  const role = new URL(station.databaseUrl).username;
  await station.owner.query(`ALTER ROLE "${role}" CONNECTION LIMIT 0`);
  await page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
  const sending = dialog('Send decisions');
  await sending.getByRole('button', { name: 'Send 1 decision' }).press('Enter');
  await sending.getByRole('progressbar', { name: 'Sending decisions' }).waitFor();
  await expectFaultless();
  await expectHonestWhenSilent();
  await sending.getByRole('button', { name: 'Stop sending' }).click();
  await sending.getByRole('button', { name: 'Send 1 decision' }).waitFor();
  expect(await sending.getByRole('status').first().innerText()).toMatch(/stopped|cancelled/i);
  await expectFaultless();
  await station.owner.query(`ALTER ROLE "${role}" CONNECTION LIMIT -1`);
  await sending.getByRole('button', { name: 'Send 1 decision' }).press('Enter');
  await dialog('Decisions sent').getByText('The decision that was sent is in the audit database.').waitFor();
  await page.keyboard.press('Escape');
});

/** Another window that follows the sending promises nothing once Countersign does not answer it. */
async function expectHonestWhenSilent(): Promise<void> {
  const other = await station.browser.newPage();
  await other.goto(station.url);
  await other.getByRole('heading', { name: 'Overview' }).waitFor();
  await other.keyboard.press('Control+k');
  await other.keyboard.type('send dec');
  await other.keyboard.press('Enter');
  const sending = other.getByRole('dialog', { name: 'Send decisions' });
  await sending.getByText('Stopping is safe').waitFor();
  await interceptRequests(other, /rpc/, (route) => route.abort());
  await sending.getByText('nothing is known here about the sending').waitFor();
  await expect.poll(() => sending.getByText('Stopping is safe').count()).toBe(0);
  await other.close();
}

it('lists what was done in words, narrowed by kind, person and text, by keyboard', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('heading', { name: 'Ledger', exact: true }).waitFor();
  const grid = page.getByRole('grid', { name: 'Ledger' });
  await grid.getByText('Abstained on').waitFor();
  await expectFaultless();
  await page.getByLabel('Kind').selectOption({ label: 'Decision (6)' });
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('7');
  await page
    .getByLabel('Person')
    .selectOption({ label: `${rita.name} (${(await entries('--by', rita.id)).length})` });
  await page.getByRole('heading', { name: 'Ledger', exact: true }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('not MY system');
  await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  await detail()
    .getByRole('heading', { name: /^Abstained on/ })
    .waitFor();
  const [line] = await entries('--text', 'not my system');
  const whole = (await station.run('ledger', 'entry', String(line!.seq))) as {
    hash: string;
    entry: { prev: string };
  };
  const chain = detail().getByRole('region', { name: 'Chain' });
  await chain.getByText(whole.hash).waitFor();
  await chain.getByText(whole.entry.prev).waitFor();
  await expectFaultless();
  await page.getByRole('searchbox', { name: 'Search the ledger' }).fill('nothing is like this');
  await page.getByText('No entry is like this.').waitFor();
  await page.getByRole('searchbox', { name: 'Search the ledger' }).fill('');
});

it('verifies, rebuilds, records a checkpoint, and backs up what the command line restores', async () => {
  await page.getByRole('radio', { name: 'Checks and copies' }).press('Space');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByText(/^The ledger holds: \d+ entries/).waitFor();
  await page.getByRole('button', { name: 'Rebuild now' }).click();
  await page.getByText(/^What is shown everywhere/).waitFor();
  await page.getByLabel('Passphrase of the signing key').fill('a passphrase for tests');
  await page.getByRole('button', { name: 'Record one now' }).click();
  await page.getByRole('region', { name: 'Checkpoints on record' }).getByText('on request').waitFor();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByText(/^Backed up \d+ entries, and read back\.$/).waitFor();
  const [backup] = readdirSync(join(station.workspace, 'backups'));
  await page.getByRole('list', { name: 'Backups in this workspace' }).getByText(backup!).waitFor();
  await expectFaultless();
  const command = await page.getByRole('region', { name: 'Command that restores the backup' }).innerText();
  expect(command.trim()).toBe(
    `countersign --workspace ${station.workspace} restore ${join(station.workspace, 'backups', backup!)}`,
  );
  const file = join(station.workspace, 'backups', backup!);
  await expect(station.run('restore', file)).rejects.toThrow(/entries that the backup lacks|open/);
});

it('prints the rights for the DBA, and says whether the database guards itself', async () => {
  await go('Settings');
  await goSection('Source rights');
  const rights = page.getByRole('region', { name: 'Rights in the database' });
  await rights.getByRole('button', { name: 'Ask the database' }).click();
  const guard = rights.getByRole('region', { name: 'Guard of the review table' });
  await guard.getByText('Decided only once').waitFor();
  await rights.getByLabel('Role of the reviewers').fill('reviewers');
  await rights.getByRole('button', { name: 'Print the SQL' }).press('Enter');
  const sql = rights.getByRole('region', { name: 'SQL', exact: true });
  await sql.getByText(/GRANT SELECT/).waitFor();
  await rights.getByRole('radio', { name: 'Take back' }).press('Space');
  await sql.getByText(/REVOKE/).waitFor();
  await rights.getByRole('button', { name: 'Copy the SQL' }).waitFor();
  await expectFaultless();
});

it('publishes nothing before somebody turned it on with a reason, and says on a finding where it stands', async () => {
  await goSection('Publication');
  const panel = page.getByRole('region', { name: 'Publishing findings' });
  await panel.getByText(/Findings stay in this workspace/).waitFor();
  await panel.getByText(/^What turning it on would publish/).click();
  await panel.getByRole('button', { name: 'Turn on' }).click();
  await panel.getByLabel('Reason for turning it on').fill('the SOC reads that table');
  await expectFaultless();
  await panel.getByRole('button', { name: 'Publish with the next sync' }).click();
  await panel.getByText(/With the next sync/).waitFor();
  expect((await entries('--type', 'publication-changed'))[0]!.saying.at(-1)).toEqual({
    text: 'the SOC reads that table',
    isValue: true,
  });
  await go('Findings');
  await page.getByRole('radio', { name: 'By finding' }).press('Space');
  await page.getByRole('grid', { name: 'Findings' }).getByRole('row').nth(1).click();
  await detail().getByRole('region', { name: 'Publishing' }).waitFor();
  await expectFaultless();
});

it('holds sending while the clocks are apart, until somebody says why, and says that a clock was set back', async () => {
  const ahead = await openLoopbackDoor(station.workspace, 23 * 60_000);
  const window = await openWindow(station.browser, ahead.url);
  try {
    await station.run('decide', items[5]!.id, 'certify', '--reason', 'fine');
    await window.page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
    await window.page.getByRole('button', { name: 'Send 1 decision' }).press('Enter');
    const sending = window.page.getByRole('dialog', { name: 'Send decisions' });
    await sending.getByLabel('Why the clocks may differ').waitFor();
    await expectFaultless(window.page);
    await window.page.keyboard.press('Escape');
    const clocks = window.page.getByRole('region', { name: 'Clocks' });
    await clocks.getByText(/is 2[23] min.* behind this computer’s\. Nothing is sent\./).waitFor();
    await expectFaultless(window.page);
    await clocks.getByRole('button', { name: 'Acknowledge…' }).click();
    const asked = window.page.getByRole('dialog', { name: 'Acknowledge the clocks' });
    await asked.getByLabel('Why the clocks may differ').waitFor();
    await window.page.keyboard.press('Escape');
    await window.page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
    const start = await holdAnswers(window.page, 'sync/start');
    await window.page.getByRole('button', { name: 'Compare the clocks again and send' }).press('Enter');
    const why = sending.getByLabel('Why the clocks may differ');
    // An answer given while they are compared would be about the difference before.
    await sending.getByText('Stopping is safe').waitFor();
    expect(await why.count()).toBe(0);
    start();
    await why.fill('this laptop has no time server');
    const toSend = sending.getByRole('button', { name: /^Send 1 decision/ });
    // Refused while the window does not know yet what the comparison found; what was typed stays.
    await expect
      .poll(async () => {
        if ((await toSend.count()) === 0) await why.press('Enter', { timeout: 1000 });
        return toSend.count();
      })
      .toBe(1);
    // What was refused before is news no more.
    await expect.poll(() => sending.getByRole('alert').count()).toBe(0);
    await expectFaultless(window.page);
    await window.page.keyboard.press('Escape');
    await clocks.getByText(/acknowledged this difference/).waitFor();
    const [acknowledged] = await entries('--type', 'clock-acknowledged');
    expect(acknowledged!.saying.at(-1)!.text).toBe('this laptop has no time server');
    await window.page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
    await window.page.getByRole('button', { name: /^Send 1 decision/ }).press('Enter');
    await window.page.getByRole('dialog', { name: 'Decisions sent' }).waitFor();
    expect(window.complaints.filter((complaint) => !complaint.includes('422'))).toEqual([]);
  } finally {
    await window.context.close();
    await ahead.close();
  }
  // Everybody else's clock is behind what the ledger says last.
  await station.run('decide', items[6]!.id, 'certify', '--reason', 'fine');
  await page.goto(new URL('/', station.url).href);
  const clocks = page.getByRole('region', { name: 'Clocks' });
  await clocks.getByText(/^This computer’s clock was set back by 2[23] min/).waitFor();
  await expectFaultless();
  await clocks.getByRole('button', { name: 'Understood' }).click();
  await clocks.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('status', { name: 'Connection' }).waitFor();
  expect(await clocks.count()).toBe(0);
});

it('leads from what cannot be sent to what changed, which is confirmed without a password', async () => {
  await station.owner.query(
    'CREATE POLICY guard ON np_audit_privileged_reviews FOR UPDATE USING (reviewed_at IS NULL)',
  );
  await page.getByRole('banner').getByRole('button', { name: 'Send decisions' }).click();
  const sending = dialog('Send decisions');
  await sending.getByRole('button', { name: /^Send 1 decision/ }).press('Enter');
  await sending.getByRole('button', { name: 'See what changed, and connect again' }).click();
  const panel = page.getByRole('region', { name: 'Read-only', exact: true });
  await panel.getByRole('list', { name: 'How it differs' }).getByText(/guard/).waitFor();
  await panel.getByRole('button', { name: 'Look at the database now' }).click();
  await panel.getByRole('list', { name: 'How it differs now' }).getByText(/guard/).waitFor();
  await expectFaultless();
  await panel.getByRole('button', { name: 'Confirm this difference' }).press('Enter');
  await page.getByRole('status', { name: 'Read-only' }).waitFor({ state: 'detached' });
  const [connected] = await entries('--type', 'connection-changed');
  const said = connected!.saying.map(({ text }) => text).join('');
  expect(said).toMatch(/^Connected to the audit database/);
  expect(said).toMatch(/Confirmed 1 difference from what it was: The policy guard of .* is new\./);
});

function isFocused(element: Element): boolean {
  return element === document.activeElement;
}
