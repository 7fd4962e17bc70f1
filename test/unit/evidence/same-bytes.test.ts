// A pack written by an earlier release still verifies, and the same evidence still gives the same data files.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { isPrintOf } from '../../../src-main/evidence/same-print.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { filesOf, textOf } from './forge.ts';
import { alice, chain, firstDrafts, generatedAt, sampleInput, signersFile } from './sample-input.ts';

const earlier = readFileSync(new URL('packs/first-format.zip', import.meta.url));
const trust = { signers: signersFile, now: generatedAt };

test('a pack of an earlier release, whose report lists everything, is trusted', async () => {
  const { verdict, checks } = await verifyPack(earlier, trust);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict).toBe('trusted');
});

test('a pack whose report is of the second edition is trusted, and the verdict says what that edition lacks', async () => {
  const { verdict, checks } = await verifyPack(
    readFileSync(new URL('packs/second-report.zip', import.meta.url)),
    trust,
  );
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict).toBe('trusted');
  expect(checks.find(({ name }) => name === 'report')?.detail).toContain(
    'It is of an older form, which says nothing of the sample',
  );
});

test('a report of a form that was released is drawn again to the letter, and so is its print', async () => {
  const frozen = readFileSync(new URL('packs/third-report.zip', import.meta.url));
  const { verdict, checks, report } = await verifyPack(frozen, { ...trust, isPrintOf });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect({ verdict, report }).toEqual({ verdict: 'trusted', report: 'drawn-again' });
});

test('the same evidence gives the same bytes in every data file but the report', async () => {
  const [before, now] = [
    filesOf(earlier),
    filesOf((await buildPack(sampleInput({ ledger: chain(firstDrafts) }), alice)).bytes),
  ];
  const data = [...before.keys()].filter(
    (name) => /\.(jsonl|csv|json|txt)$/.test(name) && name.startsWith('data/'),
  );
  expect(data).toHaveLength(12);
  // The sample now gives its detector all its numbers, as the program always did.
  const others = ['data/statement.json', 'data/detectors.json'];
  for (const name of data.filter((one) => !others.includes(one)))
    expect(textOf(now, name), name).toBe(textOf(before, name));
});
