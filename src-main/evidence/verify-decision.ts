// Verifies a single decision without its pack: its entry leads to the checkpoint, and the signatures vouch for the checkpoint.
import type { Verification } from '#shared/model/evidence.ts';
import { failCheck, runCheck, type Check } from './checks/check.ts';
import { unopenedPack, type OpenedPack } from './checks/opened-pack.ts';
import { readSignatures } from './checks/read-signatures.ts';
import { signatureChecks, type TrustOptions } from './checks/signature-checks.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { parseDecisionProof, proofFiles, type DecisionProof } from './decision-proof.ts';
import { sha256Hex } from './digest.ts';
import { hashEntry } from './entry-hash.ts';
import { parseManifest } from './manifest.ts';
import { rootOfPath } from './merkle.ts';
import { fileOf } from './pack-contents.ts';
import type { PackFiles } from './pack-files.ts';
import { checkpointFile } from './payload-parts.ts';
import { parseStatement, statementFile } from './statement.ts';
import { verificationOf } from './checks/verdict.ts';
import { summarise } from './verify.ts';

const filesIn = ({ files }: DecisionProof): PackFiles =>
  new Map(Object.entries(files).map(([name, base64]) => [name, Buffer.from(base64, 'base64')]));

/** The signed tag manifest lists the manifest, and that the statement and the checkpoint. */
function checkManifests({ files }: OpenedPack): string {
  const [tagName, name] = proofFiles;
  const tags = parseManifest(fileOf(files, tagName), tagName);
  if (tags.get(name) !== sha256Hex(fileOf(files, name)))
    failCheck('tampered', 'The manifest is not the one that was signed.');
  const listed = parseManifest(fileOf(files, name), name);
  for (const file of [statementFile, checkpointFile])
    if (listed.get(file) !== sha256Hex(fileOf(files, file)))
      failCheck('tampered', `${file} is not the one that was signed.`);
  return 'Checkpoint and statement are those whose hashes were signed.';
}

function checkProof({ entry, path }: DecisionProof, { files }: OpenedPack): string {
  const { size, root } = parseCheckpoint(Buffer.from(fileOf(files, checkpointFile)).toString('utf8'));
  if (entry.type !== 'decision') failCheck('tampered', 'The entry is no decision.');
  const leaf = Buffer.from(hashEntry(entry), 'hex');
  const hashes = path.map((hash) => Buffer.from(hash, 'base64'));
  const reached = rootOfPath(leaf, { index: entry.seq - 1, size }, hashes);
  if (reached === null || Buffer.from(reached).toString('hex') !== root)
    failCheck('tampered', 'The entry is not in the ledger that was signed, or was changed.');
  return `Entry ${entry.seq} of ${size}: ${path.length} hashes lead from it to the signed root. Whether a later entry corrects or withdraws it, the proof of one entry cannot show.`;
}

/**
 * Judges a decision with its proof. As with packs, `trusted` takes an outside list that vouches for every key that signed.
 * @param text of the file that {@link formatDecisionProof} made
 */
export async function verifyDecision(text: string, options: TrustOptions): Promise<Verification> {
  let proof: DecisionProof | null = null;
  let pack = unopenedPack();
  const readable: Check<string> = {
    name: 'readable',
    needs: [],
    run: (given) => {
      proof = parseDecisionProof(given);
      const files = filesIn(proof);
      const [statement, signatures] = [parseStatement(files), readSignatures(files)];
      pack = { ...pack, files, statement: () => statement, signatures: () => signatures };
      return `A decision from the pack ${statement.predicate.packId} of ${statement.predicate.generatedAt}.`;
    },
  };
  const signers: Verification['signers'] = [];
  const results = [await runCheck(readable, text, [])];
  const checks: readonly Check<OpenedPack>[] = [
    { name: 'manifests', needs: ['readable'], run: checkManifests },
    ...signatureChecks(options, signers).map((check) => ({ ...check, needs: ['readable', ...check.needs] })),
    {
      name: 'proof',
      needs: ['readable'],
      run: (opened) =>
        proof === null ? failCheck('malformed', 'Nothing was read.') : checkProof(proof, opened),
    },
  ];
  for (const check of checks) results.push(await runCheck(check, pack, results));
  return verificationOf(results, signers, summarise);
}
