// Builds a signed evidence pack: BagIt 1.0 layout, SSH signature over the tag manifest, canonical zip.
import type { PackCounts } from '#shared/model/evidence.ts';
import { packCounts } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { bagitDeclaration, formatBagInfo, payloadOxum } from './bag-info.ts';
import { formatCheckpoint } from './checkpoint.ts';
import { digestFiles, formatManifest, sha256Hex } from './manifest.ts';
import { contentsOf, formatContents, type PackContents } from './pack-contents.ts';
import { countContents } from './pack-counts.ts';
import { formatTables } from './pack-csv.ts';
import { packInput, type PackInput } from './pack-input.ts';
import type { PackFiles } from './pack-files.ts';
import { projectDecisions } from './projection.ts';
import { shortFingerprint } from './public-key.ts';
import { renderReport } from './report/render.ts';
import { allowedSignersLine } from './signer-identity.ts';
import { signatureNamespaces, type Signer } from './sshsig.ts';
import { formatStatement, predicateOf, statementFile, type PackPredicate } from './statement.ts';
import { verifyPack } from './verify.ts';
import { verifyText } from './verify-text.ts';
import { writeZip } from './zip.ts';

export type EvidencePack = {
  /** `PACK-<source>-<yyyymmdd>-<id8>.zip` */
  readonly name: string;
  readonly bytes: Buffer;
  /** Of the zip file, in hex. */
  readonly sha256: string;
  readonly counts: PackCounts;
};

function packName(input: PackInput): string {
  const about = input.source?.sourceAccount ?? input.source?.database ?? 'local';
  const slug = about
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  const day = input.generatedAt.slice(0, 10).replaceAll('-', '');
  return `PACK-${slug === '' ? 'local' : slug}-${day}-${input.packId.slice(-8).toLowerCase()}.zip`;
}

/** A decision that found no line would silently be missing from the pack. */
function assertAllDecisionsPlaced(input: PackInput, contents: PackContents): void {
  const placed = contents.decisions.filter((line) => line.decision !== null).length;
  if (placed !== input.decisions.length) {
    throw new Problem('conflict', 'A decision belongs to no item of the population; nothing was exported.', {
      next: 'Refresh from the audit database and export again.',
    });
  }
}

function buildPayload(contents: PackContents, predicate: PackPredicate): PackFiles {
  const payload = formatContents(contents);
  payload.set('data/checkpoint.txt', formatCheckpoint(contents.ledger.map((line) => line.hash)));
  for (const [name, bytes] of formatTables(contents)) payload.set(name, bytes);
  payload.set('data/report.html', Buffer.from(renderReport(contents, predicate, digestFiles(payload))));
  payload.set(statementFile, formatStatement(predicate, digestFiles(payload)));
  return payload;
}

function wrapInBag(input: PackInput, payload: PackFiles, signer: Signer): PackFiles {
  const tags = new Map<string, Uint8Array>([
    ['bagit.txt', bagitDeclaration],
    [
      'bag-info.txt',
      formatBagInfo({
        baggingDate: input.generatedAt.slice(0, 10),
        softwareAgent: `Countersign ${input.toolVersion}`,
        externalIdentifier: input.packId,
        payloadOxum: payloadOxum(payload),
        previousPackSha256: input.previousPackSha256,
      }),
    ],
    ['manifest-sha256.txt', formatManifest(digestFiles(payload))],
    ['VERIFY.txt', verifyText],
  ]);
  const tagManifest = formatManifest(digestFiles(tags));
  const signature = signer.sign(signatureNamespaces.evidencePack, tagManifest);
  const signatureFile = `signatures/preparer-${shortFingerprint(signer.publicKey)}.sig`;
  return new Map([
    ...payload,
    ...tags,
    ['tagmanifest-sha256.txt', tagManifest],
    [signatureFile, Buffer.from(signature)],
  ]);
}

/** Never hand out a pack that our own verifier would refuse. */
function assertVerifies(bytes: Buffer, input: PackInput, signer: Signer): void {
  const signers = allowedSignersLine(input.signerIdentity, signer.publicKey);
  const { verdict, checks } = verifyPack(bytes, { signers, now: input.generatedAt });
  if (verdict === 'trusted') return;
  const failed = checks.find((check) => !check.ok);
  throw new Problem(
    'store-damaged',
    `The evidence contradicts itself, so nothing was exported. ${failed?.detail ?? ''}`,
    {
      next: 'Nothing in the workspace was changed. Keep a copy of its folder and report this message.',
    },
  );
}

/**
 * Builds a pack. The same input and key give the same bytes.
 * @throws Problem `conflict`, `store-damaged` or `refused` when the input contradicts itself or is too large.
 */
export function buildPack(given: PackInput, signer: Signer): EvidencePack {
  const input = packInput.parse(given);
  const contents = contentsOf(input);
  assertAllDecisionsPlaced(input, contents);
  const counts = countContents(contents, projectDecisions(input.ledger));
  const payload = buildPayload(contents, predicateOf(input, counts, signer.publicKey));
  const bytes = writeZip(wrapInBag(input, payload, signer));
  assertVerifies(bytes, input, signer);
  return { name: packName(input), bytes, sha256: sha256Hex(bytes), counts: packCounts.parse(counts) };
}
