// Every item of the queue, however many, read in pages and changed at once where a decision was just recorded.
import { useQuery, type QueryClient } from '@tanstack/react-query';
import { openStanding } from '#shared/model/open-standing.ts';
import { finalDecisionKinds, type Decision, type Review } from '#shared/model/review.ts';
import type { TriageItem } from '#shared/model/triage.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { useApi, type WorkstationClient } from '../../domain/api.ts';

/** Below the path of the procedure, so that whatever makes its answers stale does so to these. */
const wholeQueueKey = [['triage', 'list'], 'whole queue'] as const;
const mostInPage = 10_000;
const minuteMs = 60_000;

async function readWholeQueue(client: WorkstationClient, signal: AbortSignal): Promise<TriageItem[]> {
  const byId = new Map<string, TriageItem>();
  for (let offset = 0; ; offset += mostInPage) {
    // oxlint-disable-next-line no-await-in-loop -- whether there is another page, this one tells
    const page = await client.triage.list({ tab: 'all', offset, limit: mostInPage }, { signal });
    for (const item of page.items) byId.set(item.review.id, item);
    if (offset + mostInPage >= page.total) return [...byId.values()];
  }
}

/** Read anew every minute, too: what is due soon changes by itself. */
export function useQueueItems() {
  const { client } = useApi();
  return useQuery({
    queryKey: wholeQueueKey,
    queryFn: ({ signal }) => readWholeQueue(client, signal),
    refetchInterval: minuteMs,
  });
}

/** Shows an item that is open again before the list is read again. */
export function showReopened(queryClient: QueryClient, review: Review, now: string): void {
  queryClient.setQueryData<TriageItem[]>(wholeQueueKey, (items) =>
    items?.map((item) => (item.review.id === review.id ? reopenedItem(item, review, now) : item)),
  );
}

/** The list may have been read since it was decided, which put it last; where it was there is work above and below. */
export function reopenedItem(item: TriageItem, review: Review, now: string): TriageItem {
  const isPlaced = review.status !== 'pending' || item.sla !== 'done';
  return { ...item, review, sla: isPlaced ? item.sla : openStanding(review, parseInstant(now)) };
}

/** Shows decisions that were just recorded before the list is read again. */
export function showDecided(queryClient: QueryClient, decisions: readonly Decision[]): void {
  const made = new Map(decisions.map((decision) => [decision.review, decision]));
  queryClient.setQueryData<TriageItem[]>(wholeQueueKey, (items) =>
    items?.map((item) => {
      const decision = made.get(item.review.id);
      return decision === undefined ? item : decidedItem(item, decision);
    }),
  );
}

/** It keeps its standing, and so its place, until the list is read again: taking the decision back leads to where it was. */
function decidedItem(item: TriageItem, decision: Decision): TriageItem {
  return { ...item, review: decidedReview(item.review, decision) };
}

/** An item with a decision that was just recorded. */
export function decidedReview(before: Review, { id, decision, sync }: Decision): Review {
  const isFinalKind = finalDecisionKinds.includes(decision);
  const { secondLost: _, ownByAlias: __, ...review } = before;
  return {
    ...review,
    decision,
    decisionId: id,
    sync,
    ...(isFinalKind && review.status === 'pending' && { status: 'decided' as const }),
    // What waits for its second person can still be late.
    overdue: review.overdue && (!isFinalKind || sync === 'awaiting-second'),
  };
}
