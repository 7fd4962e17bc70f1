// data/proofs.jsonl: for every decision the hashes that lead from its ledger entry to the root in data/checkpoint.txt.
import { z } from 'zod';
import { inclusionPath, treeSteps, type WholeTree } from '../merkle.ts';
import type { LedgerLine } from '../pack-input.ts';
import { definePart, type PayloadPart } from '../payload-part.ts';
import { inPieces, notYet, type NotYet } from '../row-pauses.ts';
import { hashList } from './hash-list.ts';

/** A tree of 2^50 leaves is deeper than any ledger. */
const deepest = 50;

/** One decision ever recorded, whether it is in force or not. The leaf of entry `seq` is the (seq − 1)th, counted from 0. */
export const proofLine = z.strictObject({
  decision: z.string(),
  review: z.string(),
  seq: z.number().int().min(1),
  /** Leaf hash: SHA-256 of a zero byte and the canonical line of the entry. 64 hex digits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** RFC 6962 inclusion proof, from the leaf up: SHA-256 in base64, at most log2 of the number of entries, rounded up. */
  path: z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/)).max(deepest),
});
export type ProofLine = z.infer<typeof proofLine>;

/** The path of the entry with this number as text. */
export const pathTexts = (tree: WholeTree, seq: number): string[] =>
  inclusionPath(tree, seq - 1).map((hash) => Buffer.from(hash).toString('base64'));

export const proofOf = ({ entry, hash }: LedgerLine, tree: WholeTree): ProofLine => ({
  decision: entry.id,
  review: entry.subject ?? '',
  seq: entry.seq,
  hash,
  path: pathTexts(tree, entry.seq),
});

function* proofsOf(ledger: () => Iterable<LedgerLine>): Generator<ProofLine | NotYet> {
  const hashes = hashList();
  let isAsked = false;
  for (const line of inPieces(ledger()))
    if (line === notYet) yield notYet;
    else {
      hashes.add(line.hash);
      isAsked ||= line.entry.type === 'decision';
    }
  if (!isAsked) return;
  const tree = yield* treeSteps(hashes.bytes(), notYet);
  for (const line of inPieces(ledger()))
    if (line === notYet) yield notYet;
    else if (line.entry.type === 'decision') yield proofOf(line, tree);
}

export const proofsPart: PayloadPart<ProofLine> = definePart({
  name: 'data/proofs.jsonl',
  line: proofLine,
  isOptional: true,
  from: ({ ledger }) => proofsOf(ledger),
});
