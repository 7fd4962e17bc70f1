// What the reviewer of this workspace can put on record about a key that is not to be relied on.
import type { OwnKey } from '#shared/model/keys.ts';

/** revoke: its holder says so · report: anybody else does · widen: its holder names an earlier time, or that nobody knows it. */
export type KeySaying = 'revoke' | 'report' | 'widen';

/** Null where nothing can be added to what was said. */
export function sayingAbout(
  { holder, revocation, report }: OwnKey,
  { keys, reviewerId }: { keys: readonly OwnKey[]; reviewerId: string | null },
): KeySaying | null {
  if (reviewerId === null) return null;
  // Whoever took a known name with a key that nothing vouches for is not taken for the holder of the others.
  const isShown = !keys.some(({ use, isEndorsed }) => use === 'signing' && isEndorsed === false);
  const isHolder = isShown && holder?.id === reviewerId;
  if (revocation !== null) return isHolder && revocation.compromisedSince !== null ? 'widen' : null;
  if (isHolder) return 'revoke';
  return report === undefined ? 'report' : null;
}
