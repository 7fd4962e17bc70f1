// The events of one heatmap cell, newest first, a page at a time.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useMemo } from 'react';
import { hourOfWeekWords, hourWords } from '../../charts/hours-of-week.ts';
import { Button } from '../../components/button.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { useApi } from '../../domain/api.ts';
import { EventGrid } from '../../domain/event-grid.tsx';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import type { Bounds } from '../../domain/period.ts';
import { useHeatmapView } from '../../state/heatmap-view.ts';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { boundsOfHour, type CellAt } from './cell-at.ts';
import styles from './cell-events.module.css';

const mostInHeading = 60;

type CellEventsProps = {
  cell: CellAt;
  name: string | null;
  action: string;
  bounds: Bounds;
  zone: string;
  onClose: () => void;
};

export function CellEvents({ cell, name, action, bounds, zone, onClose }: CellEventsProps) {
  const { orpc } = useApi();
  const daysActor = useHeatmapView((state) => state.actor);
  const asked = askedFor(cell, { action, bounds, zone, daysActor });
  const pages = useInfiniteQuery(
    orpc.activity.events.infiniteOptions({
      input: (before: string | null) => ({ ...asked, ...(before === null ? {} : { before }) }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next,
    }),
  );
  const events = useMemo(() => pages.data?.pages.flatMap((page) => page.events) ?? [], [pages.data]);
  const total = pages.data?.pages[0]?.total ?? 0;
  const hour =
    cell.kind === 'week' ? hourOfWeekWords(cell.hourOfWeek) : `${cell.date} ${hourWords(cell.hour)}`;
  return (
    <aside className={styles.pane} aria-label={text('common:detail')}>
      <header className={styles.head}>
        <h2>
          {cell.kind === 'week' && (
            <>
              <ActorText
                actor={cell.actor}
                name={name}
                missing={text('heatmap:Unattributed')}
                most={mostInHeading}
              />
              {', '}
            </>
          )}
          {hour}
        </h2>
        <p className={styles.note}>
          <Rich
            of={cell.kind === 'week' ? 'heatmap:cellEvents.inHour' : 'heatmap:cellEvents.inDay'}
            values={{ events: text('heatmap:events', { count: total }), zone }}
            parts={{
              action:
                action === '' ? (
                  <>{text('heatmap:cellEvents.allActions')}</>
                ) : (
                  <Verbatim value={action} most={mostInHeading} />
                ),
            }}
          />
        </p>
        {pages.hasNextPage && (
          <Button size="small" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {text('heatmap:cellEvents.older')}
          </Button>
        )}
        <ExportListButton
          table="events"
          what={text('heatmap:cellEvents.all')}
          filter={() => asked}
          words={[
            ...(asked.actor === undefined
              ? []
              : [
                  asked.actor === ''
                    ? text('heatmap:cellEvents.onlyNobody')
                    : text('heatmap:cellEvents.onlyActor', { actor: asked.actor }),
                ]),
            text('heatmap:cellEvents.onlyHour', { hour, zone }),
            ...(action === '' ? [] : [text('heatmap:export.onlyAction', { action })]),
          ]}
        />
        <Button weight="quiet" icon={X} aria-label={text('heatmap:cellEvents.close')} onClick={onClose} />
      </header>
      {!pages.hasNextPage && events.length < total && (
        <OnlyCounted asked={asked} shown={events.length} total={total} />
      )}
      {pages.isError && <ProblemNotice error={pages.error} />}
      <div className={styles.events}>
        <EventGrid label={text('heatmap:cellEvents.label')} events={events} />
      </div>
    </aside>
  );
}

type Asked = { actor?: string; hourOfWeek?: number; action?: string } & Bounds;

type Around = { action: string; bounds: Bounds; zone: string; daysActor: string | null };

function askedFor(cell: CellAt, { action, bounds, zone, daysActor }: Around): Asked {
  const only = action === '' ? {} : { action };
  if (cell.kind === 'week') return { actor: cell.actor, hourOfWeek: cell.hourOfWeek, ...bounds, ...only };
  const within = boundsOfHour(cell.date, cell.hour, zone) ?? bounds;
  return { ...within, ...(daysActor === null ? {} : { actor: daysActor }), ...only };
}

type OnlyCountedProps = { asked: Asked; shown: number; total: number };

/** Where only counts are kept, the database is asked for the events behind one of them. */
function OnlyCounted({ asked, shown, total }: OnlyCountedProps) {
  const { connection } = useStatus();
  const { actor } = asked;
  const fetch = useFetchEvents();
  if (connection?.mirror.rows !== false || actor === undefined) return null;
  return (
    <p className={styles.note}>
      {text('heatmap:cellEvents.counted', { shown: text('heatmap:events', { count: shown }), count: total })}{' '}
      <Button size="small" disabled={fetch.isPending} onClick={() => fetch.mutate({ ...asked, actor })}>
        {text(fetch.isPending ? 'heatmap:cellEvents.loading' : 'heatmap:cellEvents.load')}
      </Button>
      {fetch.isError && <ProblemNotice error={fetch.error} />}
    </p>
  );
}

/** Asks the database for events that were only counted; the list shows them as soon as they are here. */
function useFetchEvents() {
  const { client, orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (asked: Asked & { actor: string }) => client.activity.fetch(asked),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.activity.events.key() }),
  });
}
