// Finds the row of a moment or of an event in the list as it is narrowed now.
import { useMutation } from '@tanstack/react-query';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import type { EventFilter, EventPage } from '#shared/model/event-browser.ts';
import { useApi, type WorkstationClient } from '../../domain/api.ts';
import { useEventsView } from '../../state/events-view.ts';

/** Events of one microsecond among which the one meant may stand. */
const mostAtOnce = 200;
const countForMs = 500;

/** Whoever has chosen another event meanwhile is not led away from it. */
const inView = (): string | null => useEventsView.getState().event?.id ?? null;

/** @param asked null while nothing can be asked */
export function useJump(asked: EventFilter | null, total: number) {
  const { client } = useApi();
  const setEvent = useEventsView((state) => state.setEvent);
  const toMoment = useMutation({
    mutationFn: async (instant: string) => (asked === null ? null : pageAt(client, asked, instant, 1)),
    onMutate: inView,
    onSuccess: (page, _, before) => {
      if (page === null || inView() !== before) return;
      const [event = null] = page.events;
      // Before the first event there is nothing: the oldest is the nearest.
      setEvent(event, page.position ?? Math.max(0, total - 1));
    },
  });
  const toEvent = useMutation({
    mutationFn: async (event: AuditEvent) => {
      const page = asked === null ? null : await pageAt(client, asked, event.createdAt, mostAtOnce);
      if (page === null || page.position === null) return null;
      const at = page.events.findIndex(({ id }) => id === event.id);
      return at < 0 ? null : page.position + at;
    },
    onMutate: (event) => setEvent(event, null),
    onSuccess: (row, event) => {
      if (inView() === event.id) setEvent(event, row);
    },
  });
  return { toMoment, toEvent };
}

/** The page that begins at a moment, once it is known how many events are newer. */
async function pageAt(
  client: WorkstationClient,
  asked: EventFilter,
  instant: string,
  limit: number,
): Promise<EventPage> {
  const page = await client.browser.events({ ...asked, at: instant, limit });
  if (page.position !== null || page.events.length === 0) return page;
  const { isExact } = await client.browser.summary({ ...asked, buckets: 1, withinMs: countForMs });
  return isExact
    ? client.browser.events({ ...asked, at: instant, limit })
    : pageAt(client, asked, instant, limit);
}
