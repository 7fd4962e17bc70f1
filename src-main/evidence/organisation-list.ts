// An organisation's list of signers: an allowed-signers file whose comments at the top give it a version and a root key.
import { Problem } from '#shared/model/problem.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { parseAllowedSigners, type AllowedSigner } from './allowed-signers.ts';
import { parsePublicKey, type PublicKey } from './public-key.ts';

export type OrganisationList = {
  /** Rises with every list the organisation signs. */
  readonly version: number;
  /** ISO instants as written. */
  readonly issued: string;
  /** From then on the list says nothing any more; null when it has no end. */
  readonly validUntil: string | null;
  /** Fingerprint of the root key that signs this list. */
  readonly root: string;
  /** The root key from the next list on, when it changes. */
  readonly nextRoot: PublicKey | null;
  /** Hex SHA-256 of the list of revoked keys that belongs to this version; null when there is none. */
  readonly revokedSha256: string | null;
  readonly signers: readonly AllowedSigner[];
};

const opening = '# countersign-signers ';
const nextRootOpening = '# countersign-next-root ';
const patterns = {
  version: /^[1-9]\d{0,8}$/,
  issued: /^\d{4}-\S+$/,
  'valid-until': /^\d{4}-\S+$/,
  root: /^SHA256:[A-Za-z0-9+/]{43}$/,
  'revoked-sha256': /^[0-9a-f]{64}$/,
} as const;
type Field = keyof typeof patterns;
const isField = (name: string): name is Field => Object.hasOwn(patterns, name);

const unreadable = (what: string, cause?: unknown) =>
  new Problem('invalid-input', `This is not an organisation’s list of signers: ${what}.`, {
    next: 'Its first line is: # countersign-signers version=1 issued=2026-11-20T10:00:00Z root=SHA256:…',
    cause,
  });

function readFields(line: string): Map<Field, string> {
  const fields = new Map<Field, string>();
  for (const word of line
    .slice(opening.length)
    .trim()
    .split(/[ \t]+/)) {
    const [name = '', ...rest] = word.split('=');
    const value = rest.join('=');
    if (!isField(name)) throw unreadable('its first line has a word that this program does not know');
    if (fields.has(name) || !patterns[name].test(value)) {
      throw unreadable(`“${name}” in its first line cannot be read`);
    }
    fields.set(name, value);
  }
  return fields;
}

function requireField(fields: ReadonlyMap<Field, string>, name: Field): string {
  const value = fields.get(name);
  if (value === undefined) throw unreadable(`its first line does not give “${name}”`);
  return value;
}

function assertInstant(text: string): string {
  try {
    parseInstant(text);
    return text;
  } catch (cause) {
    throw unreadable('a time in its first line cannot be read', cause);
  }
}

function readNextRoot(lines: readonly string[]): PublicKey | null {
  const [line, ...others] = lines.filter((one) => one.startsWith(nextRootOpening));
  if (line === undefined) return null;
  if (others.length > 0) throw unreadable('it names two next root keys');
  try {
    return parsePublicKey(line.slice(nextRootOpening.length).trim());
  } catch (cause) {
    throw unreadable('its next root key is damaged', cause);
  }
}

/** Whether a list of signers claims to be one of an organisation, so that it must not be taken for a plain one. */
export const isOrganisationList = (text: string): boolean => text.startsWith(opening);

/**
 * Reads a list; whether it is signed is decided elsewhere.
 * @param zone IANA zone for times without Z in the lines of signers.
 * @throws Problem `invalid-input`
 */
export function parseOrganisationList(text: string, zone: string): OrganisationList {
  const lines = text.split(/\r?\n/);
  const first = lines[0] ?? '';
  if (!isOrganisationList(first)) throw unreadable('it has no version in its first line');
  if (lines.slice(1).some((line) => line.startsWith(opening))) throw unreadable('it has two versions');
  const fields = readFields(first);
  const validUntil = fields.get('valid-until');
  return {
    version: Number(requireField(fields, 'version')),
    issued: assertInstant(requireField(fields, 'issued')),
    validUntil: validUntil === undefined ? null : assertInstant(validUntil),
    root: requireField(fields, 'root'),
    nextRoot: readNextRoot(lines),
    revokedSha256: fields.get('revoked-sha256') ?? null,
    signers: parseAllowedSigners(text, zone),
  };
}
