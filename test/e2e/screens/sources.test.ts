// The source in its sections: a reason for read-only that can be confirmed there, refreshes, another mapping; and the settings by address.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
});
afterAll(() => station?.close());

async function isSound(): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await useTheme(page, theme);
    expect({ theme, faults: await seriousFaults(page) }).toEqual({ theme, faults: [] });
  }
  for (const [width, height] of [
    [720, 450],
    [1024, 768],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

const at = (path: string) => page.goto(new URL(path, station.url).href);
const region = (name: string) => page.getByRole('region', { name, exact: true });

it('leads from the banner to why it is read-only, and confirms exactly that without a password', async () => {
  await station.owner.query(
    'CREATE POLICY guard ON np_audit_privileged_reviews FOR UPDATE USING (reviewed_at IS NULL)',
  );
  await station.run('refresh');
  await at('/');
  await page.getByRole('banner').getByRole('button', { name: 'Read-only' }).click();
  expect(new URL(page.url()).pathname).toBe('/sources/state');
  const panel = region('Read-only');
  const difference = panel.getByText(/^The policy guard of .* USING \(reviewed_at IS NULL\)\.$/);
  await difference.waitFor();
  await isSound();
  await panel.getByRole('button', { name: 'Look at the database now' }).press('Enter');
  const confirm = panel.getByRole('button', { name: 'Confirm this difference' });
  await confirm.waitFor();
  // It changes again before somebody confirms: what they saw is not what there is.
  await station.owner.query('CREATE POLICY later ON np_audit_privileged_reviews FOR DELETE USING (false)');
  await confirm.press('Enter');
  await panel.getByText(/changed again since its differences were shown/).waitFor();
  expect(station.complaints.splice(0)).toEqual([expect.stringContaining('422')]);
  await panel.getByRole('button', { name: 'Look at the database now' }).press('Enter');
  await panel.getByRole('button', { name: 'Confirm these 2 differences' }).press('Enter');
  await panel.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByRole('status', { name: 'Read-only' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Connection', exact: true }).click();
  await region('Changes so far')
    .getByText(/Confirmed 2 differences from what it was/)
    .waitFor();
});

it('says what was found and what is there now', async () => {
  await region('What is there now').getByRole('button', { name: 'Look at it now' }).click();
  await page.getByRole('list', { name: 'Inspection report' }).getByRole('listitem').first().waitFor();
  const events = region('Events');
  await events.getByText(/^\d+ columns$/).click();
  const columns = events.getByRole('table');
  expect(await columns.getByRole('row').filter({ hasText: 'event_type' }).innerText()).toMatch(/action/);
  await isSound();
});

it('lists every refresh, and where the time of each went', async () => {
  await page.keyboard.press('n');
  const list = page.getByRole('grid', { name: 'Refreshes' });
  // The head, and the two refreshes there were.
  await expect.poll(() => list.getAttribute('aria-rowcount')).toBe('3');
  const stages = region('Where the time went');
  const newest = await stages.innerText();
  await list.focus();
  await list.press('ArrowDown');
  await expect.poll(() => stages.innerText()).not.toBe(newest);
  expect(await stages.getByRole('row').count()).toBeGreaterThan(3);
  await isSound();
});

it('shows at once what another mapping would read, and reads by it when somebody says so', async () => {
  await at('/sources/mapping');
  await page.getByText('It can be read like this.').waitFor();
  const connect = page.getByRole('button', { name: 'Connect with this mapping' });
  expect(await connect.isDisabled()).toBe(true);
  const actor = page.getByRole('combobox', { name: 'Column for actor', exact: true });
  await actor.selectOption('');
  await page.getByText('It cannot be read like this.').waitFor();
  expect(await connect.isDisabled()).toBe(true);
  await isSound();
  await actor.selectOption('actor_user_id');
  await page.getByRole('combobox', { name: 'Column for user agent' }).selectOption('');
  await page.getByText('It can be read like this.').waitFor();
  const preview = region('First rows as it would read them').first();
  await expect.poll(() => preview.getByRole('columnheader', { name: 'user agent' }).count()).toBe(0);
  await page.getByRole('radio', { name: 'JSON' }).press('Space');
  const text = page.getByRole('textbox', { name: 'Mapping (JSON)' });
  expect(JSON.parse(await text.inputValue())).not.toHaveProperty('columns.userAgent');
  await isSound();
  await expect.poll(() => connect.isEnabled()).toBe(true);
  await connect.click();
  await page.getByText('In force: a mapping of its own').waitFor();
  await page.getByText('This is the mapping in force.').waitFor();
  // Connecting again begins with it, and with no password in sight.
  await at('/connect');
  await page.getByText('Custom table and columns').click();
  expect(await page.getByRole('textbox', { name: 'Mapping (JSON)' }).inputValue()).toContain('actor_user_id');
  await page.getByRole('radio', { name: 'URL' }).check();
  const url = page.getByRole('textbox', { name: 'URL' });
  await url.fill(station.databaseUrl);
  await url.press('Tab');
  const { password } = new URL(station.databaseUrl);
  expect(await url.inputValue()).not.toContain(password);
  expect(await page.getByLabel('Password').inputValue()).toBe(decodeURIComponent(password));
});

it('has an address for every section of the settings, and keys that go through them', async () => {
  await at('/settings/independence');
  await region('Four eyes').waitFor();
  const section = (name: string) =>
    page
      .getByRole('navigation', { name: 'Sections of the settings' })
      .getByRole('link', { name, exact: true });
  await page.keyboard.press('p');
  await expect.poll(() => section('Reviewer and keys').getAttribute('aria-current')).toBe('page');
  await page.goBack();
  await expect.poll(() => section('Independence').getAttribute('aria-current')).toBe('page');
  const others = ['Detection', 'Source rights', 'Publication', 'Privacy', 'Appearance', 'Workspace'];
  for (const name of others) {
    await page.keyboard.press('n');
    await expect.poll(() => section(name).getAttribute('aria-current')).toBe('page');
    await expect.poll(() => layoutFaults(page)).toEqual([]);
    expect(await seriousFaults(page)).toEqual([]);
  }
  expect(new URL(page.url()).pathname).toBe('/settings/workspace');
});

it('speaks German', async () => {
  await at('/settings/appearance');
  await page.getByRole('radio', { name: 'Deutsch' }).press('Space');
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
  await at('/sources');
  await page.getByRole('heading', { name: 'Wie es steht' }).waitFor();
  await isSound();
});
