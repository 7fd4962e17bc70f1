// Revoked keys: a plain list that ssh-keygen reads, too, with why and since when in comments; or a binary KRL.
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { fingerprintOf, formatPublicKey, parsePublicKey, type PublicKey } from './public-key.ts';
import { isBinaryRevocationList, parseBinaryRevocationList } from './revocation-list.ts';
import { decodeText } from './text-file.ts';

export type Revocation = {
  /** ISO instant as written; null when the list does not say. */
  readonly revokedAt: string | null;
  /** Seconds since the epoch from which somebody else may have had the key; null: nothing it signed may be relied on. */
  readonly compromisedSince: number | null;
  readonly reason: string | null;
};
export type RevocationList = (key: PublicKey) => Revocation | null;

const withoutParticulars: Revocation = { revokedAt: null, compromisedSince: null, reason: null };
const noticed = /(?:^|[ \t])#[ \t]*((?:revoked-at|compromised-since|reason)=.*)$/;
const field = /^(revoked-at|compromised-since)=(\S+)(?:[ \t]+|$)/;

const fault = (line: number, what: string, next: string, cause?: unknown) =>
  new Problem('invalid-input', `The list of revoked keys cannot be read: line ${line} ${what}.`, {
    next,
    cause,
  });

function readKey(text: string, line: number): string {
  const [fingerprint = ''] = text.split(/[ \t]/, 1);
  if (/^SHA256:[A-Za-z0-9+/]{43}$/.test(fingerprint)) return fingerprint;
  try {
    return fingerprintOf(parsePublicKey(text));
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    const next = 'Write one public key (ssh-ed25519 AAAA…) or one fingerprint (SHA256:…) on each line.';
    throw fault(line, 'is neither a public key nor a SHA256 fingerprint', next, cause);
  }
}

function readInstant(text: string, line: number): number {
  try {
    return Math.floor(parseInstant(text) / 1_000_000);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw fault(line, 'has a time that cannot be read', cause.next ?? '', cause);
  }
}

/** `reason` comes last, because it goes on to the end of the line. */
function readParticulars(text: string, line: number): Revocation {
  let revocation = withoutParticulars;
  let rest = text;
  for (let match = field.exec(rest); match !== null; match = field.exec(rest)) {
    const [whole, name, value = ''] = match;
    const seconds = readInstant(value, line);
    revocation =
      name === 'revoked-at'
        ? { ...revocation, revokedAt: value }
        : { ...revocation, compromisedSince: seconds };
    rest = rest.slice(whole.length);
  }
  if (rest === '') return revocation;
  const reason = /^reason=(.*)$/.exec(rest)?.[1]?.trim();
  if (reason !== undefined) return { ...revocation, reason: reason === '' ? null : reason };
  const next = 'After # come revoked-at=TIME, compromised-since=TIME and, as the last, reason=TEXT.';
  throw fault(line, 'says something about the revocation that this program does not know', next);
}

/** Two lines about one key: the one that leaves less to rely on counts. */
function stricter(one: Revocation | undefined, other: Revocation): Revocation {
  if (one === undefined) return other;
  if (one.compromisedSince === null) return one;
  return other.compromisedSince === null || other.compromisedSince < one.compromisedSince ? other : one;
}

/**
 * Reads the list into an answer for one key: its revocation, or null.
 * @throws Problem `invalid-input` for whatever cannot be read; nothing is ever skipped.
 */
export function parseRevokedKeys(list: string | Uint8Array): RevocationList {
  const bytes = typeof list === 'string' ? Buffer.from(list, 'utf8') : list;
  if (isBinaryRevocationList(bytes)) {
    const isRevoked = parseBinaryRevocationList(bytes);
    return (key) => (isRevoked(key) ? withoutParticulars : null);
  }
  const revocations = new Map<string, Revocation>();
  const text = typeof list === 'string' ? list : decodeText(list, 'The list of revoked keys');
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const number = index + 1;
    const fingerprint = readKey(line, number);
    const particulars = noticed.exec(line)?.[1];
    const revocation = particulars === undefined ? withoutParticulars : readParticulars(particulars, number);
    revocations.set(fingerprint, stricter(revocations.get(fingerprint), revocation));
  }
  return (key) => revocations.get(fingerprintOf(key)) ?? null;
}

/** Several lists as one: where they differ, the stricter counts. */
export function parseRevocationLists(
  lists: string | Uint8Array | readonly (string | Uint8Array)[] | undefined,
): RevocationList {
  const given =
    lists === undefined ? [] : typeof lists === 'string' || lists instanceof Uint8Array ? [lists] : lists;
  const read = given.map(parseRevokedKeys);
  return (key) => {
    const found = read.flatMap((list) => list(key) ?? []);
    return found.length === 0 ? null : found.reduce(stricter);
  };
}

export type RevokedKey = {
  readonly key: PublicKey;
  /** ISO instants. */
  readonly revokedAt: string;
  readonly compromisedSince: string | null;
  /** One line. */
  readonly reason: string | null;
};

/** One line for the list. It holds the whole key, because ssh-keygen passes over fingerprints in such a list. */
export function formatRevokedKey({ key, revokedAt, compromisedSince, reason }: RevokedKey): string {
  const words = [
    `revoked-at=${revokedAt}`,
    ...(compromisedSince === null ? [] : [`compromised-since=${compromisedSince}`]),
    ...(reason === null ? [] : [`reason=${reason.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim()}`]),
  ];
  return `${formatPublicKey(key)} # ${words.join(' ')}`;
}
