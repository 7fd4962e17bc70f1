// Builds a signed evidence pack: BagIt 1.0 layout, SSH signature over the tag manifest, canonical zip.
import { packCounts, type PackCounts } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { bagitDeclaration, formatBagInfo, payloadOxum } from './bag-info.ts';
import { sourceInMemory } from './byte-source.ts';
import { sha256Hex } from './digest.ts';
import { formatManifest } from './manifest.ts';
import { packInput, type PackInput } from './pack-input.ts';
import { writePayload, type Breathe, type Payload } from './pack-payload.ts';
import { sourceOf, type PackSource } from './pack-source.ts';
import { shortFingerprint } from './public-key.ts';
import { allowedSignersLine } from './signer-identity.ts';
import { memorySpool, type Spool, type SpooledFile } from './spool.ts';
import { signatureNamespaces, signWith, type LateSigner, type Signer } from './sshsig.ts';
import { returnedSignersCheck } from './checks/returned-signers.ts';
import { reviewersCheck } from './checks/reviewer-checks.ts';
import { verifyPack, type PackUnderTest } from './verify.ts';
import { verifyText } from './verify-text.ts';
import { layOutZip } from './zip.ts';

export type EvidencePack = {
  /** `PACK-<source>-<yyyymmdd>-<id8>.zip` */
  readonly name: string;
  readonly bytes: Buffer;
  /** Of the zip file, in hex. */
  readonly sha256: string;
  readonly counts: PackCounts;
};

export function packName(source: Pick<PackSource, 'source' | 'generatedAt' | 'packId'>): string {
  const about = source.source?.sourceAccount ?? source.source?.database ?? 'local';
  const slug = about
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  const day = source.generatedAt.slice(0, 10).replaceAll('-', '');
  return `PACK-${slug === '' ? 'local' : slug}-${day}-${source.packId.slice(-8).toLowerCase()}.zip`;
}

const digestsOf = (files: readonly SpooledFile[]): ReadonlyMap<string, string> =>
  new Map(files.map(({ name, sha256 }) => [name, sha256]));

async function wrapInBag(
  source: PackSource,
  { files: payload }: Payload,
  signer: Signer | LateSigner,
  spool: Spool,
): Promise<SpooledFile[]> {
  const put = async (name: string, content: Buffer | string): Promise<SpooledFile> => {
    const sink = await spool.create(name);
    sink.add(content.toString('utf8'));
    return sink.end();
  };
  const info = formatBagInfo({
    baggingDate: source.generatedAt.slice(0, 10),
    softwareAgent: `Countersign ${source.toolVersion}`,
    externalIdentifier: source.packId,
    payloadOxum: payloadOxum(payload),
    previousPackSha256: source.previousPackSha256,
    retention: source.retention ?? null,
  });
  const tags = [
    await put('bagit.txt', bagitDeclaration),
    await put('bag-info.txt', info),
    await put('manifest-sha256.txt', formatManifest(digestsOf(payload))),
    await put('VERIFY.txt', verifyText),
  ];
  const tagManifest = formatManifest(digestsOf(tags));
  const signature = await signWith(signer, signatureNamespaces.evidencePack, tagManifest);
  return [
    ...payload,
    ...tags,
    await put('tagmanifest-sha256.txt', tagManifest),
    await put(`signatures/preparer-${shortFingerprint(signer.publicKey)}.sig`, signature),
  ];
}

export type PackedFiles = {
  readonly name: string;
  readonly counts: PackCounts;
  /** The zip, piece by piece. */
  readonly pieces: AsyncIterable<Uint8Array>;
};

/**
 * Makes all files of a pack and lays them out as a zip. The same rows and key give the same bytes.
 * @throws Problem `store-damaged` or `refused` when the evidence contradicts itself or is too large.
 */
export async function packFiles(
  source: PackSource,
  signer: Signer | LateSigner,
  spool: Spool,
  breathe: Breathe,
): Promise<PackedFiles> {
  const payload = await writePayload({ source, key: signer.publicKey, spool, breathe });
  const files = await wrapInBag(source, payload, signer, spool);
  return { name: packName(source), counts: packCounts.parse(payload.counts), pieces: zipPieces(files) };
}

async function* zipPieces(files: readonly SpooledFile[]): AsyncGenerator<Uint8Array> {
  const { members, directory } = layOutZip(files);
  for (const { member, header } of members) {
    yield header;
    yield* member.read();
  }
  yield directory;
}

/**
 * Never hand out a pack that our own verifier would refuse.
 * @throws Problem `store-damaged`
 */
export async function assertVerifies(
  pack: PackUnderTest,
  source: PackSource,
  signer: Signer | LateSigner,
  watch: Parameters<typeof verifyPack>[2] = {},
): Promise<void> {
  const signers = allowedSignersLine(source.signerIdentity, signer.publicKey);
  const { checks } = await verifyPack(pack, { signers, now: source.generatedAt }, watch);
  // A pack with acts of a reviewer nobody vouches for is handed out, and says so to whoever verifies it.
  const failed = checks.find(
    ({ ok, name }) => !ok && name !== reviewersCheck && name !== returnedSignersCheck,
  );
  if (failed === undefined) return;
  throw new Problem(
    'store-damaged',
    `The evidence contradicts itself, so nothing was exported. ${failed.detail}`,
    {
      next: 'Nothing in the workspace was changed. Keep a copy of its folder and report this message.',
    },
  );
}

/**
 * Builds a pack in memory. The same input and key give the same bytes.
 * @throws Problem `conflict`, `store-damaged` or `refused` when the input contradicts itself or is too large.
 */
export async function buildPack(given: PackInput, signer: Signer): Promise<EvidencePack> {
  const source = sourceOf(packInput.parse(given));
  const { name, counts, pieces } = await packFiles(source, signer, memorySpool(), () => Promise.resolve());
  const zip: Uint8Array[] = [];
  for await (const piece of pieces) zip.push(piece);
  const bytes = Buffer.concat(zip);
  await assertVerifies(sourceInMemory(bytes), source, signer);
  return { name, bytes, sha256: sha256Hex(bytes), counts };
}
