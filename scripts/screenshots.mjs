// Photographs every screen over the sample data, in both themes, into docs/.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { writeZip } from '../src-main/evidence/zip.ts';
import { startSample, stopSample } from '../src-main/sample/sample.ts';
import { openLoopbackDoor, openWindow } from '../test/e2e/screens/loopback-door.ts';
import { launchChromium } from '../test/support/chromium.ts';
import { readZip } from '../test/support/read-zip.ts';
import { buildIfStale } from './build-if-stale.mjs';
import { toPalettePng } from './palette-png.mjs';

const documents = fileURLToPath(new URL('../docs', import.meta.url));
const reviewer = {
  Name: 'Rita Reviewer',
  'Reviewer id': '7f1d3c52-7d64-4c11-9f3a-0d2c8e5b9a10',
  'Email (optional)': 'rita@example.org',
  Passphrase: 'a passphrase for pictures',
  'Repeat passphrase': 'a passphrase for pictures',
};

buildIfStale(['renderer']);
mkdirSync(join(documents, 'screens'), { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'countersign-'));
const workspace = join(folder, 'workspace');
mkdirSync(workspace, { mode: 0o755 });
const door = await openLoopbackDoor(workspace);
const browser = await launchChromium({ args: ['--disable-lcd-text'] });
const { page } = await openWindow(browser, door.url);
try {
  await photographAll();
  copyFileSync(join(documents, 'screens', 'queue-light.png'), join(documents, 'queue.png'));
} finally {
  await browser.close();
  await door.close();
  await stopSample(join(workspace, 'sample'));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function photographAll() {
  await page.getByRole('button', { name: 'Explore sample data' }).waitFor();
  await photograph('welcome');
  await page.getByRole('button', { name: 'Explore sample data' }).click();
  await page.getByText('Refresh finished').waitFor({ timeout: 300_000 });
  await decideSome();
  await photograph('queue');
  await page.keyboard.press('r');
  await page.getByLabel('Reason').fill('The ticket that should stand behind this grant does not exist.');
  await photograph('reason');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await go('Overview');
  await page.getByRole('region', { name: 'Actors at risk' }).getByRole('listitem').first().waitFor();
  await photograph('overview');
  await photographFindings();
  await photographHeatmap();
  await photographEvidence();
  await photographConflict();
  await photographLedger();
  await go('Settings');
  await page.getByRole('heading', { name: 'Privileged actions' }).waitFor();
  await photograph('settings');
  await photographDetection();
  await page.getByRole('button', { name: 'Reconnect or change' }).click();
  await page.getByRole('heading', { name: 'Connect to an audit database' }).waitFor();
  await photographInspection();
}

/** A story that is open, one of its findings, and what letting it pass would hide. */
async function photographFindings() {
  await go('Findings');
  await page.getByRole('treegrid', { name: 'Findings' }).getByRole('row').nth(1).click();
  await page.keyboard.press('ArrowRight');
  await detail().getByRole('heading', { name: 'What belongs to it, earliest first' }).waitFor();
  await photograph('stories');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('grid', { name: 'Events of the finding' }).waitFor();
  await photograph('findings');
  await detail().getByRole('region', { name: 'Why not' }).getByRole('button', { name: 'Ask' }).click();
  await detail()
    .getByRole('status', { name: 'Answer' })
    .getByText(/^Listed/)
    .scrollIntoViewIfNeeded();
  await photograph('why-not');
  await page.getByRole('button', { name: 'Let pass' }).click();
  await page.getByText(/^It would hide/).waitFor();
  await photograph('exception');
  await page.getByRole('button', { name: 'Cancel' }).click();
}

/** Another reviewer was first with some decisions: one is the same, another differs, a third only their notes can tell. */
async function photographConflict() {
  await go('Review queue');
  await page.getByRole('radio', { name: /^Decided here/ }).press('Space');
  const unsentRows = page.getByRole('row').filter({ hasText: 'Not sent' });
  const ids = await unsentRows.evaluateAll((rows) => rows.map((row) => row.dataset.row));
  await decideElsewhere(ids);
  await page.getByRole('button', { name: 'Send decisions' }).click();
  const sending = page.getByRole('dialog', { name: 'Send decisions' });
  await sending.getByRole('button', { name: /^Send \d/ }).waitFor();
  await photograph('send');
  await page.keyboard.press('Enter');
  const report = page.getByRole('dialog', { name: 'Decisions sent' });
  await report.getByRole('button', { name: 'See both sides' }).click();
  const conflicts = page.getByRole('grid', { name: 'Conflicts' });
  await conflicts.getByRole('row').filter({ hasText: 'Revoked' }).click();
  await detail().getByRole('table', { name: 'Both decisions' }).waitFor();
  await photograph('conflicts');
}

/** What was done, and whether it holds. */
async function photographLedger() {
  await go('Ledger');
  const entries = page.getByRole('grid', { name: 'Ledger' });
  await entries.getByRole('row').filter({ hasText: 'Certified' }).first().click();
  await detail().getByRole('heading', { name: 'Its place in the chain' }).waitFor();
  await photograph('ledger');
  await page.getByRole('radio', { name: 'Checks and copies' }).press('Space');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await page.getByText(/^Backed up/).waitFor();
  await page.getByRole('button', { name: 'Verify now' }).click();
  await page.getByRole('button', { name: 'Rebuild now' }).click();
  await page.getByText(/^The ledger holds/).waitFor();
  await page.getByText(/^What is shown everywhere/).waitFor();
  await photograph('ledger-checks');
  await page.getByRole('radio', { name: 'Entries' }).press('Space');
}

async function decideElsewhere([same, other, prose]) {
  const { ownerUrl } = await startSample({ directory: join(workspace, 'sample') });
  const database = new Client({ connectionString: ownerUrl });
  await database.connect();
  const line = (word) =>
    `[rv1 d=${word} id=01M7YSSNVR4KY38EBQ9AYRF5AZ h=5f0c8ad91b7e at=2026-11-15T16:20:05.000Z o=1] spoke with the team lead`;
  for (const [id, notes] of [
    [same, line('approve')],
    [other, line('revoke')],
    [prose, 'Access was granted without a ticket, see the minutes of Monday.'],
  ])
    await database.query(
      'UPDATE np_audit_privileged_reviews SET reviewer_id = $2, reviewed_at = now(), notes = $3 WHERE id = $1',
      [id, '1b0e2a44-5c3f-4a77-8d1e-6f2b9c0d3e55', notes],
    );
  await database.end();
}

/** What is looked for, and what switching a family of rules on would bring. */
async function photographDetection() {
  const detection = page.getByRole('region', { name: 'Detection' });
  await detection.getByRole('button', { name: 'Change detection' }).click();
  await detection.locator('summary').filter({ hasText: 'Security rules' }).click();
  await detection.getByRole('checkbox', { name: /^Fast password guessing against one actor/ }).check();
  await detection.getByRole('button', { name: 'Try it out' }).click();
  const result = detection.getByRole('region', { name: 'Dry run' });
  await result.waitFor({ timeout: 60_000 });
  await detection.getByRole('heading', { name: 'Detection' }).scrollIntoViewIfNeeded();
  await photograph('detection');
  await result.scrollIntoViewIfNeeded();
  await photograph('dry-run');
  await detection.getByRole('button', { name: 'Cancel' }).click();
}

/** The report on the sample, as anybody would connect to it. */
async function photographInspection() {
  const { url } = await startSample({ directory: join(workspace, 'sample') });
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  await page.getByRole('radio', { name: 'URL' }).check();
  await page.getByLabel('URL', { exact: true }).and(page.getByRole('textbox')).fill(address.href);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Look' }).click();
  await page.getByRole('list', { name: 'Inspection report' }).waitFor();
  await photograph('connect');
}

/** A few decisions, so that the pictures show work under way. */
async function decideSome() {
  await go('Review queue');
  // Critical items wait for a second person.
  const filter = page.getByRole('searchbox', { name: 'Filter items' });
  await filter.fill('warning');
  await filter.press('Enter');
  await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
  await detail().getByRole('heading', { name: 'Event' }).waitFor();
  await page.keyboard.press('c');
  const who = page.getByRole('dialog', { name: 'Who reviews here?' });
  for (const [label, text] of Object.entries(reviewer))
    await who.getByLabel(label, { exact: true }).fill(text);
  await who.getByRole('button', { name: 'Save reviewer' }).click();
  await unsent(1);
  for (let count = 2; count <= 5; count += 1) {
    await detail().getByRole('heading', { name: 'Event' }).waitFor();
    await page.keyboard.press('c');
    await unsent(count);
  }
  await filter.fill('');
  await filter.press('Enter');
  await detail().getByRole('heading', { name: 'Event' }).waitFor();
}

async function photographHeatmap() {
  await go('Heatmap');
  const chart = page.getByRole('button', { name: 'Heatmap of actors by hour of the week' });
  await chart.focus();
  for (const key of ['ArrowRight', ...Array(9).fill('ArrowRight'), 'ArrowDown', 'ArrowDown'])
    await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  await page.getByRole('grid', { name: 'Events of the cell' }).getByRole('row').nth(1).waitFor();
  await photograph('heatmap');
  await page.getByRole('button', { name: 'Close the events' }).click();
  await page.getByRole('radio', { name: 'Table' }).check();
  await page.getByRole('grid', { name: 'Heatmap as a table' }).waitFor();
  await photograph('heatmap-table');
}

async function photographEvidence() {
  await go('Evidence');
  await page.getByLabel('Passphrase of the signing key').fill(reviewer.Passphrase);
  await page.getByRole('button', { name: 'Export pack' }).click();
  const exported = page.getByRole('region', { name: 'Exported pack' });
  await exported.waitFor({ timeout: 60_000 });
  const packs = page.getByRole('button', { name: /^Download: / });
  const [download] = await Promise.all([page.waitForEvent('download'), packs.first().click()]);
  const pack = readFileSync(await download.path());
  const name = download.suggestedFilename();
  await go('Settings');
  const signers = await page.getByRole('region', { name: 'Allowed signers line' }).innerText();
  await go('Evidence');
  await choose('Evidence pack (.zip)', name, pack);
  await choose('Allowed signers (optional)', 'allowed_signers', Buffer.from(`${signers}\n`));
  await verify('Trusted');
  await photograph('evidence');
  const { files } = readZip(pack);
  const changed = new Map(files).set('data/decisions.jsonl', Buffer.from('{}\n'));
  await choose('Evidence pack (.zip)', name, writeZip(changed));
  await verify('Tampered');
  await photograph('evidence-tampered');
}

async function choose(label, name, buffer) {
  await page.getByLabel(label).setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
}

async function verify(verdict) {
  await page.getByRole('button', { name: 'Verify pack' }).click();
  await page.getByRole('region', { name: 'Verdict' }).getByText(verdict, { exact: true }).waitFor();
}

async function go(name) {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
}

function detail() {
  return page.getByRole('complementary', { name: 'Detail' });
}

async function unsent(count) {
  await page.getByRole('banner').getByText(`${count} unsent decision`).waitFor();
}

async function photograph(screen) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    const file = join(documents, 'screens', `${screen}-${colorScheme}.png`);
    writeFileSync(file, toPalettePng(await page.screenshot({ animations: 'disabled' })));
    console.log(`${file.slice(documents.length + 1)}, ${Math.round(statSync(file).size / 1000)} kB`);
  }
}
