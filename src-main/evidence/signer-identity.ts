// The name a signer goes by in an allowed-signers file: the e-mail address, else the reviewer id.
import { Problem } from '#shared/model/problem.ts';
import type { Reviewer } from '#shared/model/reviewer.ts';
import { formatPublicKey, type PublicKey } from './public-key.ts';

// White space ends the field; comma, *, ? and ! build patterns; quotes and # mean something at its start.
const reserved = /[\s\p{C}",*?!#%\\]/gu;

const percentEncode = (character: string): string =>
  Array.from(
    Buffer.from(character, 'utf8'),
    (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
  ).join('');

/** The reviewer's e-mail address or id, with characters that mean something to ssh-keygen percent-encoded. */
export function signerIdentity(reviewer: Reviewer): string {
  return (reviewer.email ?? reviewer.id).replace(reserved, percentEncode);
}

/**
 * Refuses an identity that ssh-keygen would read as a pattern or as several words.
 * @throws Problem `invalid-input`
 */
export function assertIdentity(identity: string): string {
  if (identity !== '' && identity.replaceAll(/%[0-9A-F]{2}/g, '').search(reserved) < 0) return identity;
  throw new Problem('invalid-input', 'This identity cannot be written into a list of allowed signers.', {
    next: 'Use an e-mail address, or an id without spaces, commas, quotes, *, ? and !.',
  });
}

/** From when until when a key is good, as ISO instants; null for no limit. */
export type KeyValidity = { readonly validAfter: string | null; readonly validBefore: string | null };

const always: KeyValidity = { validAfter: null, validBefore: null };

/** `YYYYMMDDHHMMSSZ`; OpenSSH 9.1 and later read the Z. */
const toSecond = (instant: string): string => `${instant.slice(0, 19).replaceAll(/[-T:]/g, '')}Z`;

/** One line for `ssh-keygen -Y verify -f`; the key is good for what Countersign signs and for nothing else. */
export function allowedSignersLine(
  identity: string,
  key: PublicKey,
  { validAfter, validBefore }: KeyValidity = always,
): string {
  const options = [
    'namespaces="countersign-*"',
    ...(validAfter === null ? [] : [`valid-after="${toSecond(validAfter)}"`]),
    ...(validBefore === null ? [] : [`valid-before="${toSecond(validBefore)}"`]),
  ];
  return `${assertIdentity(identity)} ${options.join(',')} ${formatPublicKey(key)}`;
}
