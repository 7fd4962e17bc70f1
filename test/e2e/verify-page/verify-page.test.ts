// verify.html as a stranger uses it: opened from its file, with no network at all.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '../../../src-main/evidence/fingerprint-words.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { fingerprintOf, formatPublicKey, shortFingerprint } from '../../../src-main/evidence/public-key.ts';
import { allowedSignersLine } from '../../../src-main/evidence/signer-identity.ts';
import { signatureNamespaces } from '../../../src-main/evidence/sshsig.ts';
import { writeZip } from '../../../src-main/evidence/zip.ts';
import { launchChromium } from '../../support/chromium.ts';
import { edit, filesOf, reseal } from '../../unit/evidence/forge.ts';
import { writeForeignZip } from '../../unit/evidence/foreign-writer.ts';
import { alice, identity, sampleInput, signerOf, signersFile } from '../../unit/evidence/sample-input.ts';
import { layoutFaults, seriousFaults } from '../screens/inspect-page.ts';
import { openVerifyPage, shownChecks, verifyWith, type OfflinePage, type PageKind } from './open-page.ts';

const { bytes: pack } = await buildPack(sampleInput(), alice);
const fingerprint = fingerprintOf(alice.publicKey);
let browser: Browser;
let offline: OfflinePage;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function open(kind: PageKind = {}): Promise<OfflinePage> {
  offline = await openVerifyPage(browser, kind);
  return offline;
}
/** Whatever happened: nothing was asked for over a network, and nothing broke or was refused by the policy. */
afterEach(async () => {
  expect(offline.requests).toEqual([]);
  expect(offline.complaints).toEqual([]);
  await offline.close();
});

const verdict = () => offline.page.getByRole('region', { name: 'Verdict' });
const title = () => offline.page.locator('#answer h2').textContent();
const failed = async () => (await shownChecks(offline)).filter(({ mark }) => mark.includes('failed'));
const named = (content: Uint8Array | string, name = 'PACK.zip') => ({ name, content });

describe('a pack of a listed signer', () => {
  it('is trusted; the verdict takes the focus, and says what it rests on', async () => {
    await open();
    await verifyWith(offline, { pack: named(pack), signers: signersFile });
    expect(await title()).toBe('Trusted');
    expect(await offline.page.locator('h2:focus').textContent()).toBe('Trusted');
    expect(await failed()).toEqual([]);
    const text = await verdict().textContent();
    for (const content of [pack, signersFile])
      expect(text).toContain(createHash('sha256').update(content).digest('hex'));
    expect(text).toContain(`${identity} ${fingerprint}`);
  });

  it('is trusted as a foreign zip and as its extracted folder as well', async () => {
    await open();
    const entries = [...filesOf(pack)].map(([name, content]) => ({
      name: `x/${name}`,
      content,
      deflate: true,
    }));
    await verifyWith(offline, { pack: named(writeForeignZip(entries)), signers: signersFile });
    expect(await title()).toBe('Trusted');
    expect(await verdict().textContent()).toContain('Another program has packed this file again');
    const folder = mkdtempSync(join(tmpdir(), 'countersign-extracted-'));
    for (const [name, content] of filesOf(pack)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    await offline.page.getByLabel('or its extracted folder').setInputFiles(folder);
    await offline.page.getByText(/a folder of \d+ files/).waitFor();
    expect(await offline.page.getByLabel('Pack file (.zip)').inputValue()).toBe('');
    await verifyWith(offline, {});
    expect(await title()).toBe('Trusted');
    expect(await verdict().textContent()).toContain('files in a folder.');
    rmSync(folder, { recursive: true });
  });

  it('is trusted where the browser has no threads and older streams', async () => {
    await open({
      before: () => {
        Reflect.deleteProperty(globalThis, 'Worker');
        Reflect.deleteProperty(ReadableStream, 'from');
        Reflect.deleteProperty(ReadableStream.prototype, Symbol.asyncIterator);
      },
    });
    const entries = [...filesOf(pack)].map(([name, content]) => ({ name, content, deflate: true }));
    await verifyWith(offline, { pack: named(writeForeignZip(entries)), signers: signersFile });
    expect(await title()).toBe('Trusted');
  });
});

describe('without a list', () => {
  it('a pack is never called trusted, until somebody compares the key', async () => {
    await open();
    await verifyWith(offline, { pack: named(pack) });
    expect(await title()).toBe('Intact, but the signer is unknown');
    expect((await verdict().textContent())?.toLowerCase()).not.toContain('valid');
    expect((await failed()).map(({ name }) => name)).toEqual(['signer']);
    const words = wordsOf(fingerprint).join(' ');
    expect(await verdict().textContent()).toContain(words);
    await offline.page.locator('summary').filter({ hasText: 'There is no list' }).click();
    const told = offline.page.getByLabel('What the signer told you');
    await told.fill(wordsOf(fingerprintOf(signerOf(9).publicKey)).join(' '));
    await verifyWith(offline, {});
    expect(await title()).toBe('Intact, but the signer is unknown');
    expect(await verdict().textContent()).toContain('The key you were told is');
    await told.fill(words.toUpperCase());
    await verifyWith(offline, {});
    expect(await title()).toBe('Trusted');
    expect(await verdict().textContent()).toContain('first use, compared by you');
    await told.fill('not the words');
    await verifyWith(offline, {});
    expect(await title()).toBe('Nothing was verified');
  });
});

const changed = (change: (files: ReturnType<typeof filesOf>) => unknown) => {
  const files = filesOf(pack);
  change(files);
  return writeZip(files);
};
const flipped = (at: number) => pack.map((byte, index) => (index === at ? byte ^ 1 : byte));
const editDecisions = (files: ReturnType<typeof filesOf>) =>
  edit(files, 'data/decisions.jsonl', (text) => text.replace('certify', 'revoke'));

it.each([
  ['a changed byte', flipped(pack.length >> 1), 'Tampered', 'container'],
  ['a changed decision', changed(editDecisions), 'Tampered', 'payload-manifest'],
  [
    'a decision changed and sealed again by the signer',
    changed((files) => {
      editDecisions(files);
      reseal(files, alice);
    }),
    'Tampered',
    'decisions',
  ],
  [
    'an added file',
    changed((files) => files.set('data/x.txt', Buffer.from('x'))),
    'Tampered',
    'payload-manifest',
  ],
  ['a removed report', changed((files) => files.delete('data/report.html')), 'Tampered', 'payload-manifest'],
  [
    'no signature',
    changed((files) => files.delete(`signatures/preparer-${shortFingerprint(alice.publicKey)}.sig`)),
    'Not an evidence pack',
    'signatures',
  ],
  ['no zip at all', Buffer.from('<script>alert(1)</script>'), 'Not an evidence pack', 'container'],
  ['an early end', pack.subarray(0, 5000), 'Not an evidence pack', 'container'],
])('%s is found, named and not hidden', async (_, given, expected, check) => {
  await open();
  await verifyWith(offline, { pack: named(given), signers: signersFile });
  const found = await failed();
  expect({ title: await title(), names: found.map(({ name }) => name) }).toMatchObject({
    title: expected,
    names: expect.arrayContaining([check]),
  });
  expect(await offline.page.getByRole('heading', { name: 'Checks:' }).textContent()).toContain(
    `${found.length} failed`,
  );
  for (const line of await offline.page.locator('.checks li').all())
    expect(await line.isVisible()).toBe(true);
  // One that was never reached is called neither failed nor passed.
  const others = (await shownChecks(offline)).filter(({ name }) => name !== 'container');
  if (check === 'container')
    expect(new Set(others.map(({ mark }) => mark))).toEqual(new Set(['– not reached']));
});

it('shows hostile names and texts as texts', async () => {
  await open();
  const hostile = `<img src=x onerror="document.title='owned'">\u202Egpj.zip`;
  const files = filesOf(pack);
  edit(files, 'data/statement.json', (text) => text.replace(identity, '<b>bob</b>@example.org'));
  files.set('data/&lt;b&gt;.txt', Buffer.from('x'));
  reseal(files, alice);
  await verifyWith(offline, { pack: named(writeZip(files), hostile), signers: signersFile });
  const text = await verdict().textContent();
  expect(text).toContain(hostile.replace('\u202E', '⟨U+202E⟩'));
  expect(text).toContain('<b>bob</b>@example.org');
  expect(await offline.page.locator('#answer b, #answer img').count()).toBe(0);
  expect(await offline.page.title()).toBe('Verify an evidence pack');
});

it('takes revoked keys, and says of what it cannot read that nothing was verified', async () => {
  await open();
  const revoked = `${formatPublicKey(alice.publicKey)} # reason=lost\n`;
  await verifyWith(offline, { pack: named(pack), signers: signersFile, revoked: ['', revoked] });
  expect(await title()).toBe('Signed with a revoked key');
  expect(await verdict().textContent()).toContain('The list gives the reason: lost');
  await verifyWith(offline, { signers: 'no list', revoked: [] });
  expect(await offline.page.getByRole('region', { name: 'Problem' }).textContent()).toContain('line 1');
});

describe('an organisation’s list', () => {
  const root = signerOf(7);
  const line = allowedSignersLine(identity, alice.publicKey);
  const list = `# countersign-signers version=3 issued=2026-11-01T10:00:00Z root=${fingerprintOf(root.publicKey)}\n${line}\n`;
  const signature = (signer = root) => signer.sign(signatureNamespaces.signers, Buffer.from(list));

  async function verifyWithRoot(signed: string, rootKey: string): Promise<void> {
    await offline.page.getByText('The list is signed by a root key').click();
    await offline.page
      .getByLabel('Signature over the list (.sig)')
      .setInputFiles({ name: 'list.sig', mimeType: '', buffer: Buffer.from(signed) });
    await offline.page.getByLabel('Root key: its fingerprint').fill(rootKey);
    await verifyWith(offline, { pack: named(pack), signers: list });
  }

  it('is held against its root key, however that was told', async () => {
    await open();
    await verifyWithRoot(signature(), `${formatPublicKey(root.publicKey)} root`);
    expect(await title()).toBe('Trusted');
    expect(await verdict().textContent()).toContain('was signed by the root key');
  });

  it.each([
    ['another root key', signature(), fingerprintOf(alice.publicKey)],
    ['a signature by somebody else', signature(alice), fingerprintOf(root.publicKey)],
    [
      'a signature over another list',
      root.sign(signatureNamespaces.signers, Buffer.from('x')),
      fingerprintOf(root.publicKey),
    ],
    ['no root key', signature(), ''],
  ])('with %s nothing is verified', async (_, signed, rootKey) => {
    await open();
    await verifyWithRoot(signed, rootKey);
    expect(await title()).toBe('Nothing was verified');
  });

  it('without its signature says that this was not checked', async () => {
    await open();
    await verifyWith(offline, { pack: named(pack), signers: list });
    expect(await verdict().textContent()).toContain('whether its root key signed it was not checked');
  });
});

it('says of a timestamp that it is not checked here, next to the verdict and in its line', async () => {
  await open();
  const stamped = changed((files) =>
    files.set(`timestamps/preparer-${shortFingerprint(alice.publicKey)}.tsr`, Buffer.from('token')),
  );
  await verifyWith(offline, { pack: named(stamped), signers: signersFile });
  expect(await offline.page.locator('.notice').textContent()).toContain('Not everything was checked');
  const line = (await shownChecks(offline)).find(({ name }) => name === 'timestamps');
  expect(line).toMatchObject({ mark: '– not checked here', detail: expect.stringContaining('cannot check') });
});

it('can be used with the keyboard alone, shows progress, and can be stopped', async () => {
  await open();
  const { page } = offline;
  expect(await page.getByRole('button', { name: 'Verify the pack' }).isDisabled()).toBe(true);
  const large = Buffer.concat([pack, Buffer.alloc(48_000_000)]);
  await page.getByLabel('Pack file (.zip)').setInputFiles({ name: 'large.zip', mimeType: '', buffer: large });
  await page.getByLabel('Pack file (.zip)').focus();
  for (let step = 0; step < 6; step++) await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Verify the pack');
  await page.keyboard.press('Enter');
  await page.getByRole('progressbar', { name: 'Verification' }).waitFor();
  await page.getByText(/^Hashing the pack file/).waitFor();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  await page.getByText('Cancelled. Nothing was verified.').waitFor();
  expect(await page.locator('#answer').textContent()).toBe('');
});

it('takes dropped files, and forgets an answer about others', async () => {
  await open();
  const { page } = offline;
  const drop = (id: string, files: { name: string; text: string }[]) =>
    page.evaluate(
      ({ id, files }) => {
        const dataTransfer = new DataTransfer();
        for (const { name, text } of files)
          dataTransfer.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], name));
        document
          .getElementById(id)
          ?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      { id, files },
    );
  const file = (name: string, content: Uint8Array | string) => ({
    name,
    text: Buffer.from(content).toString('base64'),
  });
  await drop('pack-drop', [file('dropped.zip', pack)]);
  await drop('signers-drop', [file('signers', signersFile)]);
  await verifyWith(offline, {});
  expect(await title()).toBe('Trusted');
  await drop('pack-drop', [file('other.zip', 'x')]);
  expect(await page.locator('#answer').textContent()).toBe('');
  expect(await page.locator('#pack-chosen').textContent()).toContain('other.zip');
  await drop('pack-drop', [file('a.zip', 'x'), file('b.zip', 'y')]);
  await page.getByText('Drop one pack').waitFor();
});

it.each(['light', 'dark'] as const)(
  'has no serious fault for assistive technology, and fits, in the %s theme',
  async (colorScheme) => {
    await open({ colorScheme });
    const { page } = offline;
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await seriousFaults(page)).toEqual([]);
    for (const given of [
      { pack: named(pack), signers: signersFile },
      { pack: named(flipped(9000)) },
      { pack: named(pack), signers: 'x' },
    ]) {
      await verifyWith(offline, given);
      expect(await seriousFaults(page)).toEqual([]);
      for (const width of [400, 1100]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await layoutFaults(page), `${width} pixels wide`).toEqual([]);
      }
    }
  },
);

it('prints the verdict, every check and what they rest on, and not the form', async () => {
  await open();
  await verifyWith(offline, { pack: named(pack) });
  await offline.page.emulateMedia({ media: 'print' });
  expect(await offline.page.locator('#form').isVisible()).toBe(false);
  expect(await verdict().isVisible()).toBe(true);
  expect(await offline.page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
});

it('forbids itself every connection, by its own policy', async () => {
  await open();
  const policy = await offline.page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content');
  for (const part of ["default-src 'none'", "connect-src 'none'", "form-action 'none'"])
    expect(policy).toContain(part);
  expect(policy).not.toContain('unsafe');
  const outcome = await offline.page.evaluate(() =>
    fetch('https://example.org/').then(
      () => 'fetched',
      () => 'refused',
    ),
  );
  expect(outcome).toBe('refused');
  expect(offline.complaints.splice(0).join()).toContain('Content Security Policy');
});
