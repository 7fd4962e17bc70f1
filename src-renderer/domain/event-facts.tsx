// Everything one audit event says: a sentence first, then each field, then the metadata to the letter.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { Facts } from '../components/facts.tsx';
import { ScrollText } from '../components/scroll-region.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { ActorText } from './actor-text.tsx';
import styles from './event-facts.module.css';
import { eventSentence } from './event-words.ts';
import { InstantText } from './instant.tsx';
import { SeverityMark } from './severity-mark.tsx';

export function EventFacts({ event }: { event: AuditEvent }) {
  return (
    <div className={styles.facts}>
      <Sentence event={event} />
      <Facts
        facts={[
          { name: 'When', value: <InstantText instant={event.createdAt} precision="second" withOffset /> },
          { name: 'Actor', value: <ActorText actor={event.actor} name={event.actorName} /> },
          { name: 'Action', value: <Verbatim value={event.action} /> },
          { name: 'Resource', value: <Resource event={event} /> },
          { name: 'Address', value: <Verbatim value={event.ip} /> },
          { name: 'User agent', value: <Verbatim value={event.userAgent} /> },
          { name: 'Severity', value: <SeverityMark severity={event.severity} /> },
          { name: 'Source account', value: <Verbatim value={event.sourceAccount} /> },
          { name: 'Event id', value: <code>{event.id}</code> },
        ]}
      />
      <h3>Metadata, as recorded</h3>
      <ScrollText label="Metadata, as recorded" text={event.metadata ?? 'none recorded'} />
    </div>
  );
}

function Sentence({ event }: { event: AuditEvent }) {
  return (
    <p className={styles.sentence}>
      {eventSentence(event).map((part, index) =>
        // oxlint-disable-next-line react/no-array-index-key -- parts have no identity but their place
        part.isValue ? (
          <bdi key={index} className={styles.value}>
            {part.text}
          </bdi>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}

function Resource({ event }: { event: AuditEvent }) {
  return (
    <>
      <Verbatim value={event.resourceType} missing="type not recorded" />
      {' · '}
      <Verbatim value={event.resourceId} missing="id not recorded" />
    </>
  );
}
