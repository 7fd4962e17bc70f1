// Checkpoints of a ledger: how many entries it had and their Merkle root, as C2SP tlog-checkpoint text that can be signed.
import { z } from 'zod';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { emptyTree, rootOf, withLeaf, type GrowingTree } from './merkle.ts';
import { fingerprintOf } from './public-key.ts';
import { parseSignature, signatureHolds, signatureNamespaces, type Signer } from './sshsig.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const checkpointOccasions = ['daily', 'close', 'export', 'demand'] as const;
export type CheckpointOccasion = (typeof checkpointOccasions)[number];

/** What a ledger entry of type `checkpoint` says about all entries before it. */
export const checkpointPayload = z.object({
  size: z.number().int().min(1),
  /** Merkle root of RFC 6962 over the hashes of these entries. */
  root: sha256,
  occasion: z.enum(checkpointOccasions),
  /** Null when the key could not be used without asking for its passphrase. */
  fingerprint: z.string().nullable(),
  /** Armored SSH signature over the text of the checkpoint, in the namespace of checkpoints. */
  signature: z.string().nullable(),
});
export type CheckpointPayload = z.infer<typeof checkpointPayload>;

/** A ledger as far as checkpoints care: its first entry's hash (null while there is none) and the tree of all. */
export type CheckpointedLedger = {
  readonly firstHash: string | null;
  readonly size: number;
  readonly tree: GrowingTree;
};

export const emptyCheckpointedLedger: CheckpointedLedger = { firstHash: null, size: 0, tree: emptyTree };

export function withEntry(ledger: CheckpointedLedger, hash: string): CheckpointedLedger {
  return {
    firstHash: ledger.firstHash ?? hash,
    size: ledger.size + 1,
    tree: withLeaf(ledger.tree, Buffer.from(hash, 'hex')),
  };
}

/** Three lines: origin, number of entries, root. The origin carries the first hash, so that two ledgers never share one. */
export function checkpointText({ firstHash, size, tree }: CheckpointedLedger): Buffer {
  return Buffer.from(
    `countersign/ledger/${firstHash ?? 'empty'}\n${size}\n${rootOf(tree).toString('base64')}\n`,
  );
}

/** The text for a ledger given as its entry hashes (64 hex digits, in order). */
export function formatCheckpoint(entryHashes: readonly string[]): Buffer {
  let ledger = emptyCheckpointedLedger;
  for (const hash of entryHashes) ledger = withEntry(ledger, hash);
  return checkpointText(ledger);
}

export type CheckpointClaim = {
  readonly firstHash: string;
  readonly size: number;
  readonly root: string;
};

/**
 * Reads the text of a checkpoint that was kept outside the ledger.
 * @throws Problem `file-unreadable`
 */
export function parseCheckpoint(text: string): CheckpointClaim {
  const found = /^countersign\/ledger\/([0-9a-f]{64})\n([1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n/.exec(text);
  const [, firstHash, size, root] = found ?? [];
  if (firstHash !== undefined && size !== undefined && root !== undefined)
    return { firstHash, size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
  throw new Problem('file-unreadable', 'This is not a checkpoint of a ledger, so nothing was compared.', {
    next: 'Give data/checkpoint.txt of an evidence pack, or ledger-head.txt of a workspace.',
  });
}

/** The payload of a checkpoint whose text was signed already. */
export function signedCheckpoint(
  ledger: CheckpointedLedger,
  occasion: CheckpointOccasion,
  { fingerprint, signature }: { readonly fingerprint: string; readonly signature: string },
): CheckpointPayload {
  return { ...makeCheckpoint(ledger, occasion, null), fingerprint, signature };
}

/** The payload of a checkpoint over the whole ledger as it is now. */
export function makeCheckpoint(
  ledger: CheckpointedLedger,
  occasion: CheckpointOccasion,
  signer: Signer | null,
): CheckpointPayload {
  return {
    size: ledger.size,
    root: rootOf(ledger.tree).toString('hex'),
    occasion,
    fingerprint: signer && fingerprintOf(signer.publicKey),
    signature: signer && signer.sign(signatureNamespaces.checkpoint, checkpointText(ledger)),
  };
}

/**
 * Says why a checkpoint entry does not hold, or null when it does.
 * @param before the ledger before this entry.
 * @param keys fingerprints of the keys that the ledger recorded before this entry and that may still sign.
 */
export function faultInCheckpoint(
  entry: LedgerEntry,
  before: CheckpointedLedger,
  keys: ReadonlySet<string>,
): string | null {
  const payload = checkpointPayload.safeParse(entry.payload);
  if (!payload.success) return 'is a checkpoint without the particulars of one';
  const { size, root, fingerprint, signature } = payload.data;
  if (size !== before.size) return `is a checkpoint over ${size} entries where there are ${before.size}`;
  if (root !== rootOf(before.tree).toString('hex'))
    return `is a checkpoint that does not fit the ${size} entries before it`;
  if ((signature === null) !== (fingerprint === null)) return 'is a checkpoint that is signed by halves';
  if (signature === null || fingerprint === null) return null;
  if (!keys.has(fingerprint))
    return 'is a checkpoint signed with a key that the ledger does not know, or no longer lets sign';
  return signatureFault(signature, fingerprint, checkpointText(before));
}

function signatureFault(armored: string, fingerprint: string, text: Buffer): string | null {
  try {
    const signature = parseSignature(Buffer.from(armored));
    const isGood =
      fingerprintOf(signature.publicKey) === fingerprint &&
      signatureHolds(signature, signatureNamespaces.checkpoint, text);
    return isGood ? null : 'is a checkpoint whose signature does not fit it';
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return 'is a checkpoint whose signature cannot be read';
  }
}
