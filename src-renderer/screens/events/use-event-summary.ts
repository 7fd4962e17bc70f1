// How many events match and when: asked again until everything is counted, unless somebody stops it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventFilter, EventSummary } from '#shared/model/event-browser.ts';
import { useApi } from '../../domain/api.ts';

const againAfterMs = 20;

export type CountedEvents = {
  summary: EventSummary | undefined;
  /** What is shown still belongs to the question before. */
  isOfBefore: boolean;
  isCounting: boolean;
  /** Between 0 and 1. */
  share: number;
  stop: (() => void) | null;
  error: unknown;
};

export function useEventSummary(asked: EventFilter | null, buckets: number): CountedEvents {
  const { orpc } = useApi();
  const question = JSON.stringify(asked);
  const [stopped, setStopped] = useState<string | null>(null);
  const query = useQuery(
    orpc.browser.summary.queryOptions({
      input: { ...asked, buckets },
      enabled: asked !== null,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.isExact === false && stopped !== question ? againAfterMs : false,
    }),
  );
  const isOpen = query.data?.isExact === false && !query.isPlaceholderData;
  return {
    summary: query.data,
    isOfBefore: query.isPlaceholderData,
    isCounting: query.isPlaceholderData || (isOpen && stopped !== question),
    share: query.data === undefined ? 0 : shareCounted(query.data),
    stop: isOpen && stopped !== question ? () => setStopped(question) : null,
    error: query.error,
  };
}

function shareCounted({ from, to, countedFrom, isExact }: EventSummary): number {
  if (isExact) return 1;
  if (from === null || to === null || countedFrom === null) return 0;
  const [start, end, counted] = [from, to, countedFrom].map((at) => Date.parse(at));
  return end! <= start! ? 0 : Math.min(1, Math.max(0, (end! - counted!) / (end! - start!)));
}
