// Reasons half written about items of the queue: what they are about, and which items have one.
import type { Review } from '#shared/model/review.ts';
import { useOwnDrafts } from '../../domain/use-kept-draft.ts';

const mostOfAction = 200;

/** What is said about one item is about it, whatever is decided in the end. */
export function draftSubject(reviews: readonly Pick<Review, 'id' | 'action'>[]): string {
  const [first] = reviews;
  return reviews.length === 1
    ? `review:${first?.id}`
    : `reviews of ${first?.action.slice(0, mostOfAction) ?? ''}`;
}

/** Ids of the items somebody began to write a reason for. */
export function useDraftedItems(): ReadonlySet<string> {
  const drafts = useOwnDrafts() ?? [];
  return new Set(drafts.flatMap(({ subject }) => /^review:(.+)$/.exec(subject)?.[1] ?? []));
}
