// A key's fingerprint for people who compare it by eye or over the telephone: as hex in groups, and as 24 words.
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { Problem } from '#shared/model/problem.ts';
import { strictBase64 } from './ssh-wire.ts';

const digestBytes = 32;
const hexDigitsInGroup = 4;

const unusable = (cause?: unknown) =>
  new Problem('invalid-input', 'This is not the SHA256 fingerprint of a key.', {
    next: 'Give it as ssh-keygen -l prints it: SHA256: and 43 characters.',
    cause,
  });

/**
 * The 32 bytes of a fingerprint written `SHA256:…`; bytes are taken as they are.
 * @throws Problem `invalid-input`
 */
export function digestOf(fingerprint: Uint8Array | string): Buffer {
  const digest = typeof fingerprint === 'string' ? readFingerprint(fingerprint) : Buffer.from(fingerprint);
  if (digest.length === digestBytes) return digest;
  throw unusable();
}

function readFingerprint(fingerprint: string): Buffer {
  const base64 = /^SHA256:([A-Za-z0-9+/]{43})$/.exec(fingerprint)?.[1];
  if (base64 === undefined) throw unusable();
  try {
    return strictBase64(`${base64}=`);
  } catch (cause) {
    throw unusable(cause);
  }
}

/** Sixteen groups of four hex digits. */
export function hexGroupsOf(fingerprint: Uint8Array | string): string {
  const groups = digestOf(fingerprint)
    .toString('hex')
    .match(new RegExp(`.{${hexDigitsInGroup}}`, 'g'));
  return (groups ?? []).join(' ');
}

/**
 * 24 words of the English list of BIP 39 over the 32 bytes and a checksum of eight bits, so that a word heard wrongly
 * is noticed. Here they are only another way of writing a public number; nothing can be opened with them.
 */
export function wordsOf(fingerprint: Uint8Array | string): string[] {
  return entropyToMnemonic(digestOf(fingerprint), wordlist).split(' ');
}

/**
 * The fingerprint (`SHA256:…`) that these words write, whatever their case and the space between them.
 * @throws Problem `invalid-input` when a word is not of the list, or the checksum does not fit.
 */
export function fingerprintOfWords(words: string): string {
  const spoken = words.trim().toLowerCase().split(/\s+/);
  try {
    const digest = Buffer.from(mnemonicToEntropy(spoken.join(' '), wordlist));
    return `SHA256:${digestOf(digest).toString('base64').replace(/=+$/, '')}`;
  } catch (cause) {
    const unknown = spoken.find((word) => !wordlist.includes(word));
    const found = unknown === undefined ? '' : ' One of them is not in the list of words.';
    throw new Problem('invalid-input', `These are not the 24 words of a fingerprint.${found}`, {
      next: 'Read them again, in their order; a single wrong word is noticed.',
      cause,
    });
  }
}
