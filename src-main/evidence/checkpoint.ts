// The checkpoint of a ledger as C2SP tlog-checkpoint text: origin, number of entries, Merkle root.
import { merkleRoot } from './merkle.ts';

/**
 * Three lines for a ledger given as its entry hashes (64 hex digits, in order). The origin carries the first hash, so
 * that two ledgers never share one.
 */
export function formatCheckpoint(entryHashes: readonly string[]): Buffer {
  const root = merkleRoot(entryHashes.map((hash) => Buffer.from(hash, 'hex')));
  const origin = `countersign/ledger/${entryHashes[0] ?? 'empty'}`;
  return Buffer.from(`${origin}\n${entryHashes.length}\n${root.toString('base64')}\n`);
}
