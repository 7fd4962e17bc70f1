import { expect, test } from 'vitest';
import type { Decision } from '../../../src-shared/model/review.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import type { PackInput } from '../../../src-main/evidence/pack-input.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { filesOf, textOf } from './forge.ts';
import {
  alice,
  chain,
  decisionsOf,
  generatedAt,
  reviewOf,
  sampleDrafts,
  sampleFinding,
  sampleInput,
  signersFile,
  type EntryDraft,
} from './sample-input.ts';

/** The sample's decision on r1 and disposition of f1, both such that a rule asked for a second person. */
const seconded = sampleDrafts.map((draft) => {
  if (draft.id === 'D01') return { ...draft, payload: { ...draft.payload, fourEyes: ['critical-severity'] } };
  if (draft.type !== 'disposition') return draft;
  return { ...draft, payload: { ...draft.payload, fourEyes: ['false-positive-high'] } };
});
const digestOf = (id: string) => String(seconded.find((draft) => draft.id === id)!.payload!['digest']);
const says = (
  id: string,
  about: 'decision' | 'disposition',
  decision: string,
  agree: boolean,
): EntryDraft => ({
  id,
  type: 'concurrence',
  subject: about === 'decision' ? 'r1' : 'f1',
  actor: 'carol',
  payload: {
    about,
    decision,
    digest: digestOf(decision),
    agree,
    reason: 'saw the ticket',
    reviewerName: 'Carol',
  },
});
const words = [says('C01', 'decision', 'D01', true), says('C02', 'disposition', 'E11', true)];

async function packOf(drafts: readonly EntryDraft[], second: Decision['second'], changes: Partial<Finding>) {
  const ledger = chain(drafts);
  const decisions = decisionsOf(ledger, ['D01', 'D03', 'D05']).map((one) =>
    one.id === 'D01' && second ? { ...one, second } : one,
  );
  const made = new Map(decisions.map((one) => [one.review, one]));
  const input: PackInput = sampleInput({
    ledger,
    decisions,
    population: ['r4', 'r3', 'r2', 'r1', 'r5'].map((id) => reviewOf(id, made.get(id))),
    conflicts: [],
    findings: [{ ...sampleFinding, ...changes }],
  });
  const pack = await buildPack(input, alice);
  return { pack, verified: await verifyPack(pack.bytes, { signers: signersFile, now: generatedAt }) };
}

const secondOf = (
  drafts: readonly EntryDraft[],
  id: string,
  rule: string,
  counts = true,
): Decision['second'] => {
  const line = chain(drafts).find(({ entry }) => entry.id === id)!;
  const said = {
    id,
    agree: true,
    reason: 'saw the ticket',
    reviewer: 'carol',
    reviewerName: 'Carol',
    counts,
  };
  return {
    state: counts ? 'agreed' : 'awaiting',
    rules: [rule],
    concurrences: [{ ...said, at: line.entry.wall_time }],
  };
};

const drafts = [...seconded, ...words];
const second = secondOf(drafts, 'C01', 'critical-severity');
const { disposition, dispositionNote, disposedAt, disposedBy } = sampleFinding;
const proposal = {
  id: 'E11',
  disposition: disposition!,
  note: dispositionNote!,
  by: 'alice',
  byName: disposedBy!,
  at: disposedAt!,
  second: secondOf(drafts, 'C02', 'false-positive-high')!,
};

test('both reviewers are in the decisions and the tables, and the ledger backs them', async () => {
  const { pack, verified } = await packOf(drafts, second, { proposal });
  expect(verified.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(verified.verdict).toBe('trusted');
  expect(verified.checks.find(({ name }) => name === 'decisions')?.detail).toMatch(/backed by the ledger\.$/);
  const table = textOf(filesOf(pack.bytes), 'data/decisions.csv');
  expect(table.split('\r\n')[0]).toMatch(/ledger_hash,second_state,second_rules,second_reviewer,/);
  expect(table).toMatch(/r1.*agreed,critical-severity,carol,Carol,yes,saw the ticket,/);
});

test('a pack where nothing needed a second person keeps the columns it always had', async () => {
  const table = textOf(filesOf((await buildPack(sampleInput(), alice)).bytes), 'data/decisions.csv');
  expect(table).not.toContain('second_');
});

test.each([
  ['the second person is left out', drafts, undefined, { proposal }, /decisions\.jsonl, line 1/],
  ['a second person is made up', seconded, second, { proposal }, /decisions\.jsonl, line 1/],
  ['a proposal is left out', drafts, second, {}, /awaits a second person at finding 1/],
  [
    'a disposition counts without its second person',
    [...seconded, words[0]!],
    second,
    {
      proposal: { ...proposal, second: { ...proposal.second, state: 'awaiting' as const, concurrences: [] } },
    },
    /disposition of finding 1/,
  ],
])('where %s, the pack contradicts its ledger and is refused', async (_, lines, said, changes, sentence) => {
  await expect(packOf(lines, said, changes)).rejects.toThrow(sentence);
});

test('a concurrence of the first reviewer under another id does not count', async () => {
  const alias: EntryDraft = {
    id: 'L01',
    type: 'aliases-changed',
    subject: 'alice',
    actor: 'alice',
    payload: { reviewer: 'alice', before: [], after: ['carol'], reason: 'one person' },
  };
  const linked = [...drafts, alias];
  const open = { disposition: null, dispositionNote: null, disposedAt: null, disposedBy: null };
  const doubted = {
    ...proposal,
    second: secondOf(linked, 'C02', 'false-positive-high', false)!,
  };
  const honest = await packOf(linked, secondOf(linked, 'C01', 'critical-severity', false), {
    ...open,
    proposal: doubted,
  });
  expect(honest.verified.checks.filter(({ ok }) => !ok)).toEqual([]);
  await expect(packOf(linked, second, { ...open, proposal: doubted })).rejects.toThrow(
    /decisions\.jsonl, line 1/,
  );
});

test('a decision that was written and lost its second person afterwards is counted in the check', async () => {
  const sent: EntryDraft = {
    id: 'S01',
    type: 'sync-outcome',
    subject: '',
    actor: 'alice',
    payload: {
      items: ['D01', 'D03'].map((decisionId) => ({
        decisionId,
        outcome: 'applied',
        detail: null,
        server: null,
      })),
    },
  };
  const alias: EntryDraft = {
    id: 'L01',
    type: 'aliases-changed',
    subject: 'alice',
    actor: 'alice',
    payload: { reviewer: 'alice', before: [], after: ['carol'], reason: 'one person' },
  };
  const said = async (lines: readonly EntryDraft[], counts: boolean) => {
    const open = { disposition: null, dispositionNote: null, disposedAt: null, disposedBy: null };
    const disposed = {
      ...(counts ? {} : open),
      proposal: { ...proposal, second: secondOf(lines, 'C02', 'false-positive-high', counts)! },
    };
    const { verified } = await packOf(lines, secondOf(lines, 'C01', 'critical-severity', counts), disposed);
    return verified.checks.find(({ name }) => name === 'decisions')?.detail;
  };
  // As outcomes are recorded since they are recorded in few words.
  const sentAsDecided = { ...sent, payload: { asSent: { decisions: ['D01', 'D03'] }, items: [] } };
  expect(await said([...drafts, sent], true)).toMatch(/backed by the ledger\.$/);
  expect(await said([...drafts, alias], false)).toMatch(/backed by the ledger\.$/);
  for (const outcome of [sent, sentAsDecided])
    expect(await said([...drafts, outcome, alias], false)).toMatch(
      / 1 of the decisions needed a second person and stand in the audit database without one who counts\.$/,
    );
});
