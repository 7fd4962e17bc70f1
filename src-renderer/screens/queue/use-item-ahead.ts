// What is known of the item in view, and, read ahead, of those a key away from it: the next one is there when the key is pressed.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../../domain/api.ts';

/** What was read ahead stays good for as long as somebody may look at one item; a change of the ledger makes it stale. */
const aheadMs = 5 * 60_000;
const rowsAhead = [1, 2, -1];

export function useItem(id: string | null) {
  const { orpc } = useApi();
  const asked = { input: { id: id ?? '' }, enabled: id !== null };
  return {
    details: useQuery(orpc.reviews.get.queryOptions(asked)),
    context: useQuery(orpc.context.review.queryOptions({ ...asked, staleTime: aheadMs })),
  };
}

/** @param order ids of the items in their order on screen */
export function useItemsAhead(order: readonly string[], id: string | null): void {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const place = id === null ? -1 : order.indexOf(id);
  const ahead = place < 0 ? order.slice(0, 1) : rowsAhead.flatMap((step) => order[place + step] ?? []);
  const wanted = ahead.join('\n');
  useEffect(() => {
    if (wanted === '') return;
    for (const one of wanted.split('\n')) {
      const asked = { input: { id: one }, staleTime: aheadMs };
      void queryClient.prefetchQuery(orpc.reviews.get.queryOptions(asked));
      void queryClient.prefetchQuery(orpc.context.review.queryOptions(asked));
    }
  }, [wanted, orpc, queryClient]);
}
