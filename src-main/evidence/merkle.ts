// The Merkle tree hash of RFC 6962 section 2.1 over leaf hashes.
import { createHash } from 'node:crypto';

const interiorPrefix = Buffer.from([1]);

const joinHashes = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(interiorPrefix).update(left).update(right).digest();

/** A complete subtree: how many leaves it has, and its hash. */
type Subtree = { readonly leaves: number; readonly hash: Buffer };

/** A tree that still grows, as the complete subtrees of its leaves so far, the largest first: a binary counter. */
export type GrowingTree = readonly Subtree[];

export const emptyTree: GrowingTree = [];

/** The tree with one more leaf hash at its right. Costs what the depth of the tree is. */
export function withLeaf(tree: GrowingTree, leafHash: Uint8Array): GrowingTree {
  const waiting = [...tree];
  let node: Subtree = { leaves: 1, hash: Buffer.from(leafHash) };
  for (let last = waiting.at(-1); last?.leaves === node.leaves; last = waiting.at(-1)) {
    waiting.pop();
    node = { leaves: last.leaves + node.leaves, hash: joinHashes(last.hash, node.hash) };
  }
  return [...waiting, node];
}

/** The root as of now: the subtrees folded from the right. The root of no leaves is SHA-256 of nothing. */
export function rootOf(tree: GrowingTree): Buffer {
  const last = tree.at(-1);
  if (last === undefined) return createHash('sha256').digest();
  return tree.slice(0, -1).reduceRight((right, left) => joinHashes(left.hash, right), last.hash);
}

/** Root over leaf hashes in order; a leaf hash is SHA-256(0x00 ‖ leaf). */
export function merkleRoot(leafHashes: Iterable<Uint8Array>): Buffer {
  let tree = emptyTree;
  for (const leaf of leafHashes) tree = withLeaf(tree, leaf);
  return rootOf(tree);
}
