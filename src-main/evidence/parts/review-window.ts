// From when on changes and exceptions bear on a pack: since the first event it speaks about, until it was made.
import { parseInstant } from '#shared/time/instant.ts';

/** `from` is null where there are no events; then everything in the ledger bears on it. */
export type ReviewWindow = { readonly from: string | null };

/**
 * Whether something at this instant lies within. There is no upper limit: nothing in the ledger of a pack is later than the
 * pack, and a clock that was set back must not hide an entry.
 */
export function isWithin({ from }: ReviewWindow, at: string): boolean {
  return from === null || parseInstant(at) >= parseInstant(from);
}
