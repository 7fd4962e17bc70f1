// The Merkle tree hash of RFC 6962 section 2.1 over leaf hashes.
import { createHash } from 'node:crypto';

const interiorPrefix = Buffer.from([1]);

const joinHashes = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256').update(interiorPrefix).update(left).update(right).digest();

type Node = { readonly leaves: number; readonly hash: Buffer };

/**
 * Root over leaf hashes in order; a leaf hash is SHA-256(0x00 ‖ leaf). The root of no leaves is SHA-256 of nothing.
 *
 * Works like a binary counter: complete subtrees wait until an equal one comes, and the rest is folded from the right.
 */
export function merkleRoot(leafHashes: Iterable<Uint8Array>): Buffer {
  const waiting: Node[] = [];
  for (const leaf of leafHashes) {
    let node: Node = { leaves: 1, hash: Buffer.from(leaf) };
    for (let last = waiting.at(-1); last?.leaves === node.leaves; last = waiting.at(-1)) {
      waiting.pop();
      node = { leaves: last.leaves + node.leaves, hash: joinHashes(last.hash, node.hash) };
    }
    waiting.push(node);
  }
  const last = waiting.pop();
  if (last === undefined) return createHash('sha256').digest();
  return waiting.reduceRight((right, left) => joinHashes(left.hash, right), last.hash);
}
