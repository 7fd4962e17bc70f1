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
  expect(await chip.count()).toBe(0);
});
