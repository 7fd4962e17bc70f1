// Signed work papers: what they hold is what the auditor's ledger adds up to, whoever would like it otherwise.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildWorkPapers } from '../../../../src-main/evidence/collection/work-papers-bag.ts';
import {
  verifyEvidence,
  verifyWorkPapers,
} from '../../../../src-main/evidence/collection/verify-work-papers.ts';
import { allowedSignersLine } from '../../../../src-main/evidence/signer-identity.ts';
import type { Signer } from '../../../../src-main/evidence/sshsig.ts';
import { writeZip } from '../../../../src-main/evidence/zip.ts';
import { edit, filesOf, textOf, type MutableFiles } from '../forge.ts';
import { alice, identity, signerOf } from '../sample-input.ts';
import { anna, annasIdentity, auditDrafts, auditInput } from './audit-input.ts';

const now = '2026-11-21T00:00:00.000Z';
const signers = `${allowedSignersLine(annasIdentity, anna.publicKey)}\n`;
const verify = (bytes: Uint8Array, given: string | undefined = signers) =>
  verifyEvidence(bytes, { signers: given, now });
const { bytes } = await buildWorkPapers(auditInput(), anna);

const hex = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** Plays the auditor who changes their mind: everything that can be computed again fits. */
function reseal(files: MutableFiles, signer: Signer = anna, namespace = 'countersign-work-papers'): Buffer {
  const listing = (names: readonly string[]) =>
    Buffer.from(
      names
        .toSorted()
        .map((name) => `${hex(files.get(name) ?? '')}  ${name}\n`)
        .join(''),
    );
  const payload = () => [...files.keys()].filter((name) => name.startsWith('data/'));
  const statement = JSON.parse(textOf(files, 'data/statement.json')) as {
    predicate: { files: { digest: { sha256: string }; name: string }[] };
  };
  statement.predicate.files = payload()
    .filter((name) => name !== 'data/statement.json')
    .toSorted()
    .map((name) => ({ digest: { sha256: hex(files.get(name) ?? '') }, name }));
  files.set('data/statement.json', Buffer.from(`${JSON.stringify(statement)}\n`));
  const octets = payload().reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0);
  const info = textOf(files, 'bag-info.txt').replace(/Oxum: .*/, `Oxum: ${octets}.${payload().length}`);
  files.set('bag-info.txt', Buffer.from(info));
  files.set('manifest-sha256.txt', listing(payload()));
  const tags = listing(['VERIFY.txt', 'bag-info.txt', 'bagit.txt', 'manifest-sha256.txt']);
  files.set('tagmanifest-sha256.txt', tags);
  for (const name of files.keys()) if (name.startsWith('signatures/')) files.delete(name);
  const short = hex(signer.publicKey.blob).slice(0, 8);
  files.set(`signatures/auditor-${short}.sig`, Buffer.from(signer.sign(namespace, tags)));
  return writeZip(files);
}

const failed = (found: Awaited<ReturnType<typeof verify>>) =>
  found.checks.filter(({ ok }) => !ok).map(({ name }) => name);

test('are trusted as they were signed, and the same input gives the same bytes', async () => {
  const again = await buildWorkPapers(auditInput(), anna);
  expect(again.bytes.equals(bytes)).toBe(true);
  const found = await verify(bytes);
  expect(failed(found)).toEqual([]);
  expect(found).toMatchObject({ verdict: 'trusted', signer: { identity: annasIdentity, pinned: true } });
  expect(found.checks.find(({ name }) => name === 'samples')?.detail).toMatch(/1 deviation/);
});

test('an untouched bag stays untouched when it is sealed again, so that what follows tests the change alone', async () => {
  expect((await verify(reseal(filesOf(bytes)))).verdict).toBe('trusted');
});

test('without a list nothing says who signed; with the pack signer’s list neither', async () => {
  expect((await verifyWorkPapers(bytes, { now })).verdict).toBe('unpinned');
  expect((await verify(bytes, `${allowedSignersLine(identity, alice.publicKey)}\n`)).verdict).toBe(
    'unpinned',
  );
});

test('a key that may only sign packs may not sign work papers', async () => {
  const line = `${annasIdentity} namespaces="countersign-evidence-pack" ${signers.split(' ').slice(2).join(' ')}`;
  expect((await verify(bytes, line)).verdict).toBe('unpinned');
});

describe('the auditor who changes what was recorded', () => {
  const cases: readonly (readonly [string, string, string, (files: MutableFiles) => void])[] = [
    [
      'a note',
      'contents',
      'tampered',
      (files) => edit(files, 'data/work-papers.jsonl', (text) => text.replace('In order', 'Not so')),
    ],
    [
      'a result',
      'contents',
      'tampered',
      (files) => edit(files, 'data/samples.jsonl', (text) => text.replace('"deviation":1', '"deviation":0')),
    ],
    [
      'the text for people',
      'contents',
      'tampered',
      (files) => edit(files, 'data/work-papers.txt', (text) => text.replace('1 deviation', '0 deviations')),
    ],
    [
      'the commands',
      'contents',
      'tampered',
      (files) =>
        edit(files, 'data/samples/S-1/redraw.sh', (text) =>
          text.replace('diff - drawn.txt', 'cat > /dev/null'),
        ),
    ],
    [
      'the population',
      'samples',
      'tampered',
      (files) => edit(files, 'data/samples/S-1/keys.txt', (text) => text.replace('item-39\n', '')),
    ],
    [
      'the order of the population’s file only in an item',
      'samples',
      'tampered',
      (files) => edit(files, 'data/samples/S-1/keys.txt', (text) => text.replace('item-39', 'item-99')),
    ],
    [
      'the pack it is about',
      'statement',
      'tampered',
      (files) =>
        edit(files, 'data/statement.json', (text) =>
          text.replace(
            /"subject":\[\{"digest":\{"sha256":"[0-9a-f]{64}"/,
            `"subject":[{"digest":{"sha256":"${'0'.repeat(64)}"`,
          ),
        ),
    ],
    [
      'the verdict on the pack',
      'statement',
      'tampered',
      (files) =>
        edit(files, 'data/statement.json', (text) =>
          text.replace('"verdict":"trusted"', '"verdict":"unpinned"'),
        ),
    ],
    [
      'a count',
      'statement',
      'tampered',
      (files) => edit(files, 'data/statement.json', (text) => text.replace('"papers":1', '"papers":2')),
    ],
    [
      'an entry of the ledger',
      'ledger',
      'tampered',
      (files) => edit(files, 'data/ledger.jsonl', (text) => text.replace('In order', 'Not so')),
    ],
    [
      'the end of the ledger',
      'ledger',
      'tampered',
      (files) =>
        edit(files, 'data/ledger.jsonl', (text) =>
          text
            .trimEnd()
            .split('\n')
            .slice(0, -1)
            .map((line) => `${line}\n`)
            .join(''),
        ),
    ],
    [
      'a further file',
      'contents',
      'tampered',
      (files) => void files.set('data/more.txt', Buffer.from('more')),
    ],
    ['a file taken out', 'contents', 'tampered', (files) => void files.delete('data/samples/S-1/recipe.txt')],
  ];
  for (const [what, check, verdict, change] of cases)
    test(`is found out: ${what}`, async () => {
      const files = filesOf(bytes);
      change(files);
      const found = await verify(reseal(files));
      expect(found.verdict).toBe(verdict);
      expect(failed(found)).toContain(check);
    });

  test('is found out: a signature for another purpose, or by a key that signed the pack', async () => {
    const other = await verify(reseal(filesOf(bytes), anna, 'countersign-evidence-pack'));
    expect(other).toMatchObject({ verdict: 'tampered' });
    expect(failed(other)).toContain('signatures');
    const stated = filesOf(bytes);
    const signed = await verify(reseal(stated, signerOf(9)), undefined);
    expect(signed.verdict).toBe('tampered');
  });
});

test('nobody audits a pack of their own', async () => {
  const input = auditInput(auditDrafts, { signerIdentity: identity });
  await expect(buildWorkPapers(input, alice)).rejects.toMatchObject({
    message: expect.stringContaining(
      'The key that signed the pack has signed the work papers about it, too.',
    ),
  });
});

test('a ledger that draws a sample otherwise than its seed is refused before it is signed', async () => {
  const swapped = auditDrafts.map((draft) => {
    if (draft.type !== 'sample-drawn') return draft;
    const payload = structuredClone(draft.payload) as { plan: { drawn: string[] } };
    payload.plan.drawn.reverse();
    return { ...draft, payload };
  });
  await expect(buildWorkPapers(auditInput(swapped), anna)).rejects.toMatchObject({ code: 'store-damaged' });
});

test('a second pack in the same ledger is refused', () => {
  const opened = auditDrafts[1]!;
  expect(() => auditInput([...auditDrafts, { ...opened, id: 'Z99' }])).toThrow(/another pack/);
});

test('no changed byte passes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at]! + by) % 256;
      expect((await verify(changed)).verdict).not.toBe('trusted');
    }),
    { numRuns: 150 },
  );
});

/** Signed work papers must verify with every later release: what is printed in them may only change with their format. */
test('format 1 prints what it always printed', () => {
  const files = filesOf(bytes);
  const printed = [
    'data/work-papers.txt',
    'data/samples/S-1/redraw.sh',
    'data/samples/S-1/recipe.txt',
    'data/samples.jsonl',
  ];
  expect(printed.map((name) => hex(files.get(name) ?? ''))).toMatchInlineSnapshot(`
    [
      "2bb555afa3b5d2b84d08ee79a0426667013aec20050732759df466a6b2c20f26",
      "8de58ba858879cfe284e8988e39145f317162f792ab143a810db7541df8b878e",
      "fbc17a823153013a17faeb6a61e1cb13a8a8b31168e72e2b46f31eb24229d945",
      "787f186dff8459c1e9ab22430998e6a9106bb2ab4dada43f2b22551e615005fb",
    ]
  `);
});
