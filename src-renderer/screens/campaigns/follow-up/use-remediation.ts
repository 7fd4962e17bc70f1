// The remediations of a campaign as they are narrowed at the moment, page by page.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Remediation } from '#shared/model/campaign.ts';
import type { RemediationList, NamedRemediation } from '#shared/model/campaign-follow-up.ts';
import { useApi } from '../../../domain/api.ts';
import { useSettled } from '../../../domain/use-settled.ts';

export type RemediationFilter = {
  show: 'all' | 'overdue' | 'corrected' | Remediation['state'];
  /** Empty for nobody, null for everybody. */
  owner: string | null;
  text: string;
};

const nothingLeftOut: RemediationFilter = { show: 'all', owner: null, text: '' };

const rowsAtOnce = 200;
const settledAfterMs = 250;

export type ShownRemediation = {
  rows: readonly NamedRemediation[];
  /** The first page: the counts of everything stand in each. */
  first: RemediationList | undefined;
  filter: RemediationFilter;
  setFilter: (part: Partial<RemediationFilter>) => void;
  asked: object;
  error: unknown;
  isPending: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
};

export function useRemediation(id: string): ShownRemediation {
  const { orpc } = useApi();
  const [filter, setFilter] = useState(nothingLeftOut);
  const searched = useSettled(filter.text.trim(), settledAfterMs);
  const { show, owner } = filter;
  const asked = {
    id,
    ...(show === 'overdue' || show === 'corrected' ? { only: show } : {}),
    ...(show === 'all' || show === 'overdue' || show === 'corrected' ? {} : { state: show }),
    ...(owner === null ? {} : { owner }),
    ...(searched === '' ? {} : { text: searched }),
  };
  const pages = useInfiniteQuery(
    orpc.campaignFollowUp.remediation.infiniteOptions({
      input: (after: string | undefined) => ({
        ...asked,
        limit: rowsAtOnce,
        ...(after === undefined ? {} : { after }),
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextAfter ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  return {
    rows: pages.data?.pages.flatMap(({ rows }) => rows) ?? [],
    first: pages.data?.pages[0],
    filter,
    setFilter: (part) => setFilter((before) => ({ ...before, ...part })),
    asked,
    error: pages.error,
    isPending: pages.isPending,
    hasNextPage: pages.hasNextPage,
    isFetchingNextPage: pages.isFetchingNextPage,
    fetchNextPage: pages.fetchNextPage,
  };
}
