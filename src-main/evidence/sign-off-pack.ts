// Signs off a finished pack: a further signature over the same tag manifest, with a signed text beside it. The payload stays as it is.
import { Problem } from '#shared/model/problem.ts';
import type { SignOffRole } from '#shared/model/evidence.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import { addToPack, type ChangedPack } from './add-to-pack.ts';
import type { TrustOptions } from './checks/signature-checks.ts';
import { sha256Hex } from './digest.ts';
import { archivedFile, readWhole, type PackArchive } from './pack-archive.ts';
import type { PackFiles } from './pack-files.ts';
import { openPackAt } from './pack-reader.ts';
import { fingerprintOf } from './public-key.ts';
import { formatSignOff, signatureFileOf, signOffFileOf, type SignOff } from './sign-off.ts';
import { signatureNamespaces, signWith, type LateSigner, type Signer } from './sshsig.ts';
import { parseStatement, statementFile } from './statement.ts';
import { verifyPack, type VerifyWatch } from './verify.ts';

export type SignOffRequest = {
  readonly path: string;
  readonly role: SignOffRole;
  readonly note: string | null;
  readonly reviewer: Reviewer;
  readonly identity: string;
  readonly signer: Signer | LateSigner;
  /** Judges the pack with the sign-off in it; an unknown signer is no hindrance, tampering is. */
  readonly trust: TrustOptions;
  /** Follows the verification of the signed pack, which takes longest. */
  readonly watch?: VerifyWatch;
};

const largestFileBytes = 2 ** 24;
const read = (files: PackArchive, name: string): Promise<Buffer> =>
  readWhole(archivedFile(files, name), name, largestFileBytes);

const refuse = (message: string, next: string) => new Problem('refused', message, { next });

async function makeFiles(files: PackArchive, request: SignOffRequest): Promise<PackFiles> {
  const { role, note, reviewer, identity, signer, trust } = request;
  if (!files.has(statementFile))
    throw refuse(
      'This is not a full evidence pack, and nothing else is signed off. Nothing was signed.',
      'Choose the full pack.',
    );
  const manifest = await read(files, 'tagmanifest-sha256.txt');
  const { predicate } = parseStatement(new Map([[statementFile, await read(files, statementFile)]]));
  const fingerprint = fingerprintOf(signer.publicKey);
  if ((fingerprint === predicate.preparer.fingerprint) !== (role === 'preparer'))
    throw role === 'preparer'
      ? refuse('This pack was prepared with another key, so nothing was signed.', 'Sign off as its approver.')
      : refuse(
          'This key prepared the pack, and nobody approves their own pack. Nothing was signed.',
          'Give the pack to somebody else to approve it.',
        );
  const [signatureFile, file] = [signatureFileOf, signOffFileOf].map((name) => name(role, signer.publicKey));
  if (files.has(file!))
    throw refuse(
      'This key has signed off the pack in this role already. Nothing was changed.',
      'Nothing is left to do.',
    );
  const text: SignOff = {
    kind: 'urn:countersign:sign-off:v1',
    role,
    pack: predicate.packId,
    tagManifestSha256: sha256Hex(manifest),
    reviewer,
    identity,
    fingerprint,
    signedAt: trust.now,
    note,
  };
  const bytes = formatSignOff(text);
  const made = new Map<string, Uint8Array>([
    [file!, bytes],
    [`${file}.sig`, Buffer.from(await signWith(signer, signatureNamespaces.signOff, bytes))],
  ]);
  if (!files.has(signatureFile!))
    made.set(signatureFile!, Buffer.from(await signWith(signer, signatureNamespaces.evidencePack, manifest)));
  return made;
}

/** The pack with the sign-off in it must hold as a whole, the rules about persons included. */
async function assertHolds(candidate: string, trust: TrustOptions, watch?: VerifyWatch): Promise<void> {
  const { pack, close } = await openPackAt(candidate);
  try {
    const { verdict, checks } = await verifyPack(pack, trust, watch);
    if (verdict === 'trusted' || verdict === 'unpinned') return;
    const failed = checks.find(({ name, ok }) => !ok && name !== 'signer');
    throw refuse(
      `The pack was not signed off, and stays as it was. ${failed?.detail ?? ''}`,
      'Verify the pack; who prepared it, or is judged in it, cannot approve it.',
    );
  } finally {
    await close();
  }
}

/**
 * Adds a sign-off to a pack file.
 * @throws Problem `refused` where the rules about roles forbid it or the pack does not hold; `file-unreadable` as for
 *   timestamps; the pack is then as it was
 */
export function signOffPack(request: SignOffRequest): Promise<ChangedPack> {
  return addToPack({
    path: request.path,
    what: 'Sign-offs',
    make: (files) => makeFiles(files, request),
    accept: (candidate) => assertHolds(candidate, request.trust, request.watch),
  });
}
