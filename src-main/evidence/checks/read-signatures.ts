// Reads the signature files of a pack and holds each against the tag manifest.
import { Problem } from '#shared/model/problem.ts';
import { fileOf } from '../pack-contents.ts';
import type { PackFiles } from '../pack-files.ts';
import { shortFingerprint, type PublicKey } from '../public-key.ts';
import { sha256Hex } from '../digest.ts';
import { readSignOff, type SignOff } from '../sign-off.ts';
import { parseSignature, signatureHolds, signatureNamespaces } from '../sshsig.ts';

/** `signatures/<role>-<fpr8>.sig` */
export const signatureName = /^signatures\/([a-z]+)-([0-9a-f]{8})\.sig$/;

/** `timestamps/<role>-<fpr8>.tsr`, over the signature file of the same role and key */
export const timestampName = /^timestamps\/([a-z]+-[0-9a-f]{8})\.tsr$/;

export const timestampOf = (signature: string): string =>
  signature.replace(/^signatures\//, 'timestamps/').replace(/\.sig$/, '.tsr');

/** Whether a file is a timestamp of a signature that is in the pack. */
export function isTimestamp(name: string, files: Pick<PackFiles, 'has'>): boolean {
  const about = timestampName.exec(name)?.[1];
  return about !== undefined && files.has(`signatures/${about}.sig`);
}

export type ReadSignature = {
  readonly name: string;
  readonly role: string;
  /** The signature file as it is. */
  readonly file: Uint8Array;
  /** The RFC 3161 reply about that file; null when there is none. */
  readonly timestamp: Uint8Array | null;
  /** Null when the file could not be read; `fault` then says why. */
  readonly key: PublicKey | null;
  readonly fault: { readonly kind: 'malformed' | 'tampered'; readonly detail: string } | null;
  /** What its maker says beside it; null when there is no such text. */
  readonly signOff: SignOff | null;
};

/** What is signed, and in which namespace; `what` is a word for it. */
export type SignedThing = { readonly namespace: string; readonly what: string };

const evidencePack: SignedThing = {
  namespace: signatureNamespaces.evidencePack,
  what: 'an evidence pack',
};

function readSignature(
  name: string,
  file: Uint8Array,
  timestamp: Uint8Array | null,
  message: Uint8Array,
  { namespace, what }: SignedThing,
): ReadSignature {
  const [, role = '', short = ''] = signatureName.exec(name) ?? [];
  const given = { name, role, file, timestamp, signOff: null };
  try {
    const signature = parseSignature(file);
    const key = signature.publicKey;
    const tampered = (detail: string) => ({ ...given, key, fault: { kind: 'tampered' as const, detail } });
    if (signature.namespace !== namespace) {
      return tampered(`${name} was made for another purpose than ${what}.`);
    }
    if (!signatureHolds(signature, namespace, message)) {
      return tampered(`${name} does not fit tagmanifest-sha256.txt.`);
    }
    if (shortFingerprint(key) !== short)
      return tampered(`${name} was made with another key than its name says.`);
    return { ...given, key, fault: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ...given, key: null, fault: { kind: 'malformed', detail: `${name}: ${error.message}` } };
  }
}

/** Adds what the signer says beside a signature that holds. */
function withSignOff(files: PackFiles, read: ReadSignature, message: Uint8Array): ReadSignature {
  const { name, role, key, fault } = read;
  if (key === null || fault !== null) return read;
  try {
    return {
      ...read,
      signOff: readSignOff(files, name, { role, key, tagManifestSha256: sha256Hex(message) }),
    };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const kind = error.code === 'store-damaged' ? 'tampered' : 'malformed';
    return { ...read, fault: { kind, detail: error.message } };
  }
}

/** Reads every file below signatures/ whose name is one of ours; the layout check refuses all others. */
export function readSignatures(files: PackFiles, signed: SignedThing = evidencePack): ReadSignature[] {
  const message = fileOf(files, 'tagmanifest-sha256.txt');
  return [...files]
    .filter(([name]) => signatureName.test(name))
    .map(([name, file]) => readSignature(name, file, files.get(timestampOf(name)) ?? null, message, signed))
    .map((read) => withSignOff(files, read, message));
}
