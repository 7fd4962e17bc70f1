// The Merkle tree hash of RFC 6962 section 2.1 over leaf hashes.
import { sha256 } from './digest.ts';

const interiorPrefix = Buffer.from([1]);

const joinHashes = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.concat([interiorPrefix, left, right]));

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
  if (last === undefined) return sha256('');
  return tree.slice(0, -1).reduceRight((right, left) => joinHashes(left.hash, right), last.hash);
}

/** Root over leaf hashes in order; a leaf hash is SHA-256(0x00 ‖ leaf). */
export function merkleRoot(leafHashes: Iterable<Uint8Array>): Buffer {
  let tree = emptyTree;
  for (const leaf of leafHashes) tree = withLeaf(tree, leaf);
  return rootOf(tree);
}

/** All hashes of a tree, level by level from the leaves; a node without a neighbour goes up as it is. Takes 64 bytes a leaf. */
export type WholeTree = readonly Uint8Array[];

const hashBytes = 32;
const nodeOf = (level: Uint8Array, place: number): Uint8Array =>
  level.subarray(place * hashBytes, (place + 1) * hashBytes);

/** @param leafHashes the hashes of all leaves in order, 32 bytes each, one behind the other. */
export function wholeTree(leafHashes: Uint8Array): WholeTree {
  const steps = treeSteps(leafHashes, undefined);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

const nodesAtOnce = 4_096;

/** The same in steps, between which it yields `pause`. */
export function* treeSteps<Pause>(leafHashes: Uint8Array, pause: Pause): Generator<Pause, WholeTree> {
  const levels = [leafHashes];
  for (let below = leafHashes; below.length > hashBytes; below = levels.at(-1)!) {
    const nodes = below.length / hashBytes;
    const level = new Uint8Array(Math.ceil(nodes / 2) * hashBytes);
    for (let place = 0; place < nodes; place += 2) {
      const left = nodeOf(below, place);
      const node = place + 1 < nodes ? joinHashes(left, nodeOf(below, place + 1)) : left;
      level.set(node, (place / 2) * hashBytes);
      if (place % nodesAtOnce === 0) yield pause;
    }
    levels.push(level);
  }
  return levels;
}

/** The inclusion proof of RFC 6962 section 2.1.1 for the leaf at `index`, counted from 0: the neighbours from leaf to root. */
export function inclusionPath(tree: WholeTree, index: number): Uint8Array[] {
  const path: Uint8Array[] = [];
  let place = index;
  for (const level of tree) {
    const beside = place % 2 === 0 ? place + 1 : place - 1;
    if (beside * hashBytes < level.length) path.push(nodeOf(level, beside));
    place = Math.floor(place / 2);
  }
  return path;
}

/**
 * The root that a leaf and its proof lead to (RFC 9162 section 2.1.3.2); null where the proof has not the length that the place of
 * the leaf asks for.
 */
export function rootOfPath(
  leafHash: Uint8Array,
  { index, size }: { readonly index: number; readonly size: number },
  path: readonly Uint8Array[],
): Uint8Array | null {
  let node = leafHash;
  let place = index;
  let last = size - 1;
  if (index < 0 || index > last) return null;
  for (const beside of path) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      node = joinHashes(beside, node);
      while (place % 2 === 0 && place > 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else node = joinHashes(node, beside);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? node : null;
}
