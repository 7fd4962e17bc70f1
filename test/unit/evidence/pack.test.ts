import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashEntry } from '../../../src-main/evidence/entry-hash.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { filesOf, textOf } from './forge.ts';
import {
  alice,
  chain,
  decisionDraft,
  decisionsOf,
  generatedAt,
  reviewOf,
  sampleDrafts,
  sampleInput,
  signerOf,
  signersFile,
} from './sample-input.ts';

const pack = await buildPack(sampleInput(), alice);
const files = filesOf(pack.bytes);
const linesOf = (name: string): unknown[] =>
  textOf(files, name)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);

test('the same input gives the same bytes, in whatever order it comes', async () => {
  expect((await buildPack(sampleInput(), alice)).sha256).toBe(pack.sha256);
  const { population, decisions, findings } = sampleInput();
  const shuffled = sampleInput({
    population: population.toReversed(),
    decisions: decisions.toReversed(),
    findings: findings.toReversed(),
  });
  expect((await buildPack(shuffled, alice)).sha256).toBe(pack.sha256);
  expect((await buildPack(sampleInput({ zone: 'UTC' }), alice)).sha256).not.toBe(pack.sha256);
});

test('it has the layout of a bag, and nothing else', async () => {
  expect([...files.keys()]).toEqual([
    'VERIFY.txt',
    'bag-info.txt',
    'bagit.txt',
    'data/checkpoint.txt',
    'data/configuration.jsonl',
    'data/conflicts.jsonl',
    'data/controls.json',
    'data/decisions.csv',
    'data/decisions.jsonl',
    'data/detectors.json',
    'data/exceptions.jsonl',
    'data/findings.csv',
    'data/findings.jsonl',
    'data/ipe.json',
    'data/ledger.jsonl',
    'data/population-after.jsonl',
    'data/population.csv',
    'data/population.jsonl',
    'data/proofs.jsonl',
    'data/report.html',
    'data/report.pdf',
    'data/sampling.json',
    'data/statement.json',
    'manifest-sha256.txt',
    expect.stringMatching(/^signatures\/preparer-[0-9a-f]{8}\.sig$/),
    'tagmanifest-sha256.txt',
  ]);
});

test('the name says what it is about and when it was made', async () => {
  expect(pack.name).toBe('PACK-primary-account-20261120-12345678.zip');
  expect((await buildPack(sampleInput({ source: null }), alice)).name).toBe(
    'PACK-local-20261120-12345678.zip',
  );
});

test('counts are those of the input', async () => {
  expect(pack.counts).toEqual({
    population: 5,
    decisions: 3,
    undecided: 2,
    findings: 1,
    ledgerEntries: 12,
    conflicts: 1,
  });
  expect(linesOf('data/statement.json')).toMatchObject([
    {
      predicate: {
        counts: {
          decisionsByKind: { certify: 1, revoke: 1, modify: 0, abstain: 0, escalate: 1 },
          reviewedElsewhere: 0,
          undecidedOverdue: 2,
          corrections: 1,
          withdrawn: 1,
          bulkDecisions: 1,
          changedSinceDecision: 0,
          decisionsOutsidePopulation: 1,
          selfReviewsRefused: 1,
          medianDwellMs: 4000,
          findingsBySeverity: { low: 0, medium: 0, high: 0, critical: 1 },
          findingsByDisposition: { acknowledged: 0, 'false-positive': 0, escalated: 1, open: 0 },
        },
      },
    },
  ]);
});

test('every item has one line of decisions, decided or not', async () => {
  expect(linesOf('data/decisions.jsonl')).toMatchObject([
    { review: 'r1', decision: 'certify' },
    { review: 'r2', decision: 'revoke' },
    { review: 'r3', decision: null, status: 'pending' },
    { review: 'r4', decision: 'escalate' },
    { review: 'r5', decision: null, status: 'pending' },
  ]);
});

test('a ledger line is exactly what its hash is over', async () => {
  const { ledger } = sampleInput();
  const lines = textOf(files, 'data/ledger.jsonl').split('\n').slice(0, -1);
  expect(lines.map((line) => hashEntry(JSON.parse(line)))).toEqual(ledger.map(({ hash }) => hash));
});

test('VERIFY.txt names no key and no person', async () => {
  const text = textOf(files, 'VERIFY.txt');
  expect(text).not.toMatch(/SHA256:|AAAA|alice/);
  expect((await buildPack(sampleInput(), signerOf(1))).bytes.includes(text)).toBe(true);
});

test('the previous pack is named in bag-info and statement', async () => {
  const previousPackSha256 = '12'.repeat(32);
  const next = filesOf((await buildPack(sampleInput({ previousPackSha256 }), alice)).bytes);
  expect(textOf(next, 'bag-info.txt')).toContain(`Previous-Pack-SHA256: ${previousPackSha256}\n`);
  expect(textOf(next, 'data/statement.json')).toContain(`"previousPackSha256":"${previousPackSha256}"`);
});

test('CSV cells cannot become formulas', async () => {
  expect(textOf(files, 'data/decisions.csv')).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
  expect(textOf(files, 'data/findings.csv')).toContain(`'@SUM(A1)`);
  expect(textOf(files, 'data/population.csv')).toContain('"Bob ""=1+1"" <b>Bold</b>');
});

test.each([
  ['a decision without an item', { population: sampleInput().population.slice(0, 2) }, 'conflict'],
  ['a decision the ledger does not know', { ledger: chain(sampleDrafts.slice(0, 3)) }, 'store-damaged'],
  ['a ledger with a gap', { ledger: sampleInput().ledger.toSpliced(5, 1) }, 'store-damaged'],
  [
    'a hash that is not that of its entry',
    { ledger: sampleInput().ledger.map((line) => ({ ...line, hash: '0'.repeat(64) })) },
    'store-damaged',
  ],
  [
    'an item twice',
    { population: [...sampleInput().population, ...sampleInput().population.slice(0, 1)] },
    'conflict',
  ],
  ['no ledger', { ledger: [], decisions: [], population: [], findings: [], conflicts: [] }, 'store-damaged'],
])('%s is refused: a pack that contradicts itself is not written', async (_, changes, code) => {
  await expect(buildPack(sampleInput(changes), alice)).rejects.toMatchObject({ code });
});

test('an interrupted refresh can be exported, but not as complete', async () => {
  const { ipe } = sampleInput();
  const partial = { ...ipe, rows: 7 };
  await expect(buildPack(sampleInput({ ipe: partial }), alice)).rejects.toThrow(/called complete/);
  const honest = { ...partial, completeness: 'incomplete' as const };
  expect((await buildPack(sampleInput({ ipe: honest }), alice)).counts.population).toBe(5);
});

test('packs of any texts are trusted and contain them unharmed', async () => {
  const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(text, text, text, async (reason, action, id) => {
      const ledger = chain([decisionDraft('D', id, 'revoke', { reason })]);
      const decisions = decisionsOf(ledger, ['D']);
      const item = { ...reviewOf(id, decisions[0]), action, actorName: reason };
      const input = sampleInput({ population: [item], decisions, ledger, findings: [], conflicts: [] });
      const { bytes } = await buildPack(input, alice);
      expect((await verifyPack(bytes, { signers: signersFile, now: generatedAt })).verdict).toBe('trusted');
      const [line = ''] = textOf(filesOf(bytes), 'data/decisions.jsonl').split('\n');
      expect(JSON.parse(line)).toMatchObject({ review: id, reason });
    }),
    { numRuns: 60 },
  );
});
