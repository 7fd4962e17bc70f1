// The items of a campaign as the list is narrowed, read page by page as somebody scrolls.
import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { CampaignItemPage, CampaignItemQuery, ListedItem } from '#shared/model/campaign-view.ts';
import { useApi } from '../../../domain/api.ts';
import { useSettled } from '../../../domain/use-settled.ts';
import { useStatus } from '../../../domain/workspace-status.ts';
import { useCampaignItemsView, type ItemChoice } from '../../../state/campaign-items-view.ts';
import { hasLeft } from './item-rules.ts';

const pageItems = 200;
/** So many pages are read again by themselves when something was recorded; more than that only when asked for. */
const mostPagesAgain = 5;
const typingMs = 200;
const quietMs = 1200;

type Pages = InfiniteData<CampaignItemPage, string | undefined>;

export type ItemList = ReturnType<typeof useItemList>;

export function useItemList(campaign: string) {
  const { client } = useApi();
  const { reviewer } = useStatus();
  const choice = useCampaignItemsView((state) => state.choice);
  const text = useSettled(choice.text, typingMs);
  const asked = useMemo(
    () => questionOf(campaign, { ...choice, text }, reviewer?.id ?? null),
    [campaign, choice, text, reviewer?.id],
  );
  const queryKey = useMemo(() => listKey(asked), [asked]);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      client.campaigns.items(
        { ...asked, ...(pageParam === undefined ? {} : { after: pageParam }) },
        { signal },
      ),
    // oxlint-disable-next-line unicorn/no-useless-undefined -- the first page has none
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchOnWindowFocus: false,
  });
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? noItems, [query.data]);
  const isWhole = asked.state === undefined && asked.reviewer === undefined;
  const isLong = (query.data?.pages.length ?? 0) > mostPagesAgain;
  useFollowing(queryKey, isLong);
  const matching = isWhole ? (query.data?.pages[0]?.matching ?? null) : null;
  // While words are being typed the rows are those of the words before: nobody decides by key about what they no longer ask for.
  const isBehind = choice.text.trim() !== text.trim();
  return { query, queryKey, items, isLong, isBehind, matching };
}

const noItems: readonly ListedItem[] = [];

/** Below the path of the procedure, so that whatever makes its answers stale does so to these. */
const listKey = (asked: Partial<CampaignItemQuery>) => [['campaigns', 'items'], 'pages', asked] as const;

function questionOf(
  id: string,
  { text, state, isMine, flag, privileged, subject, entitlement }: ItemChoice,
  reviewer: string | null,
) {
  return {
    id,
    limit: pageItems,
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(state === 'all' ? {} : { state }),
    ...(isMine && reviewer !== null ? { reviewer } : {}),
    ...(flag === null ? {} : { flag }),
    ...(privileged === null ? {} : { privileged }),
    ...(subject === null ? {} : { subject }),
    ...(entitlement === null ? {} : { entitlement }),
  };
}

/** Reads the list again after something was recorded, unless so much of it is there that this would take long. */
function useFollowing(queryKey: ReturnType<typeof listKey>, isLong: boolean): void {
  const queryClient = useQueryClient();
  const { ledgerEntries } = useStatus();
  const seen = useRef(ledgerEntries);
  useEffect(() => {
    if (seen.current === ledgerEntries || isLong) return undefined;
    const timer = setTimeout(() => {
      seen.current = ledgerEntries;
      void queryClient.invalidateQueries({ queryKey });
    }, quietMs);
    return () => clearTimeout(timer);
  }, [queryKey, ledgerEntries, isLong, queryClient]);
}

/** Puts items as an answer just told them into the list, and takes out what is none of those asked for any more. */
export function useShowDecided(queryKey: ReturnType<typeof listKey>) {
  const queryClient = useQueryClient();
  return (decided: readonly ListedItem[]) => {
    const { choice } = useCampaignItemsView.getState();
    const now = new Map(decided.map((item) => [item.key, item]));
    queryClient.setQueryData<Pages>(queryKey, (data) =>
      data === undefined
        ? data
        : {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.flatMap((item) => {
                const changed = now.get(item.key);
                if (changed === undefined) return [item];
                return hasLeft(item, changed, choice) ? [] : [changed];
              }),
            })),
          },
    );
  };
}
