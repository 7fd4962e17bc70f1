// The files that travel between the workspaces: handed out, taken up, handed back, taken in.
import type { Locator } from 'playwright-core';
import { passphrase, type Reviewer } from '../../support/station.ts';
import { fingerprintOf, region, save, sayWho, section, type Desk } from './desk.ts';

/** Where everybody’s items are, a line for each of the people. */
export const flow = ({ page }: Desk): Locator =>
  page.getByRole('list', { name: 'Who has what' }).getByRole('listitem');

/** Hands somebody their items, and saves the file. */
export async function handOut(desk: Desk, to: Reviewer, items: number, path: string): Promise<void> {
  const { page } = desk;
  await flow(desk)
    .getByRole('button', { name: `Hand out…: ${to.name}` })
    .click();
  const dialog = page.getByRole('dialog', { name: `Hand items to ${to.name}` });
  await dialog.getByLabel('Passphrase of the signing key').fill(passphrase);
  await dialog.getByRole('button', { name: 'Write the file' }).click();
  await dialog.getByText('The file was written and signed.').waitFor();
  await dialog.getByText(`${items} items`, { exact: true }).waitFor();
  await save(desk, dialog, path);
  await dialog.getByRole('button', { name: 'Done' }).click();
}

/** Takes a file up in an empty workspace, once its key was compared with the one its maker reads out. */
export async function takeUp(
  desk: Desk,
  person: Reviewer,
  file: { path: string; items: number; from: Desk },
): Promise<void> {
  const { page } = desk;
  await page.getByRole('button', { name: 'Take up items to review…' }).click();
  await sayWho(desk, person);
  const dialog = page.getByRole('dialog', { name: 'Take up items to decide' });
  await dialog.getByLabel('Items to decide (.zip)').setInputFiles(file.path);
  await dialog.getByText('Unchanged, but nobody vouches for the key').waitFor();
  await acceptKey(dialog, await fingerprintOf(file.from), 'Take up the items');
  await dialog.getByText(`${file.items} items were taken up.`).waitFor();
  await dialog.getByRole('button', { name: 'Decide them' }).click();
  await page.getByRole('grid', { name: 'Items' }).waitFor();
}

export async function handBack(desk: Desk, path: string): Promise<void> {
  await section(desk, 'Files');
  const panel = region(desk.page, 'Hand back my decisions');
  await panel.getByLabel('Passphrase of the signing key').fill(passphrase);
  await panel.getByRole('button', { name: 'Write the file' }).click();
  await panel.getByText('The file was written and signed.').waitFor();
  await save(desk, panel, path);
}

/** Takes decisions in that came back, and answers where it says what became of them. */
export async function takeIn({ page }: Desk, path: string, from: Desk): Promise<Locator> {
  const panel = region(page, 'Take in decisions');
  // By hand, since the same file may be chosen twice.
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    panel.getByLabel('Decisions that came back (.zip)').click(),
  ]);
  await chooser.setFiles(path);
  await acceptKey(panel, await fingerprintOf(from), 'Take in the decisions');
  return region(page, 'What became of the decisions');
}

/** Compares the key of a file with the one that was read out, says so, and goes on. */
async function acceptKey(within: Locator, fingerprint: string, act: string): Promise<void> {
  const compare = region(within.page(), 'Compare the key');
  await compare.getByText(fingerprint).waitFor();
  await compare.getByLabel(/^I compared all of it/).check();
  await compare.getByLabel('How it was compared').fill('read out on the telephone');
  await within.getByRole('button', { name: act, exact: true }).click();
}
