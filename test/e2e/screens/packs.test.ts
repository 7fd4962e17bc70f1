// Packs after their export: labelled, signed off and deleted, the controls they are meant for, and the campaigns in them.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeDefinition } from '../../support/campaign.ts';
import { packFile, passphrase, rita } from '../../support/station.ts';
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
});

/** Opens a campaign about a small file. */
async function openedCampaign(name: string): Promise<string> {
  const folder = join(station.workspace, '..');
  const csv = join(folder, 'rights.csv');
  writeFileSync(csv, 'account,role\nann,reader\nbob,reader\n');
  const sha256 = createHash('sha256').update(readFileSync(csv)).digest('hex');
  const columns = { subject: 'account', entitlement: 'role' };
  const definition = makeDefinition({
    name,
    scope: { from: 'file', name: 'rights.csv', sha256, columns, filters: [] },
    people: [{ ...rita }, { id: 'adam', name: 'Adam', email: null }],
    stages: [{ name: 'review', reviewer: { by: 'person', person: rita.id }, fallback: 'adam' }],
    owner: rita.id,
  });
  const file = join(folder, 'definition.json');
  writeFileSync(file, JSON.stringify(definition));
  const { id } = (await station.run('campaign', 'create', file, '--csv', csv)) as { id: string };
  await station.run('campaign', 'open', id, '--without-meanings', 'The name says it.');
  return id;
}

it('says which campaigns will be in the pack, and puts the chosen ones into it', async () => {
  const [first, second] = [await openedCampaign('Autumn review'), await openedCampaign('Winter review')];
  await page.reload();
  const outlook = page.getByRole('region', { name: 'What will be in the pack' });
  await outlook
    .getByText('2 campaigns with their whole populations: Autumn review, Winter review.')
    .waitFor();
  const choice = page.getByRole('group', { name: 'Campaigns in the pack' });
  await choice.getByRole('radio', { name: 'Chosen ones' }).check();
  await outlook.getByText('No campaign is chosen.').waitFor();
  await choice.getByRole('checkbox', { name: /Autumn review/ }).check();
  await outlook.getByText('1 campaign is left out, and the pack says so: Winter review.').waitFor();
  await expectFaultless();
  await page.getByLabel('Passphrase of the signing key').fill(passphrase);
  await page.getByRole('button', { name: 'Export pack' }).click();
  await packs()
    .getByRole('button', { name: /^Sign off:/ })
    .waitFor();
  const [written] = (await station.run('packs')) as { name: string }[];
  const pack = join(station.workspace, 'packs', written!.name);
  expect(JSON.parse(packFile(pack, 'data/campaigns.jsonl'))).toMatchObject({ campaign: first });
  expect(JSON.parse(packFile(pack, 'data/statement.json'))).toMatchObject({
    predicate: { campaigns: { choice: 'chosen', leftOut: [{ campaign: second, name: 'Winter review' }] } },
  });
  expect(station.complaints).toEqual([]);
});
