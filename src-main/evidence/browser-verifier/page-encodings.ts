// Texts to bytes and back in the encodings that the verifier uses, as Node does it, for a browser.

export type ByteEncoding = 'utf8' | 'utf-8' | 'latin1' | 'hex' | 'base64' | 'base64url';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = new Map(Array.from(alphabet, (character, value) => [character, value]));
sextets.set('-', 62).set('_', 63);

const bitsInSextet = 6;
const charactersAtOnce = 0x2000;

function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    const held = Math.min(3, bytes.length - at) + 1;
    for (let index = 0; index < 4; index++)
      text += index < held ? alphabet.charAt((bits >> (bitsInSextet * (3 - index))) & 0x3f) : '=';
  }
  return text;
}

/** Takes what Node takes: both alphabets, anything else passed over, up to the first padding. */
function bytesOfBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text) {
    if (character === '=') break;
    const value = sextets.get(character);
    if (value === undefined) continue;
    bits = ((bits << bitsInSextet) | value) & 0xffff;
    held += bitsInSextet;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** Up to the first pair that is none. */
function bytesOfHex(text: string): Uint8Array {
  const pairs = /^(?:[0-9a-fA-F]{2})*/.exec(text)?.[0] ?? '';
  return Uint8Array.from({ length: pairs.length / 2 }, (_, at) =>
    parseInt(pairs.slice(2 * at, 2 * at + 2), 16),
  );
}

function latin1Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += charactersAtOnce)
    text += String.fromCharCode(...bytes.subarray(at, at + charactersAtOnce));
  return text;
}

export function encodeText(text: string, encoding: ByteEncoding): Uint8Array {
  switch (encoding) {
    case 'latin1':
      return Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at) & 0xff);
    case 'hex':
      return bytesOfHex(text);
    case 'base64':
    case 'base64url':
      return bytesOfBase64(text);
    default:
      return new TextEncoder().encode(text);
  }
}

export function decodeBytes(bytes: Uint8Array, encoding: ByteEncoding): string {
  switch (encoding) {
    case 'latin1':
      return latin1Of(bytes);
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'base64':
      return base64Of(bytes);
    case 'base64url':
      return base64Of(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    default:
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}
