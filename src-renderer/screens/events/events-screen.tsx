// Every mirrored event: narrowed, searched, laid out over time, and read to the letter, with or without the database.
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { formatInstant } from '#shared/time/instant.ts';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { timeOfRow } from '../../charts/time-histogram.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListBesideDetail } from '../../components/list-beside-detail.tsx';
import { LongGrid } from '../../components/long-grid.tsx';
import { RowHeight } from '../../components/row-height.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useSettled } from '../../domain/use-settled.ts';
import { useStatus, useZone } from '../../domain/workspace-status.ts';
import { inZone } from '../../domain/zoned-time.ts';
import { useActivityFilter } from '../../state/activity-filter.ts';
import { useEventsView } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import { eventColumns, eventsLeastWidth } from './event-columns.tsx';
import { EventDetail } from './event-detail.tsx';
import { askedOf, askedWithin, mostValues } from './event-filters.ts';
import { EventsHead } from './events-head.tsx';
import { useEventPages } from './use-event-pages.ts';
import { useEventSummary, type CountedEvents } from './use-event-summary.ts';
import { useEventKeys } from './use-event-keys.ts';
import { useJump } from './use-jump.ts';

const chartBuckets = 160;
const settledAfterMs = 250;

type EventsScreenProps = { onGoTo: (screen: 'actors' | 'heatmap') => void };

export function EventsScreen({ onGoTo }: EventsScreenProps) {
  const { events: mirrored, lastRefresh } = useStatus();
  const { choice, extent, row, event, setRow, setEvent } = useEventsView();
  const cells = useActivityFilter((state) => state.filter);
  const searched = useSettled(choice.text, settledAfterMs);
  const asked = useMemo(() => askedOf({ ...choice, text: searched }, cells), [choice, searched, cells]);
  const question = JSON.stringify(asked);
  const epoch = `${mirrored} ${lastRefresh?.finishedAt ?? ''}`;
  const [sight, setSight] = useState({ first: 0, end: 0 });
  const onView = useCallback((first: number, end: number) => setSight({ first, end }), []);
  const counted = useEventSummary(asked, chartBuckets);
  const overTime = useEventSummary(asked === null ? null : askedWithin(asked, extent), chartBuckets);
  const pages = useEventPages(asked, epoch, sight);
  const total =
    counted.isOfBefore || counted.summary === undefined
      ? (pages.first?.events.length ?? 0)
      : Math.max(counted.summary.total, pages.first?.events.length ?? 0);
  const jump = useJump(asked, total);
  const detail = useRef<HTMLElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const dateInput = useRef<HTMLInputElement>(null);
  const onRow = row === null ? undefined : pages.rowAt(row);
  useKeepEvent(row, onRow, epoch);
  useSought(jump.toEvent.mutate);
  useEventKeys({ total, searchInput, dateInput, open: () => detail.current?.focus() });
  const times = timesInSight(sight, pages.rowAt, counted);
  return (
    <ListBesideDetail
      listName={text('events:title')}
      head={
        <EventsHead
          asked={asked}
          counted={counted}
          overTime={overTime}
          inSight={times}
          sight={sight}
          searchInput={searchInput}
          dateInput={dateInput}
          onJump={(instant) => jump.toMoment.mutate(instant)}
          onHeatmap={() => onGoTo('heatmap')}
          error={pages.error ?? jump.toMoment.error ?? jump.toEvent.error}
        />
      }
      list={
        <EventRows
          key={question}
          total={total}
          counted={counted}
          isAskable={asked !== null}
          rowAt={pages.rowAt}
          onView={onView}
          detail={detail}
        />
      }
      isOpen={event !== null || row !== null}
      onBack={() => {
        setRow(null);
        setEvent(null);
      }}
      detail={
        <Shown
          event={row === null ? event : (onRow ?? event)}
          row={row}
          onGoTo={onGoTo}
          onOpen={(one) => jump.toEvent.mutate(one)}
        />
      }
      detailRef={detail}
    />
  );
}

type ShownProps = {
  event: AuditEvent | null;
  row: number | null;
  onGoTo: (screen: 'actors' | 'heatmap') => void;
  onOpen: (event: AuditEvent) => void;
};

function Shown({ event, row, onGoTo, onOpen }: ShownProps) {
  if (event === null) return <EmptyState title={text(row === null ? 'events:choose' : 'events:reading')} />;
  return <EventDetail event={event} isElsewhere={row === null} onGoTo={onGoTo} onOpen={onOpen} />;
}

/** Remembers the event of the row in view; when the mirror changes, rows move and the event stays. */
function useKeepEvent(row: number | null, onRow: AuditEvent | undefined, epoch: string): void {
  const setRow = useEventsView((state) => state.setRow);
  const setEvent = useEventsView((state) => state.setEvent);
  useEffect(() => {
    if (row !== null && onRow !== undefined) setEvent(onRow);
  }, [row, onRow, setEvent]);
  const before = useRef(epoch);
  useEffect(() => {
    if (before.current !== epoch) setRow(null);
    before.current = epoch;
  }, [epoch, setRow]);
}

/** Finds the event in view again, once the list around it is another. */
function useSought(find: (event: AuditEvent) => void): void {
  const sought = useEventsView((state) => state.sought);
  const seek = useEventsView((state) => state.seek);
  useEffect(() => {
    if (sought === null) return;
    seek(null);
    find(sought);
  }, [sought, seek, find]);
}

type EventRowsProps = {
  total: number;
  counted: CountedEvents;
  isAskable: boolean;
  rowAt: (row: number) => AuditEvent | undefined;
  onView: (first: number, end: number) => void;
  detail: RefObject<HTMLElement | null>;
};

function EventRows({ total, counted, isAskable, rowAt, onView, detail }: EventRowsProps) {
  const zone = useZone();
  const rowHeight = useContext(RowHeight);
  const row = useEventsView((state) => state.row);
  const setRow = useEventsView((state) => state.setRow);
  const columns = useMemo(() => eventColumns(), []);
  const { summary, isOfBefore } = counted;
  const about = (at: number) => {
    const ms = summary === undefined || isOfBefore ? null : timeOfRow(summary.buckets, at);
    return ms === null
      ? text('events:reading')
      : text('events:about', { time: inZone(formatInstant(ms * 1000), zone) });
  };
  return (
    <LongGrid
      label={text('events:grid')}
      columns={columns}
      total={total}
      isTotalKnown={summary?.isExact === true && !isOfBefore}
      rowAt={rowAt}
      rowHeight={rowHeight}
      leastWidth={eventsLeastWidth}
      selected={row}
      onSelect={setRow}
      onOpen={() => detail.current?.focus()}
      onView={onView}
      waiting={about}
      empty={<NothingHere isAskable={isAskable} counted={counted} />}
    />
  );
}

function NothingHere({ isAskable, counted }: { isAskable: boolean; counted: CountedEvents }) {
  const { events } = useStatus();
  if (!isAskable)
    return (
      <EmptyState title={text('events:tooMany.title')}>
        <p>{text('events:tooMany.next', { count: mostValues })}</p>
      </EmptyState>
    );
  if (counted.error !== null) return <ProblemNotice error={counted.error} />;
  if (counted.isCounting) return <EmptyState title={text('events:looking')} />;
  if (events === 0) return <EmptyState title={text('events:noneMirrored')} />;
  return (
    <EmptyState title={text('events:noMatch.title')}>
      <p>{text('events:noMatch.next')}</p>
    </EmptyState>
  );
}

/** From the oldest to the newest row in sight: as read, or about, by the counts over time. */
function timesInSight(
  { first, end }: { first: number; end: number },
  rowAt: (row: number) => AuditEvent | undefined,
  { summary, isOfBefore }: CountedEvents,
): { from: string; to: string; isAbout: boolean } | null {
  if (end <= first || summary === undefined || isOfBefore) return null;
  const at = (row: number) => {
    const ms = timeOfRow(summary.buckets, row);
    return rowAt(row)?.createdAt ?? (ms === null ? null : formatInstant(ms * 1000));
  };
  const [from, to] = [at(end - 1), at(first)];
  const isAbout = rowAt(end - 1) === undefined || rowAt(first) === undefined;
  return from === null || to === null ? null : { from, to, isAbout };
}
