// Reads the signature files of a pack and holds each against the tag manifest.
import { Problem } from '#shared/model/problem.ts';
import { fileOf } from '../pack-contents.ts';
import type { PackFiles } from '../pack-files.ts';
import { shortFingerprint, type PublicKey } from '../public-key.ts';
import { parseSignature, signatureHolds, signatureNamespaces } from '../sshsig.ts';

/** `signatures/<role>-<fpr8>.sig` */
export const signatureName = /^signatures\/([a-z]+)-([0-9a-f]{8})\.sig$/;

export type ReadSignature = {
  readonly name: string;
  readonly role: string;
  /** Null when the file could not be read; `fault` then says why. */
  readonly key: PublicKey | null;
  readonly fault: { readonly kind: 'malformed' | 'tampered'; readonly detail: string } | null;
};

function readSignature(name: string, file: Uint8Array, message: Uint8Array): ReadSignature {
  const [, role = '', short = ''] = signatureName.exec(name) ?? [];
  try {
    const signature = parseSignature(file);
    const key = signature.publicKey;
    const tampered = (detail: string) => ({ name, role, key, fault: { kind: 'tampered' as const, detail } });
    if (signature.namespace !== signatureNamespaces.evidencePack) {
      return tampered(`${name} was made for another purpose than an evidence pack.`);
    }
    if (!signatureHolds(signature, signatureNamespaces.evidencePack, message)) {
      return tampered(`${name} does not fit tagmanifest-sha256.txt.`);
    }
    if (shortFingerprint(key) !== short)
      return tampered(`${name} was made with another key than its name says.`);
    return { name, role, key, fault: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { name, role, key: null, fault: { kind: 'malformed', detail: `${name}: ${error.message}` } };
  }
}

/** Reads every file below signatures/ whose name is one of ours; the layout check refuses all others. */
export function readSignatures(files: PackFiles): ReadSignature[] {
  const message = fileOf(files, 'tagmanifest-sha256.txt');
  return [...files]
    .filter(([name]) => signatureName.test(name))
    .map(([name, file]) => readSignature(name, file, message));
}
