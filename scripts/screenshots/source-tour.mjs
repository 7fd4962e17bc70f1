// The settings, what is looked for, and the source: how it stands, how to connect to one.
import { startSample } from '../../src-main/sample/sample.ts';

/** @param sample Folder of the sample database. */
export function sourceTour({ page, go, goSection }, { photograph, photographWide }, sample) {
  return { settings, detection, sources, connect };

  async function settings() {
    await go('Settings');
    await goSection('Reviewer and keys');
    await page.getByRole('region', { name: 'Signing key' }).waitFor();
    await photographWide('settings');
    for (const section of ['Independence', 'Source rights', 'Publication', 'Privacy', 'Appearance']) {
      await goSection(section);
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor();
      await page.getByText('Reading the ledger…').waitFor({ state: 'hidden' });
      await photograph(`settings-${section.toLowerCase().replace(' ', '-')}`);
    }
  }

  /** What is looked for, and what switching a family of rules on would bring. */
  async function detection() {
    await go('Settings');
    await goSection('Detection');
    await page.getByRole('heading', { name: 'Privileged actions' }).waitFor();
    const region = page.getByRole('region', { name: 'Detection' });
    await region.getByRole('button', { name: 'Change detection' }).click();
    await region.locator('summary').filter({ hasText: 'Security rules' }).click();
    await region.getByRole('checkbox', { name: /^Fast password guessing against one actor/ }).check();
    await region.getByRole('button', { name: 'Try it out' }).click();
    const result = region.getByRole('region', { name: 'Dry run' });
    await result.waitFor({ timeout: 60_000 });
    await region.getByRole('heading', { name: 'Detection' }).scrollIntoViewIfNeeded();
    await photograph('detection');
    await result.scrollIntoViewIfNeeded();
    await photograph('dry-run');
    await region.getByRole('button', { name: 'Cancel' }).click();
  }

  /** The source: how it stands, how refreshes went, what a mapping would read. */
  async function sources() {
    await go('Sources');
    await page.getByRole('heading', { name: 'How it stands' }).waitFor();
    await photographWide('sources');
    await goSection('Refreshes');
    await page.getByRole('grid', { name: 'Refreshes' }).waitFor();
    await photograph('sources-refreshes');
    await goSection('Mapping');
    await page.getByText('It can be read like this.').waitFor();
    await photograph('sources-mapping');
  }

  /** The report on the sample, as anybody would connect to it. */
  async function connect() {
    await go('Sources');
    await goSection('Connection');
    await page.getByRole('button', { name: 'Reconnect or change' }).click();
    await page.getByRole('heading', { name: 'Connect to an audit database' }).waitFor();
    const { url } = await startSample({ directory: sample });
    const address = new URL(url);
    const password = decodeURIComponent(address.password);
    address.password = '';
    await page.getByRole('radio', { name: 'URL' }).check();
    await page.getByLabel('URL', { exact: true }).and(page.getByRole('textbox')).fill(address.href);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Look' }).click();
    await page.getByRole('list', { name: 'Inspection report' }).waitFor();
    await photographWide('connect');
  }
}
