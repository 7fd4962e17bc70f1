import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkpointText,
  emptyCheckpointedLedger,
  faultInCheckpoint,
  formatCheckpoint,
  makeCheckpoint,
  parseCheckpoint,
  withEntry,
} from '../../../src-main/evidence/checkpoint.ts';
import { hashEntry } from '../../../src-main/evidence/entry-hash.ts';
import { merkleRoot } from '../../../src-main/evidence/merkle.ts';
import { buildPack } from '../../../src-main/evidence/pack.ts';
import type { LedgerLine } from '../../../src-main/evidence/pack-input.ts';
import { fingerprintOf, formatPublicKey } from '../../../src-main/evidence/public-key.ts';
import { verifyPack } from '../../../src-main/evidence/verify.ts';
import { alice, chain, generatedAt, sampleInput, signerOf, signersFile } from './sample-input.ts';

const hash = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const ledgerOf = (hashes: readonly string[]) => hashes.reduce(withEntry, emptyCheckpointedLedger);

test('a ledger that grows entry by entry has the checkpoint of all of them, and it can be read back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hash, { minLength: 1, maxLength: 40 }), async (hashes) => {
      const text = checkpointText(ledgerOf(hashes));
      expect(text.equals(formatCheckpoint(hashes))).toBe(true);
      expect(parseCheckpoint(text.toString())).toEqual({
        firstHash: hashes[0],
        size: hashes.length,
        root: merkleRoot(hashes.map((one) => Buffer.from(one, 'hex'))).toString('hex'),
      });
    }),
  );
});

test.each(['', 'x', 'countersign/ledger/empty\n0\nAAAA\n', 'a\nb\nc\n'])(
  '%j is no checkpoint',
  async (text) => {
    expect(() => parseCheckpoint(text)).toThrow(/not a checkpoint/);
  },
);

const fingerprint = fingerprintOf(alice.publicKey);
const keyDraft = {
  id: 'k',
  type: 'key-created',
  subject: fingerprint,
  payload: { fingerprint, publicKey: formatPublicKey(alice.publicKey) },
} as const;

/** A ledger of three entries and a checkpoint over them. */
function withCheckpoint(
  change: (payload: Record<string, unknown>) => Record<string, unknown> = (same) => same,
) {
  const drafts = [{ id: 'w', type: 'workspace-created' }, keyDraft, { id: 'r', type: 'unmask' }] as const;
  const before = chain(drafts).map((line) => line.hash);
  const payload = change(makeCheckpoint(ledgerOf(before), 'daily', alice));
  const lines = chain([...drafts, { id: 'c', type: 'checkpoint', payload }]);
  return { before: ledgerOf(before), entry: lines.at(-1)!.entry, lines };
}

describe('a checkpoint in the ledger', () => {
  const known = new Set([fingerprint]);

  test('holds, signed or not', async () => {
    const { entry, before } = withCheckpoint();
    expect(faultInCheckpoint(entry, before, known)).toBeNull();
    const unsigned = withCheckpoint((payload) => ({ ...payload, signature: null, fingerprint: null }));
    expect(faultInCheckpoint(unsigned.entry, unsigned.before, new Set())).toBeNull();
  });

  test.each([
    ['another size', { size: 2 }, /over 2 entries where there are 3/],
    ['another root', { root: 'ab'.repeat(32) }, /does not fit the 3 entries/],
    ['half a signature', { signature: null }, /by halves/],
    ['a signature that is none', { signature: 'x' }, /cannot be read/],
    [
      'a signature of a pack',
      { signature: alice.sign('countersign-evidence-pack', Buffer.from('x')) },
      /does not fit it/,
    ],
    ['no particulars', { size: 'three' }, /without the particulars/],
  ])('with %s does not', (_, change, sentence) => {
    const { entry, before } = withCheckpoint((payload) => ({ ...payload, ...change }));
    expect(faultInCheckpoint(entry, before, known)).toMatch(sentence);
  });

  test('signed with a key that the ledger does not know, or by somebody else under a known name, does not', async () => {
    const { entry, before } = withCheckpoint();
    expect(faultInCheckpoint(entry, before, new Set())).toMatch(/key that the ledger does not know/);
    const mallory = makeCheckpoint(before, 'daily', signerOf(9));
    const forged = withCheckpoint((payload) => ({ ...payload, signature: mallory.signature }));
    expect(faultInCheckpoint(forged.entry, forged.before, known)).toMatch(/does not fit/);
  });
});

describe('a pack', () => {
  /** The ledger of the sample pack, with a checkpoint after its last entry. */
  async function packWith(change: (payload: Record<string, unknown>) => Record<string, unknown>) {
    const input = sampleInput();
    const hashes = input.ledger.map((line) => line.hash);
    const payload = change(makeCheckpoint(ledgerOf(hashes), 'export', null));
    const last = input.ledger.at(-1)!;
    const entry = {
      ...last.entry,
      seq: last.entry.seq + 1,
      id: 'checkpoint',
      type: 'checkpoint' as const,
      subject: null,
      payload,
      prev: last.hash,
    };
    const line: LedgerLine = { entry, hash: hashEntry(entry) };
    return await buildPack({ ...input, ledger: [...input.ledger, line] }, alice);
  }

  test('carries the recorded checkpoints, and says that they hold', async () => {
    const { bytes } = await packWith((same) => same);
    const { verdict, checks } = await verifyPack(bytes, { signers: signersFile, now: generatedAt });
    expect(verdict).toBe('trusted');
    expect(checks.find(({ name }) => name === 'checkpoint')?.detail).toMatch(/1 recorded checkpoint holds/);
  });

  test('is not exported with one that does not hold', async () => {
    await expect(packWith((payload) => ({ ...payload, root: 'ab'.repeat(32) }))).rejects.toThrow(
      /contradicts itself.*is a checkpoint that does not fit/,
    );
  });
});
