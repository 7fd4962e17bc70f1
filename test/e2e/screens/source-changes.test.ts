// What happens to the source is seen in the window: rows that change or vanish, and a schema that is not as it was.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Review } from '../../../src-shared/model/review.ts';
import { rita, sampleEnd } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];
let changed: Review;
let vanished: Review;

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  const waiting = (await station.run('reviews', '--status', 'pending')) as Review[];
  const others = waiting.filter(({ actor }) => actor !== rita.id);
  [changed, vanished] = [others[0]!, others[1]!];
  await station.owner.query('UPDATE np_audit_privileged_reviews SET action = $2 WHERE id = $1', [
    changed.id,
    `<b>other</b> ${'w'.repeat(3000)}`,
  ]);
  await station.owner.query('DELETE FROM np_audit_privileged_reviews WHERE id = $1', [vanished.id]);
  await station.owner.query(
    'CREATE POLICY guard ON np_audit_privileged_reviews FOR UPDATE USING (reviewed_at IS NULL)',
  );
  await station.run('refresh', '--as-of', sampleEnd);
  await page.goto(new URL('/', station.url).href);
});
afterAll(() => station?.close());

const detail = () => page.getByRole('complementary', { name: 'Detail' });
const history = () => detail().getByRole('region', { name: 'History of the row' });

async function open(id: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Review queue' }).click();
  await page.getByRole('radio', { name: /^All/ }).press('Space');
  await page.getByRole('searchbox', { name: 'Filter items' }).fill(id);
  await page.getByRole('grid', { name: 'Review queue' }).getByRole('row').nth(1).click();
  await history().waitFor();
}

async function expectFaultless(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

it('shows what a row was before, verbatim', async () => {
  await open(changed.id);
  await expectFaultless();
  expect(await history().getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringContaining('Changed'),
    expect.stringContaining('Seen for the first time'),
  ]);
  expect(await history().textContent()).toContain('<b>other</b>');
});

it('keeps a row that vanished in sight, and lets nobody decide it', async () => {
  await open(vanished.id);
  await expectFaultless();
  expect(await history().getByRole('listitem').first().innerText()).toContain('Vanished');
  await detail().getByText('The audit database no longer shows this row.').waitFor();
  expect(
    await detail()
      .getByRole('button', { name: /^Certify/ })
      .isDisabled(),
  ).toBe(true);
});

it('says that nothing is sent while the schema is not as it was', async () => {
  const chip = page.getByRole('status', { name: 'Read-only' });
  await chip.waitFor();
  await expectFaultless();
  await station.run('connect', '--url', station.databaseUrl, '--confirm-changes');
  await page.reload();
  await page.getByRole('status', { name: 'Connection' }).waitFor();
  await expect.poll(() => chip.count()).toBe(0);
});

it('refuses another database on sight, and takes a person’s word where it cannot be told', async () => {
  const [finding] = (await station.run('findings')) as { id: string }[];
  await station.run('dispose', finding!.id, 'acknowledged', '--note', 'a change window');
  await station.owner.query('CREATE DATABASE elsewhere');
  await page.goto(new URL('/connect', station.url).href);
  const look = async (database: string, host: string) => {
    await page.getByRole('textbox', { name: 'Database' }).fill(database);
    await page.getByRole('textbox', { name: 'Host' }).fill(host);
    await page.getByLabel('Password').fill(decodeURIComponent(new URL(station.databaseUrl).password));
    await page.getByRole('button', { name: 'Look' }).click();
  };
  await look('elsewhere', '127.0.0.1');
  await page.getByText(/another database, “elsewhere” of the same server/).waitFor();
  // The browser notes that the look was refused.
  expect(station.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  const connect = page.getByRole('button', { name: /connect and refresh/i });
  await expect.poll(() => connect.count()).toBe(0);
  await station.owner.query('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC');
  await look('audit', 'localhost');
  await page.getByText(/cannot be told/).waitFor();
  // Before anything the report says, and before the warnings.
  const there = page.getByRole('region', { name: 'What is there' });
  expect(await there.getByRole('status').first().innerText()).toMatch(/cannot be told/);
  expect(await connect.isDisabled()).toBe(true);
  await page.getByRole('checkbox', { name: 'It is the same database under another address' }).check();
  expect(await connect.isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'How you know that it is the same' }).fill('the host was renamed');
  await expectFaultless();
  await connect.click();
  await page.getByRole('status', { name: 'Connection' }).waitFor();
  const kept = () => station.run('ledger', 'entries', '--type', 'connection-changed');
  await expect.poll(async () => JSON.stringify(await kept())).toContain('the host was renamed');
});
