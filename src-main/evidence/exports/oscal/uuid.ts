// Name-based identifiers (UUID version 5, RFC 9562 section 5.5): the same thing has the same one in every export.
import { createHash } from 'node:crypto';

/** Chosen once for names within Countersign. */
const countersign = '5b0c7d0e-4c55-4b51-9d0f-3f6a1c2e8b77';

/** @param names what identifies the thing, from the workspace down; kept apart so that no two lists of names meet */
export function nameUuid(...names: readonly string[]): string {
  const digest = createHash('sha1')
    .update(Buffer.from(countersign.replaceAll('-', ''), 'hex'))
    .update(JSON.stringify(names), 'utf8')
    .digest();
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
