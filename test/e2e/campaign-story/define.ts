// Defining a campaign by the form, as its owner does.
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { people, type Desk } from './desk.ts';

const { olga, rita, bert, adam } = people;
const meanings: Record<string, string> = {
  reader: 'May look at customers and their orders.',
  editor: 'May change customers and their orders.',
  admin: 'May change everything, accounts included.',
};

export async function fillDefinition({ page }: Desk, name: string): Promise<void> {
  const part = (title: RegExp) => page.getByRole('region', { name: title });
  await part(/What it is for/)
    .getByLabel('Name')
    .fill(name);
  await part(/What it is for/)
    .getByLabel('Controls')
    .fill('PCI DSS 7.2.4');
  await fillScope(part(/What is reviewed/));
  await part(/· When/)
    .getByLabel('First day of the period')
    .fill('2026-10-01');
  await part(/· When/)
    .getByLabel('Last day of the period')
    .fill('2026-11-15');
  await fillPeople(part(/Who has a part in it/));
  const stages = part(/· Who decides/);
  await stages.getByLabel('Name of stage 1').fill('managers');
  await stages.getByLabel('Reviewed by').selectOption('manager');
  await stages.getByLabel('Fallback').selectOption(bert.id);
  await stages.getByRole('radio', { name: 'The first final decision decides' }).check();
  await part(/What helps to judge/)
    .getByRole('button', { name: 'List the rights there are' })
    .click();
  await page.getByText('The source holds 3 rights.').waitFor();
  const rows = page.getByRole('list', { name: 'Rights in plain words' }).getByRole('listitem');
  for (let row = 0; row < 3; row += 1) {
    const right = await rows.nth(row).getByLabel('Right', { exact: true }).inputValue();
    await rows.nth(row).getByLabel('What it means').fill(meanings[right]!);
  }
  await page.getByText('The campaign can be run as it is defined.').waitFor();
}

async function fillScope(scope: Locator): Promise<void> {
  await scope.getByRole('combobox', { name: 'Table or view' }).selectOption({ label: 'user_roles' });
  // Proposed by their names.
  await expect.poll(() => scope.getByLabel('Who (needed)').inputValue()).toBe('account');
  expect(await scope.getByLabel('Manager').inputValue()).toBe('manager_email');
  expect(await scope.getByLabel('Granted').inputValue()).toBe('granted_at');
  await scope.getByRole('button', { name: 'Add a filter' }).click();
  await scope.getByRole('combobox', { name: 'Keep rows whose' }).selectOption('system');
  await scope.getByLabel('Condition').selectOption('not-equal');
  await scope.getByLabel('Value').fill('sandbox');
  await scope.getByLabel('Why').fill('holds no customers');
}

async function fillPeople(part: Locator): Promise<void> {
  await part.getByLabel('Add somebody known here').selectOption(olga.id);
  for (const [index, { id, name, email }] of [rita, bert, adam].entries()) {
    await part.getByRole('button', { name: 'Add a person' }).click();
    const row = part.getByRole('group', { name: `Person ${index + 2}` });
    await row.getByLabel('Name').fill(name);
    await row.getByLabel('Id').fill(id);
    await row.getByLabel('E-mail address').fill(email);
  }
  await part.getByRole('combobox', { name: 'Owner' }).selectOption(olga.id);
  await part.getByRole('combobox', { name: 'Approver' }).selectOption(adam.id);
}
