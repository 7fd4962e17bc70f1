// Packs after their export: labelled, signed off and deleted, and the controls they are meant for.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { passphrase } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let station: SmallStation;
let page: SmallStation['page'];

beforeAll(async () => {
  station = await openSmallStation();
  ({ page } = station);
  await station.fill();
  await station.setReviewer();
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Evidence' }).click();
});
afterAll(() => station?.close());

const packs = () => page.getByRole('region', { name: 'Packs', exact: true });

async function expectFaultless() {
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
}

it('edits the controls with a reason', async () => {
  const panel = page.getByRole('region', { name: 'Controls', exact: true });
  await panel.getByRole('button', { name: 'Edit the controls' }).click();
  const lines = panel.getByLabel('Framework | control | what it asks for');
  await lines.fill('House rules | HR-1');
  await panel.getByText('Line 1 does not have three parts').waitFor();
  await lines.fill('House rules | HR-1 | Look twice.');
  await panel.getByLabel('Reason').fill('our own mapping');
  await expectFaultless();
  await panel.getByRole('button', { name: 'Record the controls' }).click();
  await panel.getByText('1 control of House rules').waitFor();
  expect(await station.run('controls')).toEqual([
    { framework: 'House rules', control: 'HR-1', title: 'Look twice.' },
  ]);
});

it('exports with a label, signs off as the preparer, and refuses the same person as approver', async () => {
  await page.getByLabel('Passphrase of the signing key').fill(passphrase);
  await page.getByLabel('Keep until (optional)').fill('7 years');
  await page.getByRole('button', { name: 'Export pack' }).click();
  await packs()
    .getByRole('button', { name: /^Sign off:/ })
    .click();
  await packs().getByLabel('Note (signed, too)').fill('Complete.');
  await packs().getByLabel('Passphrase of the signing key').fill(passphrase);
  await packs().getByRole('radio', { name: 'As approver' }).check();
  await packs().getByRole('button', { name: 'Sign off', exact: true }).click();
  await packs().getByText('nobody approves their own pack').waitFor();
  await packs().getByRole('radio', { name: 'As preparer' }).check();
  await expectFaultless();
  await packs().getByRole('button', { name: 'Sign off', exact: true }).click();
  await packs().getByText('The pack was signed off.').waitFor();
});

it('deletes a pack with a reason', async () => {
  await packs()
    .getByRole('button', { name: /^Delete:/ })
    .click();
  await packs().getByLabel('Reason').fill('sent twice');
  await packs().getByRole('button', { name: 'Delete the pack' }).click();
  await packs().getByText('No pack has been exported yet.').waitFor();
  const known = (await station.run('packs')) as { standing: string }[];
  // Signing it off made it another file, under the same name.
  expect(known.map(({ standing }) => standing)).toEqual(['deleted']);
  expect(station.complaints).toEqual([]);
});
