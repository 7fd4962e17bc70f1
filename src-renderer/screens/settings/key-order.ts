// Which keys of the workspace are the reviewer's own, and in which order they are shown.
import type { OwnKey } from '#shared/model/keys.ts';

/** The one in use first, then the reviewer's earlier ones and those nobody is known for; other people's apart. Newest first. */
export function keysInOrder(
  keys: readonly OwnKey[],
  reviewerId: string | null,
): { own: OwnKey[]; others: OwnKey[] } {
  const newestFirst = keys.toReversed();
  const isOwn = ({ use, holder }: OwnKey) =>
    use === 'signing' || !holder || reviewerId === null || holder.id === reviewerId;
  const own = newestFirst.filter(isOwn);
  return {
    own: [...own.filter(({ use }) => use === 'signing'), ...own.filter(({ use }) => use !== 'signing')],
    others: newestFirst.filter((key) => !isOwn(key)),
  };
}
