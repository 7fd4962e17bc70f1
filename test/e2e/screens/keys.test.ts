// The signing keys under Settings: compared, unlocked for a session, replaced and revoked.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OwnKey } from '../../../src-shared/model/keys.ts';
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
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
});
afterAll(() => station?.close());

const panel = () => page.getByRole('region', { name: 'Signing key' });
const keys = async () => (await station.run('keys')) as OwnKey[];
async function expectFaultless() {
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 2560, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

it('shows the fingerprint in three ways, and unlocks the key for the session', async () => {
  const [key] = await keys();
  await panel().getByText(key!.fingerprint, { exact: true }).waitFor();
  await panel().getByText(key!.hex, { exact: true }).waitFor();
  expect(await panel().getByRole('listitem').allTextContents()).toEqual(key!.words);
  const field = panel().getByLabel('Unlock the key for this session');
  await field.fill('not it');
  await panel().getByRole('button', { name: 'Unlock' }).click();
  await panel().getByText('This passphrase does not open the signing key').waitFor();
  await expect.poll(() => station.complaints.splice(0).length).toBeGreaterThan(0);
  await field.fill(passphrase);
  await panel().getByRole('button', { name: 'Unlock' }).click();
  await panel().getByText('The key is unlocked for this session.').waitFor();
  await expectFaultless();
});

it('replaces it, endorsed; that takes the old passphrase also while the key is unlocked', async () => {
  await panel().getByRole('button', { name: 'Replace the key' }).click();
  await panel().getByLabel('Passphrase for the new key').fill('another passphrase');
  await panel().getByLabel('Repeat it').fill('another passphrase');
  await panel().getByLabel('Passphrase of the present key').fill(passphrase);
  await panel().getByLabel('Reason for the new key').fill('yearly');
  await expectFaultless();
  await panel().getByRole('button', { name: 'Replace for good' }).click();
  await panel().getByText('replaced; kept to verify earlier packs').waitFor();
  await panel().getByText('signs new packs').waitFor();
  expect((await keys()).map(({ use, isEndorsed }) => [use, isEndorsed])).toEqual([
    ['replaced', null],
    ['signing', true],
  ]);
});

it('revokes it, and gives the line for others', async () => {
  const newest = (await keys()).at(-1)!;
  const card = panel().getByRole('article', { name: `Key ${newest.fingerprint}` });
  await card.getByRole('button', { name: 'Revoke this key' }).click();
  await panel().getByLabel('Reason for the revocation').fill('laptop stolen');
  await panel()
    .getByLabel(/^In other hands since/)
    .fill('2026-01-02');
  await expectFaultless();
  await panel().getByRole('button', { name: 'Revoke for good' }).click();
  await card.getByText('revoked; not to be relied on').waitFor();
  const revoked = (await keys()).at(-1)!;
  expect(revoked.revocation).toMatchObject({
    compromisedSince: '2026-01-02T00:00:00.000Z',
    reason: 'laptop stolen',
  });
  await card.getByText(revoked.revocationLine!, { exact: true }).waitFor();
  await expectFaultless();
});
