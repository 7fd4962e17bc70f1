// Packs made for others, by keyboard: sampled and redacted at export, redacted later, revealed in rows, signed off for somebody else, timestamped.
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Verification } from '../../../src-shared/model/evidence.ts';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { ed25519Signer } from '../../../src-main/evidence/sshsig.ts';
import {
  createAuthority,
  replyWith,
  serveTimestamps,
  type Authority,
  type TimestampServer,
} from '../../integration/evidence/timestamp-authority.ts';
import { environmentOf, startAgent } from '../../support/ssh-agent.ts';
import { packFile, rita, otto, runProgram } from '../../support/station.ts';
import { layoutFaults, seriousFaults, useTheme } from './inspect-page.ts';
import { openSmallStation, type SmallStation } from './small-station.ts';

let folder: string;
let agent: Awaited<ReturnType<typeof startAgent>>;
let authority: Authority;
let service: TimestampServer;
let station: SmallStation;
let page: SmallStation['page'];

const inFolder = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-sharing-'));
  agent = await startAgent(folder);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'rita at work', '-f', inFolder('key')]);
  execFileSync('ssh-add', ['-q', inFolder('key')], { env: environmentOf(agent.socket), stdio: 'ignore' });
  rmSync(inFolder('key'));
  authority = createAuthority();
  service = await serveTimestamps({ '/tsa': replyWith((query) => authority.stamp(query)) });
  const stranger = inFolder('stranger');
  const who = ['reviewer', '--name', otto.name, '--id', otto.id, '--email', otto.email];
  expect((await runProgram(stranger, who)).code).toBe(0);
  expect((await runProgram(stranger, ['export', '--out', inFolder('foreign.zip')])).code).toBe(0);
  station = await openSmallStation({ SSH_AUTH_SOCK: agent.socket });
  ({ page } = station);
  await station.fill();
  await page.goto(new URL('/', station.url).href);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Evidence' }).click();
});
afterAll(async () => {
  await station?.close();
  await service?.close();
  authority?.remove();
  await agent?.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const region = (name: string) => page.getByRole('region', { name, exact: true });
const packsFolder = () => join(station.workspace, 'packs');
const packNamed = (kind: string) => readdirSync(packsFolder()).find((name) => name.startsWith(kind)) ?? '';

/** Goes on with the tab key until this has the focus, as somebody without a mouse does. */
async function tabTo(wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let steps = 0; steps < 250; steps += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The tab key does not lead there.');
}

async function press(wanted: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(wanted);
  await page.keyboard.press(key);
}

async function type(field: Locator, text: string): Promise<void> {
  await tabTo(field);
  await page.keyboard.type(text);
}

async function expectFaultless(): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await useTheme(page, theme);
    expect(await seriousFaults(page), theme).toEqual([]);
  }
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => layoutFaults(page), { message: `${width} pixels wide` }).toEqual([]);
  }
  expect(station.complaints).toEqual([]);
}

it('says what will be in the pack, makes a reviewer whose key an agent holds, and exports as said', async () => {
  const panel = region('Export a signed pack');
  const outlook = region('What will be in the pack');
  await outlook.getByText('No sample is drawn; the pack says so.').waitFor();
  await press(panel.getByLabel('Draw a sample into the pack'), 'Space');
  await tabTo(panel.getByRole('radio', { name: 'Attribute' }));
  await page.keyboard.press('ArrowRight');
  await tabTo(panel.getByLabel('How often the control is performed'));
  await page.keyboard.type('Q');
  await type(panel.getByLabel('Seed (optional)'), 'given by the auditor');
  await outlook.getByText(/^A sample of 2 of \d+ review items, drawn with the seed you gave/).waitFor();
  await press(panel.getByLabel('Make a redacted pack besides, for people outside'), 'Space');
  await outlook.getByText(/a redacted pack that hides ids and names of actors/).waitFor();
  await expectFaultless();
  await press(panel.getByRole('button', { name: 'Export pack' }));
  const dialog = page.getByRole('dialog', { name: 'Who reviews here?' });
  await type(dialog.getByLabel('Name'), rita.name);
  await type(dialog.getByLabel('Reviewer id'), rita.id);
  await type(dialog.getByLabel('Email (optional)'), rita.email);
  await tabTo(dialog.getByLabel('Signing key'));
  await page.keyboard.type('ssh-agent: rita');
  await expect.poll(() => dialog.getByLabel('Passphrase').count()).toBe(0);
  await expectFaultless();
  await press(dialog.getByRole('button', { name: 'Save reviewer' }));
  await region('Exported pack').getByText('The pack was written and signed.').waitFor();
  await region('Exported pack').getByText('The redacted pack was made, verified and signed.').waitFor();
  await expectFaultless();
  const [key] = (await station.run('keys')) as { sealedBy: string }[];
  expect(key?.sealedBy).toBe('agent');
  const made = join(packsFolder(), packNamed('PACK-'));
  expect(JSON.parse(packFile(made, 'data/sampling.json'))).toMatchObject({
    plan: { size: 2, seed: 'given by the auditor', seedSource: 'auditor' },
  });
  expect(
    JSON.parse(packFile(join(packsFolder(), packNamed('REDACTED-')), 'data/redaction.json')),
  ).toMatchObject({
    profile: { name: 'external auditor', freeText: false },
  });
});

it('redacts a pack from a file with another profile, and keeps the salts at home', async () => {
  const before = readdirSync(packsFolder()).length;
  const panel = region('For people outside');
  await press(panel.getByRole('button', { name: 'Redact a pack' }));
  const form = page.getByRole('form', { name: 'Redact a pack' });
  await tabTo(form.getByLabel('Full pack', { exact: true }));
  await page.keyboard.type('from a file');
  await form.getByLabel('Full pack (.zip)').setInputFiles(join(packsFolder(), packNamed('PACK-')));
  await press(form.getByLabel('Reasons, notes and explanations as a whole'), 'Space');
  await press(form.getByRole('button', { name: 'Make the redacted pack' }));
  const made = form.getByRole('region', { name: 'Redacted pack' });
  await made.getByText('The redacted pack was made, verified and signed.').waitFor();
  await made.getByText('own choice').waitFor();
  await made.getByText('in this workspace only').waitFor();
  await expectFaultless();
  expect(readdirSync(packsFolder())).toHaveLength(before + 1);
  await press(form.getByRole('button', { name: 'Close' }));
});

it('reveals chosen rows to the recipient, whose verification says what they prove', async () => {
  await press(region('For people outside').getByRole('button', { name: 'Reveal rows' }));
  const form = page.getByRole('form', { name: 'Reveal rows' });
  const rows = form.getByRole('list', { name: 'Rows with hidden values' });
  await rows.getByRole('checkbox').first().waitFor();
  await press(rows.getByRole('checkbox').first(), 'Space');
  await press(rows.getByRole('checkbox').nth(1), 'Space');
  await type(form.getByLabel('Reason for revealing'), 'asked by the external auditor');
  await expectFaultless();
  const pack = await form.getByLabel('Redacted pack').inputValue();
  await press(form.getByRole('button', { name: 'Reveal 2 rows' }));
  const shown = form.getByRole('region', { name: 'Revealed values' });
  await shown.getByText(/revealed, for those who get this file/).waitFor();
  await expectFaultless();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    press(shown.getByRole('button', { name: /^Download: REVEALED-/ })),
  ]);
  await download.saveAs(inFolder('shown.json'));
  const args = ['verify', join(packsFolder(), pack), '--reveal', inFolder('shown.json')];
  const { checks } = (await runProgram(inFolder('stranger'), args)).json as Verification;
  const proof = checks.find(({ name }) => name === 'revealed');
  expect(proof).toMatchObject({ ok: true });
  const verify = region('Verify a pack');
  await verify.getByLabel('Evidence pack (.zip)').setInputFiles(join(packsFolder(), pack));
  await verify.getByLabel('Revealed values (optional)').setInputFiles(inFolder('shown.json'));
  await press(verify.getByRole('button', { name: 'Verify pack' }));
  await region('Verdict')
    .getByText(proof?.detail ?? '', { exact: true })
    .waitFor();
  await expectFaultless();
  await press(form.getByRole('button', { name: 'Close' }));
});

it('shows the verdict on a foreign pack first, then signs a copy of it', async () => {
  const panel = region('Verify a pack');
  await panel.getByLabel('Evidence pack (.zip)').setInputFiles(inFolder('foreign.zip'));
  expect(await panel.getByRole('button', { name: 'Sign off this pack' }).count()).toBe(0);
  await press(panel.getByRole('button', { name: 'Verify pack' }));
  await region('Verdict').getByText('Intact, but the signer is unknown').waitFor();
  await press(panel.getByRole('button', { name: 'Sign off this pack' }));
  const form = region('Sign off this pack');
  await type(form.getByLabel('Note (signed, too)'), 'Read and agreed.');
  await expectFaultless();
  await press(form.getByRole('button', { name: 'Sign off', exact: true }));
  const signed = region('Signed pack');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    press(signed.getByRole('button', { name: /^Download: SIGNED-foreign-/ })),
  ]);
  await download.saveAs(inFolder('signed.zip'));
  await expectFaultless();
  const { signers } = (await runProgram(inFolder('stranger'), ['verify', inFolder('signed.zip')]))
    .json as Verification;
  expect(signers).toHaveLength(2);
});

it('asks the service for a timestamp of a pack, once one is set', async () => {
  const name = packNamed('PACK-');
  const packs = region('Packs');
  expect(await packs.getByRole('button', { name: /^Ask for a timestamp/ }).count()).toBe(0);
  const trust = region('Timestamps');
  await type(trust.getByLabel('Address of the service'), service.address('/tsa'));
  await trust
    .getByLabel('Its authority’s certificates (.pem)')
    .setInputFiles(join(authority.folder, 'root.pem'));
  await press(trust.getByRole('button', { name: 'Use this service' }));
  await press(packs.getByRole('button', { name: `Ask for a timestamp: ${name}` }));
  await packs.getByText('1 timestamp added; the SHA-256 of the pack file is another now.').waitFor();
  await expectFaultless();
  const args = ['verify', join(packsFolder(), name), '--tsa-ca', join(authority.folder, 'root.pem')];
  const { checks } = (await runProgram(inFolder('stranger'), args)).json as Verification;
  expect(JSON.stringify(checks)).toContain('timestamp');
});

it('replaces the root key only with a warning and a reason', async () => {
  const [first, second] = [1, 2].map(
    () => ed25519Signer(generateKeyPairSync('ed25519').privateKey).publicKey,
  );
  const panel = region('Whom to believe');
  await type(panel.getByLabel('Public half of the root key'), formatPublicKey(first!));
  await press(panel.getByRole('button', { name: 'Pin root key' }));
  await press(panel.getByRole('button', { name: 'Replace the root key' }));
  const form = panel.getByRole('form', { name: 'Replace the root key' });
  await form.getByText('Nothing vouches for the new root key but you.').waitFor();
  await type(form.getByLabel('Public half of the root key'), formatPublicKey(second!));
  expect(await form.getByRole('button', { name: 'Believe the new root key' }).isDisabled()).toBe(true);
  await type(form.getByLabel('Reason for another root key'), 'the old one is lost');
  await expectFaultless();
  await press(form.getByRole('button', { name: 'Believe the new root key' }));
  await panel.getByText(fingerprintOf(second!)).waitFor();
  await form.waitFor({ state: 'detached' });
});
