// What the verifier uses of node:crypto, for a browser: hashes, and Ed25519 signatures to be checked. It can sign nothing.
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { holdsEd25519 } from './page-ed25519.ts';
import { pageBuffer, type PageBytes } from './page-bytes.ts';
import type { ByteEncoding } from './page-encodings.ts';

const algorithms = { sha1, sha256, sha512 };
const isKnown = (name: string): name is keyof typeof algorithms => Object.hasOwn(algorithms, name);

function algorithmOf(name: string) {
  if (isKnown(name)) return algorithms[name];
  throw new Error(`This page has no ${name}.`);
}

const bytesOf = (data: Uint8Array | string, encoding: ByteEncoding = 'utf8'): Uint8Array =>
  typeof data === 'string' ? pageBuffer.from(data, encoding) : data;

type Digest = {
  (): PageBytes;
  (encoding: ByteEncoding): string;
};

export type PageHash = {
  readonly update: (data: Uint8Array | string, encoding?: ByteEncoding) => PageHash;
  readonly digest: Digest;
};

type HashState = { update: (data: Uint8Array) => unknown; digest: () => Uint8Array };

function pageHash(state: HashState): PageHash {
  function digest(): PageBytes;
  function digest(encoding: ByteEncoding): string;
  function digest(encoding?: ByteEncoding): PageBytes | string {
    const bytes = pageBuffer.from(state.digest());
    return encoding === undefined ? bytes : bytes.toString(encoding);
  }
  const hash: PageHash = {
    update: (data, encoding) => {
      state.update(bytesOf(data, encoding));
      return hash;
    },
    digest,
  };
  return hash;
}

export const createHash = (name: string): PageHash => pageHash(algorithmOf(name).create());

export const createHmac = (name: string, key: Uint8Array | string): PageHash =>
  pageHash(hmac.create(algorithmOf(name), bytesOf(key)));

export function hash(
  name: string,
  data: Uint8Array | string,
  form: 'buffer' | 'hex' | 'base64' = 'hex',
): PageBytes | string {
  const digest = createHash(name).update(data).digest();
  return form === 'buffer' ? digest : digest.toString(form);
}

export type PageKey = { readonly raw: PageBytes };

/** Takes an Ed25519 key in the form of a JSON web key, the only one in which the verifier gives one. */
export function createPublicKey({
  key,
}: {
  readonly key: { readonly crv: string; readonly x: string };
}): PageKey {
  const raw = pageBuffer.from(key.x, 'base64url');
  if (key.crv !== 'Ed25519' || raw.length !== 32) throw new Error('This page knows Ed25519 keys only.');
  return { raw };
}

/** `algorithm` is null: Ed25519 brings its own hash. */
export function verify(_algorithm: null, message: Uint8Array, key: PageKey, signature: Uint8Array): boolean {
  return holdsEd25519(signature, message, key.raw);
}

export function sign(): never {
  throw new Error('This page signs nothing.');
}

export function randomBytes(): never {
  throw new Error('This page makes no secrets.');
}
