// Exporting a signed pack by the screen.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { passphrase } from '../../support/station.ts';
import { region, screen, type Desk } from './desk.ts';

/** With the one campaign there is. @returns where the pack lies */
export async function exportPack(desk: Desk, campaign: string): Promise<string> {
  const { page, workspace } = desk;
  const folder = join(workspace, 'packs');
  const packs = () => (existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.zip')) : []);
  const before = packs();
  await screen(desk, 'Evidence');
  await region(page, 'What will be in the pack')
    .getByText(`1 campaign with its whole population: ${campaign}.`)
    .waitFor();
  await page.getByLabel('Passphrase of the signing key').fill(passphrase);
  await page.getByRole('button', { name: 'Export pack' }).click();
  await expect.poll(() => packs().length, { timeout: 60_000 }).toBe(before.length + 1);
  const written = packs().find((file) => !before.includes(file))!;
  await region(page, 'Exported pack').getByText(written).first().waitFor();
  return join(folder, written);
}
