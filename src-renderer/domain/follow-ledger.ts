// Keeps every list true to what was recorded, whichever window, command or other process recorded it.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { WorkspaceStatus } from '#shared/model/workspace.ts';
import { useStatus } from './workspace-status.ts';

/** Areas of the contract whose answers follow from the ledger and the mirror. */
const following = new Set([
  'actors',
  'anomalies',
  'campaignFiles',
  'campaignFollowUp',
  'campaignOversight',
  'campaigns',
  'conflicts',
  'context',
  'detection',
  'findings',
  'independence',
  'keys',
  'ledger',
  'profile',
  'reviews',
  'triage',
  'trust',
]);

/** Asks the database itself, which nothing recorded here changes. */
const readsSource = 'campaigns.entitlements';

/** Acts that come one after the other make long lists be read again once, after the last of them. */
const quietMs = 1200;

/** Differs whenever something was recorded, refreshed, or became overdue. */
export function markOf(status: WorkspaceStatus): string {
  const { ledgerEntries, lastRefresh, reviews, queueDepth, overdue, decided, unsent } = status;
  const { awaitingSecond, conflicts, closedConflicts, corroborations, findings, openFindings } = status;
  const counts = [ledgerEntries, reviews, queueDepth, overdue, decided, unsent, awaitingSecond];
  return [
    ...counts,
    conflicts,
    closedConflicts,
    corroborations,
    findings,
    openFindings,
    lastRefresh?.finishedAt ?? '',
  ].join(' ');
}

function refetchFollowing(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey: [path] }) =>
      Array.isArray(path) && following.has(String(path[0])) && path.join('.') !== readsSource,
  });
}

/** Mounted once. */
export function useFollowLedger(): void {
  const queryClient = useQueryClient();
  const mark = markOf(useStatus());
  const seen = useRef(mark);
  useEffect(() => {
    if (seen.current === mark) return undefined;
    const timer = setTimeout(() => {
      seen.current = mark;
      refetchFollowing(queryClient);
    }, quietMs);
    return () => clearTimeout(timer);
  }, [mark, queryClient]);
}
