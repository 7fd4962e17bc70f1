// What stands in the place of a value in a redacted pack; a browser computes it as well.
import { sha256Hex } from '../digest.ts';

export const tokenForm = /sha256:[0-9a-f]{64}/g;

/** `sha256:` and SHA-256(salt ‖ value in UTF-8) as 64 hex digits. */
export function tokenOf(salt: Uint8Array, value: string): string {
  return `sha256:${sha256Hex(Buffer.concat([salt, Buffer.from(value, 'utf8')]))}`;
}
