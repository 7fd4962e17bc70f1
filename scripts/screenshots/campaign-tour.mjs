// Access reviews: what is due, how they are defined, decided, handed out, tested, followed up and closed.

/** @param made What the scene prepared. */
export function campaignTour({ page, detail, row }, { photograph, photographWide }, { closed, current }) {
  const go = (address) =>
    page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, `/campaigns/${address}`);
  const main = page.getByRole('main');
  const heading = (name) => main.getByRole('heading', { name }).first().waitFor();
  const quiet = () => main.getByText(/^Reading /).waitFor({ state: 'hidden' });
  return { overall, define, scope, items, others, followUp, closing };

  async function overall() {
    await go('list');
    await main.getByRole('list', { name: 'All campaigns' }).getByRole('listitem').first().waitFor();
    await photographWide('campaigns');
    await go('calendar');
    await main.getByRole('region', { name: 'What is due' }).waitFor();
    await quiet();
    await photograph('campaigns-calendar');
    await go('daily');
    const days = page.getByRole('grid', { name: 'Days of November 2026' });
    await days.getByRole('button', { name: /^2026-11-14/ }).click();
    await quiet();
    await photograph('campaigns-daily');
  }

  async function define() {
    await go('new');
    const scope = page.getByRole('region', { name: /What is reviewed/ });
    await scope.getByRole('combobox', { name: 'Table or view' }).selectOption('user_roles');
    await scope.getByRole('button', { name: 'Add a filter' }).click();
    await scope.getByLabel('Keep rows whose').selectOption('system');
    await scope.getByLabel('Value').fill('sandbox');
    await photographWide('campaigns-new');
  }

  async function scope() {
    await go(`${current}/about`);
    await heading('Business systems, fourth quarter');
    await photograph('campaign-about');
    await go(`${current}/population`);
    await main.getByRole('region', { name: 'Was that all of it?' }).waitFor();
    await photographWide('campaign-population');
    await go(`${current}/difference`);
    await row('New rights').click();
    await quiet();
    await photograph('campaign-difference');
  }

  async function items() {
    await go(`${current}/items`);
    await row('Items').waitFor();
    const filter = page.getByRole('searchbox').first();
    await filter.fill('role_grant');
    await filter.press('Enter');
    await only('role_grant');
    await row('Items').click();
    await detail().getByRole('region', { name: 'Use in the period' }).waitFor();
    await photographWide('campaign-items');
    await filter.fill('reader');
    await filter.press('Enter');
    await only('reader');
    await row('Items').click();
    await page.keyboard.press('Shift+X');
    await page.getByRole('region', { name: 'Selection' }).waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('region', { name: 'Items this decision covers' }).waitFor();
    await page.keyboard.type('Nobody of the team used it since the spring.');
    await photograph('campaign-bulk');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear selection' }).click();
  }

  /** Until the list is the one asked for. */
  async function only(right) {
    const rows = page.getByRole('grid', { name: 'Items' }).locator('tbody tr[data-row]');
    await rows.filter({ hasNotText: right }).first().waitFor({ state: 'detached' });
    await rows.first().waitFor();
  }

  async function others() {
    await go(`${current}/people`);
    await page.getByRole('region', { name: 'How people decide' }).getByRole('figure').first().waitFor();
    await photographWide('campaign-people');
    await go(`${current}/files`);
    await page.getByRole('list', { name: 'Who has what' }).getByRole('listitem').first().waitFor();
    await photograph('campaign-files');
    await go(`${current}/conflicts`);
    await page.getByRole('table', { name: 'Both decisions' }).first().waitFor();
    await photograph('campaign-conflicts');
  }

  async function followUp() {
    await go(`${closed}/remediation`);
    const tasks = page.getByRole('grid', { name: 'Rights to be taken away or changed' });
    await tasks.getByRole('row').nth(1).click();
    await detail().waitFor();
    await photographWide('campaign-remediation');
    await go(`${closed}/samples`);
    await main.getByLabel('Samples of this campaign').selectOption({ index: 0 });
    await page.getByRole('region', { name: 'Sample 1' }).waitFor();
    await photograph('campaign-samples');
  }

  async function closing() {
    await go(`${current}/closing`);
    await heading('Business systems, fourth quarter');
    await quiet();
    await photograph('campaign-closing');
    await go(`${closed}/closing`);
    await heading('Business systems, third quarter');
    await quiet();
    await photograph('campaign-closed');
  }
}
