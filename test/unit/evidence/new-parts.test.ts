// The further data files: an insider who changes one and signs again is found out, and packs without them still verify.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { reconcile } from '../../../src-main/evidence/reconcile.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { edit, filesOf, reseal, textOf, type MutableFiles } from './forge.ts';
import { reportDocument } from '../../../src-main/evidence/report/document.ts';
import { renderReportHtml } from '../../../src-main/evidence/report/html/page.ts';
import { sampleReport } from './report/report-sample.ts';
import { alice, generatedAt, sampleFinding, sampleInput, signersFile } from './sample-input.ts';

const trust = { signers: signersFile, now: generatedAt };
const sampling = { method: { kind: 'judgemental', frequency: 'monthly', reason: null }, seed: null } as const;
const { ipe: counted } = sampleInput();
const ipe = { ...counted, snapshot: '7:7:', readBy: 'copy' as const, reconciliation: reconcile(counted) };
const decisions = sampleInput().decisions.map((one) => ({
  ...one,
  shownDigest: Buffer.from(one.review.padEnd(32, '.')).toString('hex'),
  dwellMs: 4000,
  serverReviewedAt: null,
}));
const pack = await buildPack(sampleInput({ sampling, ipe, decisions }), alice);
const fresh = (): MutableFiles => filesOf(pack.bytes);

const judge = async (files: MutableFiles) => {
  const { verdict, checks } = await verifyPack(reseal(files, alice), trust);
  return { verdict, failing: checks.filter(({ ok }) => !ok).map(({ name }) => name) };
};
const detailOf = async (name: string) =>
  (await verifyPack(pack.bytes, trust)).checks.find((check) => check.name === name)?.detail;

const dropLine = (text: string): string => text.slice(text.indexOf('\n') + 1);

test.each<[string, string, string, (text: string) => string]>([
  [
    'the difference of the counts',
    'ipe',
    'data/ipe.json',
    (t) => t.replace('"differingDays":0', '"differingDays":1'),
  ],
  [
    'who changed the configuration',
    'configuration',
    'data/configuration.jsonl',
    (t) => t.replace('"alice"', '"carol"'),
  ],
  [
    'what an exception lets pass',
    'exceptions',
    'data/exceptions.jsonl',
    (t) => t.replace('=nightly', '=daily!!'),
  ],
  [
    'how much an exception hides',
    'exceptions',
    'data/exceptions.jsonl',
    (t) => t.replace('"hidden":0', '"hidden":7'),
  ],
  [
    'the standing of an exception',
    'exceptions',
    'data/exceptions.jsonl',
    (t) => t.replace('in-force', 'expired'),
  ],
  [
    'a hash of a proof',
    'proofs',
    'data/proofs.jsonl',
    (t) => t.replace(/"path":\["./, '"path":["_').replace('"_', '"A'),
  ],
  ['whose proof it is', 'proofs', 'data/proofs.jsonl', (t) => t.replace('"D01"', '"D09"')],
  [
    'what was drawn',
    'sampling',
    'data/sampling.json',
    (t) => t.replace(/"drawn":\["(r.)","(r.)","/, '"drawn":["$2","$1","'),
  ],
  ['the seed', 'sampling', 'data/sampling.json', (t) => t.replace(/"seed":"./, '"seed":"~')],
  [
    'what an item is now',
    'population-after',
    'data/population-after.jsonl',
    (t) => t.replace('"after":{"action":"role_grant"', '"after":{"action":"role_grunt"'),
  ],
  [
    'what became of an item',
    'population-after',
    'data/population-after.jsonl',
    (t) => t.replace('"change":"changed"', '"change":"unchanged"'),
  ],
  [
    'what was shown',
    'decisions',
    'data/decisions.jsonl',
    (t) => t.replace('"shownDigest":"72', '"shownDigest":"73'),
  ],
  [
    'how long it was shown',
    'decisions',
    'data/decisions.jsonl',
    (t) => t.replace('"dwellMs":4000', '"dwellMs":9000'),
  ],
  [
    'when it was reviewed there',
    'decisions',
    'data/decisions.jsonl',
    (t) => t.replace('"serverReviewedAt":null', '"serverReviewedAt":"2026-11-19T09:00:00.000Z"'),
  ],
])('%s, signed again by the listed signer, fails the check “%s”', async (_, check, name, change) => {
  const files = fresh();
  edit(files, name, change);
  const { verdict, failing } = await judge(files);
  expect(['tampered', 'malformed']).toContain(verdict);
  expect(failing).toContain(check);
});

test.each(['configuration', 'exceptions', 'proofs', 'population-after'])(
  'a line left out of %s.jsonl is noticed',
  async (name) => {
    const files = fresh();
    edit(files, `data/${name}.jsonl`, dropLine);
    const { verdict, failing } = await judge(files);
    expect(verdict).toBe('tampered');
    expect(failing).toContain(name);
  },
);

test('the numbers of the further files are in the statement', () => {
  const statement = JSON.parse(textOf(fresh(), 'data/statement.json')) as {
    predicate: { counts: object };
  };
  expect(statement.predicate.counts).toMatchObject({
    configurationChanges: 2,
    exceptions: 1,
    exceptionsInForce: 1,
    proofs: 6,
    sampled: 3,
    controls: 10,
    populationNew: 3,
    populationRemoved: 0,
    populationChanged: 1,
  });
});

test('what verification found says what was compared', async () => {
  expect(await detailOf('proofs')).toMatch(/^6 inclusion proofs/);
  expect(await detailOf('sampling')).toMatch(/^3 of 5 items were drawn/);
  expect(await detailOf('population-after')).toMatch(/3 items are new, 0 are gone, 1 changed, 1 did not/);
  expect(await detailOf('configuration')).toMatch(/^2 changes/);
});

const furtherFiles = [
  'configuration.jsonl',
  'controls.json',
  'exceptions.jsonl',
  'population-after.jsonl',
  'proofs.jsonl',
  'sampling.json',
];
const furtherCounts =
  /"(?:configurationChanges|exceptions|exceptionsInForce|proofs|sampled|controls|population(?:New|Removed|Changed))":\d+,?/g;

test('a pack of before, without these files and numbers, is trusted, and says what it lacks', async () => {
  const files = filesOf(readFileSync(new URL('packs/second-report.zip', import.meta.url)));
  for (const name of furtherFiles) files.delete(`data/${name}`);
  edit(files, 'data/statement.json', (text) =>
    text
      .replaceAll(furtherCounts, '')
      .replaceAll(
        new RegExp(`\\{"digest":\\{[^}]*\\},"name":"data/(?:${furtherFiles.join('|')})"\\},?`, 'g'),
        '',
      )
      .replaceAll(',]', ']')
      .replaceAll(',}', '}'),
  );
  const { verdict, failing } = await judge(files);
  expect(failing).toEqual([]);
  expect(verdict).toBe('trusted');
});

test('the report of a fresh pack is the one its data gives, word for word', async () => {
  expect(await detailOf('report')).toMatch(/every word of it follows from the data/);
});

test.each<[string, string, string]>([
  ['what a drawn item came to', 'sample-by-certify', '“sample-by-certify”'],
  ['how many items deviate', 'sample-deviations', '“sample-deviations”'],
  ['the seed', 'sample-seed', '“sample-seed”'],
  ['what became of an item', 'population-r2', '“population-r2”'],
  ['how many items came', 'count-populationNew', '“count-populationNew”'],
  ['what an exception hides', 'exception-X1-hidden', '“exception-X1-hidden”'],
  ['the standing of an exception', 'exception-X1-standing', '“exception-X1-standing”'],
])('%s, stated otherwise in the report and signed again, is named', async (_, fact, named) => {
  const files = fresh();
  edit(files, 'data/report.html', (text) =>
    text.replaceAll(new RegExp(`(<data data-fact="${fact}" value=")[^"]*(">)[^<]*`, 'g'), '$18$28'),
  );
  const { verdict, checks } = await verifyPack(reseal(files, alice), trust);
  expect(verdict).toBe('tampered');
  expect(checks.filter(({ ok }) => !ok)).toMatchObject([
    { name: 'report', detail: expect.stringContaining(named) as string },
  ]);
});

test('numbers of a method are in one order, however the detector named them', () => {
  const page = (evidence: Record<string, number>) =>
    renderReportHtml(
      reportDocument(sampleReport({ findings: [{ ...sampleFinding, detector: 'nb', evidence }] })),
    );
  expect(page({ surprise: 1, alpha: 2 })).toBe(page({ alpha: 2, surprise: 1 }));
});

test('one of these files taken out of a pack that counts it is noticed', async () => {
  const files = fresh();
  files.delete('data/exceptions.jsonl');
  expect((await judge(files)).verdict).toBe('tampered');
});
