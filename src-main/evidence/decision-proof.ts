// One decision with everything it takes to verify it alone: its ledger entry, the way to the checkpoint, and the signatures over that.
import { z } from 'zod';
import { ledgerEntry } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { signatureName, timestampName } from './checks/read-signatures.ts';
import { hashList } from './parts/hash-list.ts';
import { proofOf, proofLine } from './parts/proofs-part.ts';
import { canonicalJson } from './entry-hash.ts';
import { readLines } from './json-lines.ts';
import { wholeTree } from './merkle.ts';
import { archivedFile, readWhole, type PackArchive } from './pack-archive.ts';
import { ledgerPart } from './pack-contents.ts';
import type { LedgerLine } from './pack-input.ts';
import { checkpointFile } from './payload-parts.ts';
import { signOffName } from './sign-off.ts';
import { statementFile } from './statement.ts';

/** Manifests, statement and checkpoint: what lies between the checkpoint and the signatures. */
export const proofFiles = [
  'tagmanifest-sha256.txt',
  'manifest-sha256.txt',
  statementFile,
  checkpointFile,
] as const;

const largestFileBytes = 2 ** 24;

export const decisionProof = z.strictObject({
  kind: z.literal('urn:countersign:decision-proof:v1'),
  entry: ledgerEntry,
  path: proofLine.shape.path,
  /** Files of the pack by name, in base64: {@link proofFiles}, signatures, sign-offs and timestamps. */
  files: z.record(z.string(), z.base64()),
});
export type DecisionProof = z.infer<typeof decisionProof>;

async function* ledgerOf(archive: PackArchive): AsyncGenerator<LedgerLine> {
  const { name } = ledgerPart;
  for await (const lines of readLines(archivedFile(archive, name).read(), name))
    for (const { text, where } of lines) yield ledgerPart.parse(text, where);
}

/**
 * Takes one decision out of a pack. The pack is not verified by this; what comes out is, as often as anybody likes.
 * @param id of the decision, or of the review item; of several decisions on an item the last one.
 * @throws Problem `not-found`, or `file-unreadable` for a pack that cannot be read
 */
export async function proveDecision(archive: PackArchive, id: string): Promise<DecisionProof> {
  const hashes = hashList();
  let found: LedgerLine | null = null;
  for await (const line of ledgerOf(archive)) {
    const { entry } = line;
    hashes.add(line.hash);
    if (entry.type === 'decision' && (entry.id === id || (entry.subject === id && found?.entry.id !== id)))
      found = line;
  }
  if (found === null)
    throw new Problem('not-found', 'The pack holds no decision of this id, and none on an item of this id.', {
      next: 'Look for it in data/decisions.jsonl of the pack.',
    });
  const { path } = proofOf(found, wholeTree(hashes.bytes()));
  return {
    kind: 'urn:countersign:decision-proof:v1',
    entry: found.entry,
    path,
    files: await filesBetween(archive),
  };
}

async function filesBetween(archive: PackArchive): Promise<Record<string, string>> {
  const signatures = [...archive.keys()].filter(
    (name) => signatureName.test(name) || timestampName.test(name) || signOffName.test(name),
  );
  const files: Record<string, string> = {};
  for (const name of [...proofFiles, ...signatures]) {
    const bytes = await readWhole(archivedFile(archive, name), name, largestFileBytes);
    files[name] = bytes.toString('base64');
  }
  return files;
}

/** As a file: one line of canonical JSON. */
export const formatDecisionProof = (proof: DecisionProof): string => `${canonicalJson(proof)}\n`;

/** @throws Problem `file-unreadable` */
export function parseDecisionProof(text: string): DecisionProof {
  try {
    return decisionProof.parse(JSON.parse(text));
  } catch (cause) {
    throw new Problem('file-unreadable', 'This file is not a decision with its proof.', {
      next: 'Make one with “countersign prove PACK.zip --decision ID --out FILE”.',
      cause,
    });
  }
}
