// Whom the person at the page believes: a plain list, an organisation's list with its root key, revoked keys, a comparison.
import { Problem } from '#shared/model/problem.ts';
import type { PageQuestion } from '#shared/model/verify-page.ts';
import { readGivenList } from '../checks/given-list.ts';
import type { TrustOptions } from '../checks/signature-checks.ts';
import { sha256Hex } from '../digest.ts';
import { digestOf, fingerprintOfWords } from '../fingerprint-words.ts';
import { readSignedList } from '../organisation-list-signed.ts';
import { isOrganisationList, parseOrganisationList } from '../organisation-list.ts';
import { fingerprintOf, parsePublicKey, type PublicKey } from '../public-key.ts';
import { parseRevocationLists } from '../revoked-keys.ts';
import { parseSignature } from '../sshsig.ts';
import { decodeText } from '../text-file.ts';

export type PageTrust = {
  readonly options: Pick<TrustOptions, 'signers' | 'revoked' | 'now' | 'zone'>;
  readonly notes: readonly string[];
  /** Hex SHA-256 of what was given. */
  readonly inputs: { readonly signers: string | null; readonly revoked: readonly string[] };
};

const largestListBytes = 2 ** 24;

async function bytesOf(what: string, blob: Blob): Promise<Uint8Array> {
  if (blob.size > largestListBytes)
    throw new Problem('invalid-input', `${what} is larger than such a file can be, so nothing was verified.`);
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new Problem('file-unreadable', `${what} could not be read, so nothing was verified.`, {
      next: 'It may have been moved or changed meanwhile; choose it again.',
      cause,
    });
  }
}

/**
 * A fingerprint as `SHA256:…`, however somebody told it: like that, as the key, or as 24 words.
 * @throws Problem `invalid-input` or `file-unreadable`
 */
export function fingerprintTold(told: string): string {
  const text = told.trim();
  if (/^(ssh|sk|ecdsa)-/.test(text)) return fingerprintOf(parsePublicKey(text));
  return text.startsWith('SHA256:')
    ? `SHA256:${digestOf(text).toString('base64').slice(0, -1)}`
    : fingerprintOfWords(text);
}

/** The signature carries the key that made it; only its fingerprint has to come by another way. */
function rootOf(signature: Uint8Array, rootKey: string): PublicKey {
  const root = parseSignature(signature).publicKey;
  const pinned = fingerprintTold(rootKey);
  if (fingerprintOf(root) === pinned) return root;
  throw new Problem(
    'refused',
    `The list of signers was signed by the key ${fingerprintOf(root)}, not by the root key ${pinned}. Nothing was verified with it.`,
    { next: 'Ask the organisation by another way which root key is its own.' },
  );
}

type Lists = {
  readonly list: Uint8Array;
  readonly signature: Uint8Array | null;
  readonly revoked: readonly Uint8Array[];
};

function readOrganisationList({ list, signature, revoked }: Lists, rootKey: string, zone: string): string[] {
  const { version, revokedSha256 } = parseOrganisationList(decodeText(list, 'The list of signers'), zone);
  const belonging = revoked.find((one) => sha256Hex(one) === revokedSha256) ?? null;
  if (signature !== null && rootKey.trim() !== '') {
    const root = rootOf(signature, rootKey);
    readSignedList({ list, signature, revoked: belonging }, root, zone);
    return [
      `Version ${version} of the organisation’s list of signers was signed by the root key ${fingerprintOf(root)}.`,
    ];
  }
  const unproved = `Version ${version} of the organisation’s list of signers was taken as you gave it: whether its root key signed it was not checked. That takes its signature and the root key.`;
  return revokedSha256 === null || belonging !== null
    ? [unproved]
    : [unproved, 'That list belongs with a list of revoked keys, which was not given.'];
}

function assertRootOfUse({ signature }: Lists, rootKey: string, isOrganisation: boolean): void {
  const hasRoot = rootKey.trim() !== '';
  if (signature === null && !hasRoot) return;
  const what = !isOrganisation
    ? 'A root key signs the list of an organisation, and no such list was given.'
    : signature === null
      ? 'A root key was given, and not the signature over the list.'
      : hasRoot
        ? null
        : 'The signature over the list was given, and not the root key that it must be of.';
  if (what === null) return;
  throw new Problem('invalid-input', `${what} Nothing was verified.`, {
    next: 'Give the list, its signature and the root key, or neither signature nor root key.',
  });
}

/** @throws Problem for what cannot be read, and for a list that the root key did not sign */
export async function trustGiven(question: PageQuestion<Blob>): Promise<PageTrust> {
  const { now, zone, rootKey } = question;
  const revoked = await Promise.all(question.revoked.map((one) => bytesOf('A list of revoked keys', one)));
  const list = question.signers === null ? null : await bytesOf('The list of signers', question.signers);
  const signature =
    question.listSignature === null
      ? null
      : await bytesOf('The signature over the list', question.listSignature);
  const text = list === null ? undefined : decodeText(list, 'The list of signers');
  const isOrganisation = text !== undefined && isOrganisationList(text);
  const lists = { list: list ?? new Uint8Array(), signature, revoked };
  assertRootOfUse(lists, rootKey, isOrganisation);
  // A list that cannot be read must not look like a fault of the pack.
  readGivenList({ signers: text, now, zone });
  parseRevocationLists(revoked);
  return {
    options: { signers: text, revoked, now, zone },
    notes: isOrganisation ? readOrganisationList(lists, rootKey, zone) : [],
    inputs: {
      signers: list === null ? null : sha256Hex(list),
      revoked: revoked.map((one) => sha256Hex(one)),
    },
  };
}
