// One event to the letter, what to narrow the list to from here, and what the same actor did just before and after.
import { Grid3x3, ListFilter, UserRound } from 'lucide-react';
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { hourOfWeekWords } from '../../charts/hours-of-week.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { visibleText } from '../../components/visible-text.ts';
import { EventFacts } from '../../domain/event-facts.tsx';
import { useZone } from '../../domain/workspace-status.ts';
import { useActorsView } from '../../state/actors-view.ts';
import { useEventsView, type EventField } from '../../state/events-view.ts';
import { text } from '../../texts/text.ts';
import styles from './event-detail.module.css';
import { Neighbours } from './neighbours.tsx';
import { showInHeatmap } from './show-in-heatmap.ts';

const mostInHeading = 70;

type EventDetailProps = {
  event: AuditEvent;
  /** Not on any row of the list as it is narrowed now. */
  isElsewhere: boolean;
  onGoTo: (screen: 'actors' | 'heatmap') => void;
  onOpen: (event: AuditEvent) => void;
};

export function EventDetail({ event, isElsewhere, onGoTo, onOpen }: EventDetailProps) {
  const zone = useZone();
  const { actor, action, sourceAccount } = event;
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={action} most={mostInHeading} />
        </h2>
        <div className={styles.bar}>
          {actor !== '' && (
            <Button
              size="small"
              icon={UserRound}
              onClick={() => {
                useActorsView.getState().open({ actor, sourceAccount });
                onGoTo('actors');
              }}
            >
              {text('events:detail.profile')}
            </Button>
          )}
          <Button
            size="small"
            icon={Grid3x3}
            onClick={() => {
              showInHeatmap({ actors: [actor], actions: [] }, {}, zone);
              onGoTo('heatmap');
            }}
          >
            {text('events:detail.days')}
          </Button>
        </div>
      </header>
      {isElsewhere && <Notice tone="info" title={text('events:detail.elsewhere')} />}
      <EventFacts event={event} />
      <NarrowBy event={event} />
      <Neighbours event={event} onOpen={onOpen} />
    </div>
  );
}

function NarrowBy({ event }: { event: AuditEvent }) {
  const zone = useZone();
  const { choice, narrow, choose, seek } = useEventsView();
  const hour = hourOfWeekIn(zone)(Math.floor(parseInstant(event.createdAt) / microsecondsPerSlot));
  const offers: readonly (readonly [EventField, string | null])[] = [
    ['actor', event.actor],
    ['action', event.action],
    ['target', event.resourceId],
    ['targetType', event.resourceType],
    ['address', event.ip],
    ['severity', event.severity],
  ];
  const open = offers.filter(([field, value]) => choice.values[field]?.includes(value ?? '') !== true);
  return (
    <section aria-label={text('events:detail.narrow')}>
      <h3>{text('events:detail.narrow')}</h3>
      <div className={styles.bar}>
        {open.map(([field, value]) => (
          <Button
            key={field}
            size="small"
            icon={ListFilter}
            title={value === null || value === '' ? text('events:notStated') : visibleText(value)}
            onClick={() => {
              narrow(field, value ?? '');
              seek(event);
            }}
          >
            {text(`events:same.${field}`)}
          </Button>
        ))}
        {!choice.hours.includes(hour) && (
          <Button
            size="small"
            icon={ListFilter}
            title={hourOfWeekWords(hour)}
            onClick={() => {
              choose({ hours: [...choice.hours, hour] });
              seek(event);
            }}
          >
            {text('events:same.hour')}
          </Button>
        )}
      </div>
    </section>
  );
}
