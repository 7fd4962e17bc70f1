// The hash that chains the ledger: SHA-256 over a zero byte and the RFC 8785 form of an entry.
import canonicalize from 'canonicalize';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import { sha256Hex } from './digest.ts';
import { inKeyOrder, notPlain } from './key-order.ts';

export const genesisHash = '0'.repeat(64);

/** RFC 8785 (JCS) text of a JSON value. */
export function canonicalJson(value: unknown): string {
  const ordered = inKeyOrder(value);
  if (ordered !== notPlain) return JSON.stringify(ordered);
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only JSON values have a canonical form.');
  return text;
}

/** Leaf hash of RFC 6962: SHA-256(0x00 ‖ canonical JSON), as 64 hex digits. */
export function hashEntry(entry: LedgerEntry): string {
  return hashCanonical(canonicalJson(entry));
}

/** The same of an entry whose canonical text is at hand. */
export function hashCanonical(text: string): string {
  return sha256Hex(`\0${text}`);
}
