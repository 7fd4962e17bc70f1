// What the history of a row says about the row as it is now.
import type { ReviewChange } from '#shared/model/review-history.ts';
import type { Review } from '#shared/model/review.ts';

const decides: ReadonlySet<ReviewChange['kinds'][number]> = new Set(['decided-here', 'decided-elsewhere']);

/** Somebody's decision stood in the row and is gone from it, and no other took its place. */
export function wasWiped(
  { status, server }: Pick<Review, 'status' | 'server'>,
  history: readonly ReviewChange[],
) {
  if (status === 'gone' || server !== null) return false;
  const latest = history.find(({ kinds }) => kinds.some((kind) => kind === 'reopened' || decides.has(kind)));
  return latest?.kinds.includes('reopened') === true;
}
