// A sign-off: who says, in which role and with which words, that a pack is what it should be. It is signed and lies beside the signature.
import { z } from 'zod';
import { signOffRoles } from '#shared/model/evidence.ts';
import { Problem } from '#shared/model/problem.ts';
import { reviewer } from '#shared/model/reviewer.ts';
import { instant } from '#shared/time/instant.ts';
import { formatJsonLines, parseJsonFile } from './json-lines.ts';
import type { PackFiles } from './pack-files.ts';
import { fileOf } from './pack-contents.ts';
import { fingerprintOf, shortFingerprint, type PublicKey } from './public-key.ts';
import { parseSignature, signatureHolds, signatureNamespaces } from './sshsig.ts';

export const signOff = z.strictObject({
  kind: z.literal('urn:countersign:sign-off:v1'),
  role: z.enum(signOffRoles),
  pack: z.string(),
  /** SHA-256 of tagmanifest-sha256.txt, and by that of everything in the pack that is signed. */
  tagManifestSha256: z.string().regex(/^[0-9a-f]{64}$/),
  reviewer: reviewer.strict(),
  /** As in the list of allowed signers. */
  identity: z.string().min(1),
  fingerprint: z.string(),
  /** By the clock of the signer, and therefore a claim. */
  signedAt: instant,
  note: z.string().max(4000).nullable(),
});
export type SignOff = z.infer<typeof signOff>;

/** `sign-offs/<role>-<fpr8>.json`, with its signature behind it. */
export const signOffName = /^sign-offs\/([a-z]+-[0-9a-f]{8})\.json(?:\.sig)?$/;

const stemOf = (role: string, key: PublicKey): string => `${role}-${shortFingerprint(key)}`;
export const signatureFileOf = (role: string, key: PublicKey): string =>
  `signatures/${stemOf(role, key)}.sig`;
export const signOffFileOf = (role: string, key: PublicKey): string => `sign-offs/${stemOf(role, key)}.json`;

export const formatSignOff = (given: SignOff): Uint8Array => formatJsonLines([signOff.parse(given)]);

/** Whether a file is a sign-off, or its signature, of a role and key that signed the pack. */
export function isSignOffFile(name: string, files: Pick<PackFiles, 'has'>): boolean {
  const stem = signOffName.exec(name)?.[1];
  return (
    stem !== undefined &&
    files.has(`signatures/${stem}.sig`) &&
    files.has(`sign-offs/${stem}.json`) &&
    files.has(`sign-offs/${stem}.json.sig`)
  );
}

const broken = (name: string, what: string) => new Problem('store-damaged', `${name} ${what}.`);

/**
 * Reads the sign-off that belongs to a signature and holds it against it.
 * @param signature name of the file below signatures/
 * @returns null where there is none
 * @throws Problem `file-unreadable`, or `store-damaged` where it speaks of another role, key or pack, or its signature does not fit
 */
export function readSignOff(
  files: PackFiles,
  signature: string,
  { role, key, tagManifestSha256 }: { role: string; key: PublicKey; tagManifestSha256: string },
): SignOff | null {
  const name = signature.replace(/^signatures\//, 'sign-offs/').replace(/\.sig$/, '.json');
  if (!files.has(name)) return null;
  const bytes = fileOf(files, name);
  const found = parseJsonFile(bytes, name, signOff);
  const made = parseSignature(fileOf(files, `${name}.sig`));
  if (!made.publicKey.blob.equals(key.blob) || !signatureHolds(made, signatureNamespaces.signOff, bytes))
    throw broken(name, 'is not what was signed with this key as a sign-off');
  if (found.role !== role || found.fingerprint !== fingerprintOf(key))
    throw broken(name, 'speaks of another role or key than its name');
  if (found.tagManifestSha256 !== tagManifestSha256) throw broken(name, 'is about another pack');
  return found;
}
