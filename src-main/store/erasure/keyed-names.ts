// Keyed names: what stands for an actor where the id must not, and by which an erased one is known again.
import { createHmac } from 'node:crypto';

/** Thirty-two letters and digits that cannot be taken for one another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * “Actor 7K3Q-M2XD”: forty bits of HMAC-SHA-256, five to a letter.
 * @param key thirty-two bytes that stay in the workspace
 */
export function pseudonymOf(key: Buffer, actor: string): string {
  const bytes = keyedHash(key, 'pseudonym', actor);
  let bits = bytes.readUIntBE(0, 5);
  let letters = '';
  for (let at = 0; at < 8; at += 1) {
    letters = alphabet[bits % 32]! + letters;
    bits = Math.floor(bits / 32);
  }
  return `Actor ${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** By which an erased id is known again without being kept: 64 hex digits. */
export function tokenOf(key: Buffer, actor: string): string {
  return keyedHash(key, 'erased', actor).toString('hex');
}

/** Tells whether a key is the one that entries were written with: 64 hex digits. */
export function keyCheckOf(key: Buffer): string {
  return keyedHash(key, 'check', '').toString('hex');
}

/** Uses are kept apart, so that none of these values says anything about another. */
function keyedHash(key: Buffer, use: string, text: string): Buffer {
  return createHmac('sha256', key).update(`countersign ${use}\0${text}`, 'utf8').digest();
}
