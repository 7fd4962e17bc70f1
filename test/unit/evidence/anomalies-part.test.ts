// The source's own anomalies in a pack: what was made of each is what the ledger says, and nothing else passes.
import { expect, test } from 'vitest';
import type { ServerAnomaly } from '#shared/model/anomaly.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { edit, filesOf, reseal, textOf } from './forge.ts';
import {
  alice,
  chain,
  generatedAt,
  sampleDrafts,
  sampleInput,
  signersFile,
  decisionsOf,
  type EntryDraft,
} from './sample-input.ts';

const trust = { signers: signersFile, now: generatedAt };
const words = {
  tenant: null,
  user: 'bob',
  anomalyType: 'bulk_delete',
  severity: 'critical',
  score: '41.20',
  detectedText: '2026-11-13 14:20:00+00',
  detectedAt: '2026-11-13T14:20:00.000Z',
};

const disposed = (id: string, anomaly: string, fourEyes: readonly string[] = []): EntryDraft => ({
  id,
  type: 'anomaly-disposition',
  subject: anomaly,
  actor: 'alice',
  payload: {
    anomaly,
    disposition: 'acknowledged',
    note: 'maintenance',
    digest: 'cd'.repeat(32),
    shown: { ...words, context: null, contextSha256: null },
    supersedes: null,
    reviewerName: 'Alice Example',
    fourEyes,
  },
});

const ledger = chain([...sampleDrafts, disposed('A1', 'a1'), disposed('A2', 'a2', ['critical-anomaly'])]);
const at = (id: string): string => ledger.find(({ entry }) => entry.id === id)?.entry.wall_time ?? '';

const open: ServerAnomaly = {
  ...words,
  id: 'a0',
  scoreScale: 'z_score',
  server: null,
  status: 'open',
  disposition: null,
  note: null,
  disposedAt: null,
  disposedBy: null,
  dispositionId: null,
  sync: null,
  syncDetail: null,
  conflict: false,
  changed: [],
  changedAt: null,
  vanishedAt: null,
  returnedAt: null,
  publishedFinding: null,
  digest: 'ab'.repeat(32),
};

const anomalies: ServerAnomaly[] = [
  {
    ...open,
    id: 'a2',
    sync: 'awaiting-second',
    proposal: {
      id: 'A2',
      disposition: 'acknowledged',
      note: 'maintenance',
      by: 'alice',
      byName: 'Alice Example',
      at: at('A2'),
      second: { state: 'awaiting', rules: ['critical-anomaly'], concurrences: [] },
    },
  },
  open,
  {
    ...open,
    id: 'a1',
    status: 'acknowledged',
    disposition: 'acknowledged',
    note: 'maintenance',
    disposedAt: at('A1'),
    disposedBy: 'Alice Example',
    dispositionId: 'A1',
    sync: 'unsent',
  },
];

const decisions = decisionsOf(ledger, ['D01', 'D03', 'D05']);
const input = sampleInput({ ledger, decisions, anomalies });
const conflicts = input.conflicts.map((one) => ('review' in one ? { ...one, ours: decisions[1]! } : one));
const pack = await buildPack({ ...input, conflicts }, alice);

test('they stand in the pack by id, are counted, and agree with the ledger', async () => {
  const files = filesOf(pack.bytes);
  const ids = textOf(files, 'data/anomalies.jsonl')
    .trim()
    .split('\n')
    .map((line) => /"id":"(a\d)"/.exec(line)?.[1]);
  expect(ids).toEqual(['a0', 'a1', 'a2']);
  expect(textOf(files, 'data/statement.json')).toContain('"anomalies":3,"anomaliesOpen":2');
  const { checks, verdict } = await verifyPack(pack.bytes, trust);
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verdict).toBe('trusted');
  expect(checks.find(({ name }) => name === 'anomalies')?.detail).toContain('3 anomalies of the source');
});

test.each<[string, (text: string) => string]>([
  [
    'another disposition',
    (text) => text.replace('"disposition":"acknowledged"', '"disposition":"escalated"'),
  ],
  ['another note', (text) => text.replace('"note":"maintenance"', '"note":"nothing to see"')],
  ['a disposition nobody made', (text) => text.replace('"status":"open"', '"status":"escalated"')],
  ['a second person who never spoke', (text) => text.replace('"state":"awaiting"', '"state":"agreed"')],
  ['another order', (text) => text.trimEnd().split('\n').toReversed().join('\n') + '\n'],
])('%s is found out, whoever signs it', async (_, change) => {
  const files = filesOf(pack.bytes);
  const before = textOf(files, 'data/anomalies.jsonl');
  edit(files, 'data/anomalies.jsonl', change);
  expect(textOf(files, 'data/anomalies.jsonl')).not.toBe(before);
  const { checks, verdict } = await verifyPack(reseal(files, alice), trust);
  expect(verdict).toBe('tampered');
  expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toContain('anomalies');
});

test('a pack of a source without such a table has no such file, and says so', async () => {
  const without = await buildPack(sampleInput(), alice);
  expect(filesOf(without.bytes).has('data/anomalies.jsonl')).toBe(false);
  const { checks } = await verifyPack(without.bytes, trust);
  expect(checks.find(({ name }) => name === 'anomalies')?.detail).toContain('has no data/anomalies.jsonl');
});
