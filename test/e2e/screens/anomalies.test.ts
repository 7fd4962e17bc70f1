// The source's own anomalies on screen: apart from our findings, in their own words, judged by keyboard, faultless in both themes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.owner.query(
    `UPDATE np_audit_anomalies SET context = context || jsonb_build_object('long', repeat('x', 5000), 'crooked', chr(8238) || 'desrever')
      WHERE anomaly_type = 'bulk_delete'`,
  );
  await station.fill();
  await station.setReviewer();
});
afterAll(() => station?.close());

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

describe('the source’s own anomalies', () => {
  it('are listed with their own score, and one of them in full', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click();
    await page.getByRole('radio', { name: 'The source’s own' }).click();
    const grid = page.getByRole('grid', { name: 'The source’s anomalies' });
    await grid.getByRole('row').filter({ hasText: 'bulk_delete' }).first().click();
    const detail = page.getByRole('complementary', { name: 'Detail' });
    await detail.getByText('41.20', { exact: true }).waitFor();
    await detail.getByText(/z_score, as the scorer of the source gave it/).waitFor();
    await expectFaultless();
  });

  it('are judged by keyboard, with a note', async () => {
    await page.getByRole('grid', { name: 'The source’s anomalies' }).focus();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: /^Escalate/ });
    await dialog.getByRole('textbox', { name: 'Note' }).fill('somebody has to look');
    await expectFaultless();
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('somebody has to look').waitFor();
    const { anomalies } = (await station.run('anomalies', '--status', 'escalated')) as {
      anomalies: { note: string; sync: string }[];
    };
    expect(anomalies).toMatchObject([{ note: 'somebody has to look', sync: 'unsent' }]);
    await page.getByRole('radio', { name: /^All/ }).click();
    await expectFaultless();
  });
});
