// What is known of the item in view, read ahead for those a key away from it; and which parts of the evidence somebody opened.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { EvidencePart } from '#shared/model/campaign-evidence.ts';
import { useApi } from '../../../domain/api.ts';
import { useStatus } from '../../../domain/workspace-status.ts';
import { useCampaignItemsView } from '../../../state/campaign-items-view.ts';

const aheadMs = 5 * 60_000;
const rowsAhead = [1, 2, -1];

export type KnownItem = ReturnType<typeof useItemDetail>;

export function useItemDetail(campaign: string, key: string | null) {
  const { orpc } = useApi();
  const { ledgerEntries } = useStatus();
  const queryClient = useQueryClient();
  const asked = { input: { id: campaign, key: key ?? '' }, enabled: key !== null };
  const detail = useQuery(orpc.campaigns.item.queryOptions(asked));
  const evidence = useQuery(orpc.campaigns.evidence.queryOptions({ ...asked, staleTime: aheadMs }));
  // Whatever was recorded may be about the item in view.
  const seen = useRef(ledgerEntries);
  useEffect(() => {
    if (seen.current === ledgerEntries) return;
    seen.current = ledgerEntries;
    void queryClient.invalidateQueries({ queryKey: orpc.campaigns.item.key() });
  }, [ledgerEntries, orpc, queryClient]);
  return { detail, evidence };
}

/** @param order keys of the items in their order on screen */
export function useItemsAhead(campaign: string, order: readonly string[], key: string | null): void {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const place = key === null ? -1 : order.indexOf(key);
  const wanted = (
    place < 0 ? order.slice(0, 1) : rowsAhead.flatMap((step) => order[place + step] ?? [])
  ).join(' ');
  useEffect(() => {
    if (wanted === '') return;
    for (const one of wanted.split(' ')) {
      const asked = { input: { id: campaign, key: one }, staleTime: aheadMs };
      void queryClient.prefetchQuery(orpc.campaigns.item.queryOptions(asked));
      void queryClient.prefetchQuery(orpc.campaigns.evidence.queryOptions(asked));
    }
  }, [campaign, wanted, orpc, queryClient]);
}

/** Tells the parts that stood open with their evidence while an item was in view. @param shown key of an item whose evidence is there */
export function useOpenedParts(shown: string | null): (key: string) => EvidencePart[] {
  const openParts = useCampaignItemsView((state) => state.openParts);
  const opened = useRef(new Map<string, Set<EvidencePart>>());
  useEffect(() => {
    if (shown === null) return;
    const known = opened.current.get(shown) ?? new Set();
    for (const part of openParts) known.add(part);
    opened.current.set(shown, known);
  }, [shown, openParts]);
  return (key) => [...(opened.current.get(key) ?? [])];
}
