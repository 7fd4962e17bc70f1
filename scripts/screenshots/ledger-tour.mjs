// Decisions sent and in conflict, the ledger, packs of evidence and what a stranger's check says of them.
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { writeZip } from '../../src-main/evidence/zip.ts';
import { startSample } from '../../src-main/sample/sample.ts';
import { readZip } from '../../test/support/read-zip.ts';
import { reviewer } from './window.mjs';

/** @param sample Folder of the sample database. */
export function ledgerTour({ page, detail, go, goSection }, { photograph, photographWide }, sample) {
  return { evidence, conflict, ledger };

  async function evidence() {
    await go('Evidence');
    await page.getByLabel('Passphrase of the signing key').fill(reviewer.Passphrase);
    await page.getByRole('button', { name: 'Export pack' }).click();
    await page.getByRole('region', { name: 'Exported pack' }).waitFor({ timeout: 60_000 });
    await photographWide('evidence');
    const packs = page.getByRole('button', { name: /^Download: / });
    const [download] = await Promise.all([page.waitForEvent('download'), packs.first().click()]);
    const pack = readFileSync(await download.path());
    const name = download.suggestedFilename();
    await go('Settings');
    await goSection('Reviewer and keys');
    const signers = await page.getByRole('region', { name: 'Allowed signers line' }).innerText();
    await go('Evidence');
    await choose('Evidence pack (.zip)', name, pack);
    await choose('Allowed signers (optional)', 'allowed_signers', Buffer.from(`${signers}\n`));
    await verify('Trusted');
    await photograph('evidence-trusted');
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
    const said = page.getByRole('region', { name: 'Verdict' });
    await said.getByText(verdict, { exact: true }).waitFor();
    await said.scrollIntoViewIfNeeded();
  }

  /** Another reviewer was first with some decisions: one is the same, another differs, a third only their notes can tell. */
  async function conflict() {
    await go('Review queue');
    await page.getByRole('radio', { name: /^Decided here/ }).press('Space');
    const unsentRows = page.getByRole('row').filter({ hasText: 'Not sent' });
    await unsentRows.nth(2).waitFor();
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
    await photographWide('conflicts');
  }

  async function decideElsewhere([same, other, prose]) {
    const { ownerUrl } = await startSample({ directory: sample });
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

  /** What was done, and whether it holds. */
  async function ledger() {
    await go('Ledger');
    const entries = page.getByRole('grid', { name: 'Ledger' });
    await entries.getByRole('row').filter({ hasText: 'Certified' }).first().click();
    await detail().getByRole('heading', { name: 'Its place in the chain' }).waitFor();
    await photographWide('ledger');
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
}
