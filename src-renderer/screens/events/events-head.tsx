// Above the events: search, filters and saved views, when they happened, and where in the list one is.
import { CalendarSearch, Grid3x3, ListFilter, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, RefObject } from 'react';
import type { EventFilter } from '#shared/model/event-browser.ts';
import { Button } from '../../components/button.tsx';
import toolbar from '../../components/list-toolbar.module.css';
import { Notice } from '../../components/notice.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { clockInZone } from '../../domain/zoned-time.ts';
import { useEventsView } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import { exportWords } from './export-words.ts';
import styles from './events-screen.module.css';
import { FilterChips } from './filter-chips.tsx';
import { FilterDialog } from './filter-dialog.tsx';
import { SavedViews } from './saved-views.tsx';
import { showInHeatmap } from './show-in-heatmap.ts';
import { handWords, TimeChart, type Hand } from './time-chart.tsx';
import type { CountedEvents } from './use-event-summary.ts';
import { Where } from './where.tsx';

type EventsHeadProps = {
  asked: EventFilter | null;
  counted: CountedEvents;
  /** All of time, or the part of it the chart shows. */
  overTime: CountedEvents;
  inSight: { from: string; to: string; isAbout: boolean } | null;
  sight: { first: number; end: number };
  searchInput: RefObject<HTMLInputElement | null>;
  dateInput: RefObject<HTMLInputElement | null>;
  onJump: (instant: string) => void;
  onHeatmap: () => void;
  error: unknown;
};

export function EventsHead(props: EventsHeadProps) {
  const { asked, counted, overTime, searchInput, dateInput, onJump, error } = props;
  const summary = overTime.summary;
  return (
    <div className={toolbar.head}>
      <div className={toolbar.line}>
        <h1>{text('events:title')}</h1>
        <EventSearch input={searchInput} />
        <JumpField input={dateInput} onJump={onJump} />
      </div>
      <Tools asked={asked} onHeatmap={props.onHeatmap} />
      <FilterChips />
      <ProblemNotice error={error ?? counted.error ?? overTime.error} />
      <Limits counted={counted} />
      <Timeline key={`${summary?.from} ${summary?.to} ${summary?.width}`} {...props} />
    </div>
  );
}

/** When the events happened, and where among them one is. */
function Timeline({ counted, overTime, inSight, sight, onJump }: EventsHeadProps) {
  const zone = useZone();
  const { choice, extent, choose } = useEventsView();
  const [hand, setHand] = useState<Hand | null>(null);
  const buckets = overTime.summary?.buckets ?? [];
  return (
    <>
      {buckets.length > 0 && (
        <div className={styles.chart}>
          <TimeChart
            buckets={buckets}
            chosen={choice.range}
            inSight={inSight}
            hand={hand}
            onHand={setHand}
            onChoose={(range) => choose({ range })}
            onJump={onJump}
          />
          <Zoom isZoomed={extent.from !== undefined || extent.to !== undefined} />
        </div>
      )}
      <Where counted={counted} inSight={inSight} sight={sight} held={handWords(buckets, hand, zone)} />
    </>
  );
}

function EventSearch({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const { choice, choose } = useEventsView();
  return (
    <SearchField
      input={input}
      label={text('events:search.label')}
      width={[170, 420]}
      aria-keyshortcuts="/"
      placeholder={text('events:search.hint')}
      title={text('events:search.rule')}
      maxLength={400}
      dir="auto"
      value={choice.text}
      onSearch={(words) => choose({ text: words })}
    />
  );
}

function JumpField({
  input,
  onJump,
}: Pick<EventsHeadProps, 'onJump'> & { input: EventsHeadProps['dateInput'] }) {
  const zone = useZone();
  const [clock, setClock] = useState('');
  const instant = clock === '' ? null : clockInZone(clock, zone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (instant !== null) onJump(instant);
  };
  return (
    <form className={styles.jump} onSubmit={submit}>
      <label className={styles.jumpLabel}>
        {text('events:jump.label', { zone })}
        <input
          ref={input}
          type="datetime-local"
          className={styles.date}
          aria-keyshortcuts="d"
          value={clock}
          onChange={({ target }) => setClock(target.value)}
        />
      </label>
      <Button size="small" submits icon={CalendarSearch} disabled={instant === null}>
        {text('events:jump.go')}
      </Button>
    </form>
  );
}

function Tools({ asked, onHeatmap }: { asked: EventFilter | null; onHeatmap: () => void }) {
  const zone = useZone();
  const choice = useEventsView((state) => state.choice);
  const [isAdding, setIsAdding] = useState(false);
  return (
    <div className={toolbar.line}>
      <Button size="small" icon={ListFilter} onClick={() => setIsAdding(true)}>
        {text('events:filter.open')}
      </Button>
      {isAdding && <FilterDialog onClose={() => setIsAdding(false)} />}
      <SavedViews />
      <Button
        size="small"
        icon={Grid3x3}
        onClick={() => {
          const { actor = [], action = [] } = choice.values;
          showInHeatmap({ actors: actor, actions: action }, choice.range, zone);
          onHeatmap();
        }}
      >
        {text('events:heatmap')}
      </Button>
      <ExportListButton
        table="events"
        isReady={asked !== null}
        what={text('events:export')}
        filter={() => ({ events: asked ?? {}, words: exportWords(asked ?? {}, zone) })}
      />
    </div>
  );
}

function Zoom({ isZoomed }: { isZoomed: boolean }) {
  const { choice, setExtent } = useEventsView();
  const isNarrow = choice.range.from !== undefined || choice.range.to !== undefined;
  if (!isNarrow && !isZoomed) return null;
  return (
    <div className={styles.zoom}>
      <Button
        size="small"
        weight="quiet"
        icon={ZoomIn}
        aria-label={text('events:chart.zoomIn')}
        title={text('events:chart.zoomIn')}
        disabled={!isNarrow}
        onClick={() => setExtent(choice.range)}
      />
      <Button
        size="small"
        weight="quiet"
        icon={ZoomOut}
        aria-label={text('events:chart.zoomOut')}
        title={text('events:chart.zoomOut')}
        disabled={!isZoomed}
        onClick={() => setExtent({})}
      />
    </div>
  );
}

/** What the list cannot show, or was not looked for. */
function Limits({ counted: { summary, isOfBefore } }: { counted: CountedEvents }) {
  if (summary === undefined || isOfBefore) return null;
  const { onlyKept, notMirrored, searched } = summary;
  const isMasked = searched.length > 0 && !searched.includes('actor');
  return (
    <>
      {onlyKept && <Notice tone="info" title={text('events:onlyKept')} />}
      {notMirrored.length > 0 && (
        <Notice tone="warning" title={text('events:notMirrored', { fields: notMirrored.join(', ') })} />
      )}
      {isMasked && <Notice tone="info" title={text('events:masked')} />}
    </>
  );
}
