// Pages of events around what is in sight, read as somebody scrolls there and forgotten when they have gone.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { EventFilter, EventPage } from '#shared/model/event-browser.ts';
import { useApi } from '../../domain/api.ts';
import { useSettled } from '../../domain/use-settled.ts';

export const rowsOfPage = 200;
/** So many rows before and after those in sight are read as well. */
const margin = 60;
/** Whoever drags the scroll bar passes by pages nobody wants to read. */
const settledAfterMs = 60;
const forgottenAfterMs = 30_000;

type EventPages = {
  rowAt: (row: number) => AuditEvent | undefined;
  first: EventPage | undefined;
  error: unknown;
};

/** @param epoch changes whenever the mirror does: pages of different epochs do not fit together */
export function useEventPages(
  asked: EventFilter | null,
  epoch: string,
  sight: { readonly first: number; readonly end: number },
): EventPages {
  const { client, orpc } = useApi();
  const queryClient = useQueryClient();
  const [from, to] = [pageOf(sight.first - margin), pageOf(sight.end + margin)];
  const settled = useSettled(`${from} ${to}`, settledAfterMs);
  const [first = 0, last = 0] = settled.split(' ').map(Number);
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const keyOf = (page: number) => [...orpc.browser.events.key(), 'page', asked, epoch, page];
  const read = async (page: number, signal: AbortSignal): Promise<EventPage> => {
    const known = (number: number) => queryClient.getQueryData<EventPage>(keyOf(number));
    const at = { ...asked, limit: rowsOfPage };
    const offset = page * rowsOfPage;
    const place = placeBeside(known(page - 1), known(page + 1));
    const found = place === null ? null : await client.browser.events({ ...at, ...place }, { signal });
    // A neighbour read before the mirror changed leads elsewhere.
    if (found !== null && found.position === offset) return found;
    return client.browser.events({ ...at, offset }, { signal });
  };
  const pages = useQueries({
    queries: numbers.map((page) => ({
      queryKey: keyOf(page),
      queryFn: ({ signal }: { signal: AbortSignal }) => read(page, signal),
      enabled: asked !== null,
      gcTime: forgottenAfterMs,
      staleTime: Infinity,
    })),
  });
  return {
    rowAt: (row) => {
      const page = pageOf(row);
      // What was read a moment ago and is still there fills in while the list settles.
      const held = pages[page - first]?.data ?? queryClient.getQueryData<EventPage>(keyOf(page));
      return held?.events[row - page * rowsOfPage];
    },
    first: queryClient.getQueryData<EventPage>(keyOf(0)),
    error: pages.find(({ error }) => error !== null)?.error ?? null,
  };
}

const pageOf = (row: number): number => Math.max(0, Math.floor(row / rowsOfPage));

function placeBeside(newer: EventPage | undefined, older: EventPage | undefined) {
  if (newer !== undefined && newer.older !== null) return { before: newer.older };
  if (older !== undefined && older.newer !== null && older.events.length > 0) return { after: older.newer };
  return null;
}
