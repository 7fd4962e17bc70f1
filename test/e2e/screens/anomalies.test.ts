// The source's own anomalies on screen: apart from our findings, in their own words, judged by keyboard, faultless in both themes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otto } from '../../support/station.ts';
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

type Listed = { id: string; user: string; status: string; note: string; sync: string | null };
const detail = () => page.getByRole('complementary', { name: 'Detail' });
const second = () => detail().getByRole('region', { name: 'Second person' });

/** The findings as the workspace is now, by case or as the source's scorer has them. */
async function openFindings(by: 'By case' | 'The source’s own'): Promise<void> {
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Findings' }).click();
  await page.getByRole('radio', { name: by }).click();
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
    await page.getByText('somebody has to look').first().waitFor();
    const { anomalies } = (await station.run('anomalies', '--status', 'open')) as { anomalies: Listed[] };
    expect(anomalies.filter(({ sync }) => sync !== null)).toMatchObject([
      { sync: 'awaiting-second', proposal: { note: 'somebody has to look' } },
    ]);
    await second()
      .getByText(/awaits a second person/)
      .waitFor();
    await second().getByText('The source’s own anomalies of severity critical').waitFor();
    expect(await second().getByRole('button', { name: 'Concur' }).count()).toBe(0);
    await page.getByRole('radio', { name: /^All/ }).click();
    await page.getByRole('grid', { name: 'The source’s anomalies' }).getByText('To second').waitFor();
    await expectFaultless();
  });

  it('are final once a second person concurs, who says so in the window', async () => {
    await station.run('reviewer', '--name', otto.name, '--id', otto.id, '--email', otto.email);
    await page.getByRole('button', { name: `Go on as ${otto.name}` }).click();
    await openFindings('The source’s own');
    await page.getByRole('radio', { name: /^All/ }).click();
    await page.getByRole('row').filter({ hasText: 'To second' }).click();
    await second()
      .getByRole('textbox', { name: 'What you looked at' })
      .fill('the deletions were not planned');
    await second().getByRole('button', { name: 'Concur' }).click();
    await second().getByText('A second person concurred.').waitFor();
    await expectFaultless();
    const { anomalies } = (await station.run('anomalies', '--status', 'escalated')) as {
      anomalies: Listed[];
    };
    expect(anomalies).toMatchObject([{ note: 'somebody has to look', sync: 'unsent' }]);
    expect(await station.run('sync')).toMatchObject({ anomalies: { applied: 1 } });
  });

  it('about whoever reviews here say so before anybody tries, and so do findings of ours and their cases', async () => {
    const { anomalies } = (await station.run('anomalies', '--limit', '100')) as { anomalies: Listed[] };
    const [found] = (await station.run('findings')) as { actor: string }[];
    const users = new Set([anomalies.find(({ status }) => status === 'open')!.user, found!.actor]);
    await station.run('aliases', ...users, '--reason', 'the list of accounts');
    await openFindings('By case');
    const own = detail().getByText('This is about yourself. Somebody else must judge it.');
    const row = page.getByRole('treegrid', { name: 'Findings' }).getByRole('row').nth(1);
    await row.click();
    await own.waitFor();
    await openFindings('The source’s own');
    await page.getByRole('radio', { name: /^All/ }).click();
    const { id } = anomalies.find(({ status, user }) => status === 'open' && users.has(user))!;
    await page.locator(`[data-row="${id}"]`).click();
    await own.waitFor();
    await expectFaultless();
  });
});
