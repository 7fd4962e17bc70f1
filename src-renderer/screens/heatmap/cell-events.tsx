// The events of one heatmap cell, newest first, a page at a time.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { hourOfWeekWords } from '../../charts/heat-grid.ts';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { EventGrid } from '../../domain/event-grid.tsx';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import type { OpenCell } from '../../state/heatmap-view.ts';
import styles from './cell-events.module.css';

const mostInHeading = 60;

type CellEventsProps = {
  cell: OpenCell;
  name: string | null;
  action: string;
  zone: string;
  onClose: () => void;
};

export function CellEvents({ cell, name, action, zone, onClose }: CellEventsProps) {
  const { orpc } = useApi();
  const pages = useInfiniteQuery(
    orpc.activity.events.infiniteOptions({
      input: (before: string | null) => ({
        actor: cell.actor,
        hourOfWeek: cell.hourOfWeek,
        ...(action === '' ? {} : { action }),
        ...(before === null ? {} : { before }),
      }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
    }),
  );
  const fetch = useFetchEvents({
    actor: cell.actor,
    hourOfWeek: cell.hourOfWeek,
    ...(action === '' ? {} : { action }),
  });
  const events = useMemo(() => pages.data?.pages.flatMap((page) => page.events) ?? [], [pages.data]);
  const total = pages.data?.pages[0]?.total ?? 0;
  const { connection } = useStatus();
  const isLackingEvents = connection?.mirror.rows === false && !pages.hasNextPage && events.length < total;
  return (
    <aside className={styles.pane} aria-label="Detail">
      <header className={styles.head}>
        <h2>
          <ActorText actor={cell.actor} name={name} missing="Unattributed" most={mostInHeading} />,{' '}
          {hourOfWeekWords(cell.hourOfWeek)}
        </h2>
        <p className={styles.note}>
          {countWords(total, 'event')} in this hour of the week ({zone})
          {action === '' ? ', all actions' : ', '}
          {action !== '' && <Verbatim value={action} most={mostInHeading} />}
        </p>
        {pages.hasNextPage && (
          <Button size="small" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            Load older events
          </Button>
        )}
        <ExportListButton
          table="events"
          what="All events of this cell, newest first"
          filter={() => ({
            actor: cell.actor,
            hourOfWeek: cell.hourOfWeek,
            ...(action === '' ? {} : { action }),
          })}
          words={[
            cell.actor === '' ? 'Only what nobody in particular did.' : `Only the actor “${cell.actor}”.`,
            `Only ${hourOfWeekWords(cell.hourOfWeek)} (${zone}).`,
            ...(action === '' ? [] : [`Only the action “${action}”.`]),
          ]}
        />
        <Button weight="quiet" icon={X} aria-label="Close the events" onClick={onClose} />
      </header>
      {isLackingEvents && (
        <p className={styles.note}>
          {countWords(events.length, 'event')} of {total} {total === 1 ? 'is' : 'are'} here; the others were
          only counted.{' '}
          <Button size="small" disabled={fetch.isPending} onClick={() => fetch.mutate()}>
            {fetch.isPending ? 'Loading…' : 'Load these events from the database'}
          </Button>
        </p>
      )}
      {fetch.isError && <ProblemNotice error={fetch.error} />}
      {pages.isError && <ProblemNotice error={pages.error} />}
      <div className={styles.events}>
        <EventGrid label="Events of the cell" events={events} />
      </div>
    </aside>
  );
}

type Asked = { actor: string; hourOfWeek: number; action?: string };

/** Asks the database for events that were only counted; the list shows them as soon as they are here. */
function useFetchEvents(asked: Asked) {
  const { client, orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => client.activity.fetch(asked),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.activity.events.key() }),
  });
}
