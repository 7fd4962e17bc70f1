// One decision is verified without its pack, and a pack against the one before it.
import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  formatDecisionProof,
  parseDecisionProof,
  proveDecision,
} from '../../../src-main/evidence/decision-proof.ts';
import { merkleRoot, inclusionPath, rootOfPath, wholeTree } from '../../../src-main/evidence/merkle.ts';
import { archiveInMemory } from '../../../src-main/evidence/pack-archive.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import { readPrevious } from '../../../src-main/evidence/previous-pack.ts';
import { sha256 } from '../../../src-main/evidence/digest.ts';
import { signOffPack } from '../../../src-main/evidence/sign-off-pack.ts';
import { verifyDecision } from '../../../src-main/evidence/verify-decision.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { filesOf } from './forge.ts';
import {
  alice,
  chain,
  decisionsOf,
  generatedAt,
  sampleDrafts,
  sampleInput,
  signerOf,
  signersFile,
} from './sample-input.ts';

const trust = { signers: signersFile, now: generatedAt };
const pack = await buildPack(sampleInput(), alice);
const archive = archiveInMemory(filesOf(pack.bytes));
const proofOf = async (id: string) => formatDecisionProof(await proveDecision(archive, id));
const folder = mkdtempSync(join(tmpdir(), 'countersign-proof-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('in a tree of any size each leaf has a path to the root, of at most log2 of the size', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, seed) => {
      const leaves = Array.from({ length: size }, (_, place) => sha256(`${seed} ${place}`));
      const tree = wholeTree(Buffer.concat(leaves));
      const root = merkleRoot(leaves).toString('hex');
      for (const [index, leaf] of leaves.entries()) {
        const path = inclusionPath(tree, index);
        expect(path.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(Buffer.from(rootOfPath(leaf, { index, size }, path)!).toString('hex')).toBe(root);
        if (size === 1) continue;
        const elsewhere = rootOfPath(leaf, { index: (index + 1) % size, size }, path);
        expect(elsewhere === null || Buffer.from(elsewhere).toString('hex') !== root).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});

test('a decision is trusted alone, with its pack’s signatures', async () => {
  const result = await verifyDecision(await proofOf('D03'), trust);
  expect(result.checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(result.verdict).toBe('trusted');
  expect(result.signer?.identity).toBe('alice@example.org');
  expect(result.checks.at(-1)?.detail).toMatch(/^Entry 5 of 12: 4 hashes/);
});

test('an item stands for the last decision on it', async () => {
  expect(parseDecisionProof(await proofOf('r2')).entry.id).toBe('D03');
  await expect(proofOf('r5')).rejects.toThrow(/no decision of this id/);
});

test.each<[string, (text: string) => string, string]>([
  ['another decision', (text) => text.replace('"decision":"revoke"', '"decision":"certify"'), 'tampered'],
  ['another person', (text) => text.replace('"actor":"alice"', '"actor":"carol"'), 'tampered'],
  ['another place', (text) => text.replace('"seq":5', '"seq":4'), 'tampered'],
  ['a shorter path', (text) => text.replace(/,"[A-Za-z0-9+/]{43}="\]/, ']'), 'tampered'],
  ['a longer path', (text) => text.replace(/"path":\[("[^"]+")/, '"path":[$1,$1'), 'tampered'],
  ['a further member', (text) => text.replace('{', '{"more":1,'), 'malformed'],
  ['half of it', (text) => text.slice(0, text.length / 2), 'malformed'],
])('%s is noticed', async (_, change, verdict) => {
  const text = await proofOf('D03');
  expect(change(text)).not.toBe(text);
  expect((await verifyDecision(change(text), trust)).verdict).toBe(verdict);
});

test('files of another pack are noticed, whichever is exchanged', async () => {
  const other = await buildPack(sampleInput({ packId: '01K9ZZZZZZZZZZZZZZ99999999', zone: 'UTC' }), alice);
  const [ours, theirs] = [
    parseDecisionProof(await proofOf('D03')),
    await proveDecision(archiveInMemory(filesOf(other.bytes)), 'D03'),
  ];
  for (const [name, content] of Object.entries(theirs.files)) {
    if (content === ours.files[name]) continue;
    const mixed = { ...ours, files: { ...ours.files, [name]: content } };
    expect((await verifyDecision(formatDecisionProof(mixed), trust)).verdict, name).toBe('tampered');
  }
});

test('without a list nobody knows who signed the decision', async () => {
  expect((await verifyDecision(await proofOf('D03'), { now: generatedAt })).verdict).toBe('unpinned');
});

const next = (previousPackSha256: string, drafts = sampleDrafts) =>
  buildPack(
    sampleInput({
      packId: '01K9ZZZZZZZZZZZZZZ99999999',
      previousPackSha256,
      ledger: chain([...drafts, { id: 'E99', type: 'export', subject: 'x', actor: 'alice' }]),
    }),
    alice,
  );
const judge = async (bytes: Uint8Array, previous: Awaited<ReturnType<typeof readPrevious>>) => {
  const { verdict, checks } = await verifyPack(bytes, { ...trust, previous });
  return { verdict, detail: checks.find(({ name }) => name === 'previous-pack')?.detail };
};
const keep = (name: string, bytes: Uint8Array): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

test('a pack goes on from the one before, also when that was signed off since', async () => {
  const path = keep('before.zip', pack.bytes);
  const following = await next(pack.sha256);
  expect(await judge(following.bytes, await readPrevious(path, trust))).toEqual({
    verdict: 'trusted',
    detail: 'The previous pack is the one named, and its 12 ledger entries are the first of this one.',
  });
  await signOffPack({
    path,
    role: 'approver',
    note: null,
    reviewer: { id: 'boss', name: 'Boss', email: null },
    identity: 'boss',
    signer: signerOf(7),
    trust,
  });
  expect((await judge(following.bytes, await readPrevious(path, trust))).verdict).toBe('trusted');
});

test.each([
  ['another pack than the named one', 'ab'.repeat(32), sampleDrafts, /not the one that this pack names/],
  [
    'a ledger that does not go on',
    pack.sha256,
    [{ ...sampleDrafts[0]!, payload: { rewritten: true } }, ...sampleDrafts.slice(1)],
    /does not go on/,
  ],
])('%s is noticed', async (_, named, drafts, reason) => {
  const previous = await readPrevious(keep('named.zip', pack.bytes), trust);
  const ledger = chain([...drafts, { id: 'E99', type: 'export', subject: 'x', actor: 'alice' }]);
  const decisions = decisionsOf(ledger, ['D01', 'D03', 'D05']);
  const input = sampleInput({ packId: '01K9ZZZZZZZZZZZZZZ99999999', previousPackSha256: named });
  const conflicts = input.conflicts.map((one) => ({ ...one, ours: decisions[1]! }));
  const { bytes } = await buildPack({ ...input, ledger, decisions, conflicts } as typeof input, alice);
  const { verdict, detail } = await judge(bytes, previous);
  expect(verdict).toBe('tampered');
  expect(detail).toMatch(reason);
});
