// Everything one audit event says: a sentence first, then each field, then the metadata to the letter.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { Facts } from '../components/facts.tsx';
import { FullValue } from '../components/full-value.tsx';
import { ScrollText } from '../components/scroll-region.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { ActorFull } from './actor-full.tsx';
import styles from './event-facts.module.css';
import { eventSentence } from './event-words.ts';
import { InstantText } from './instant.tsx';
import { Sentence } from './sentence.tsx';
import { SeverityMark } from './severity-mark.tsx';

export function EventFacts({ event }: { event: AuditEvent }) {
  return (
    <div className={styles.facts}>
      <Sentence parts={eventSentence(event)} />
      <Facts
        facts={[
          { name: 'When', value: <InstantText instant={event.createdAt} precision="second" withOffset /> },
          { name: 'Actor', value: <ActorFull actor={event.actor} name={event.actorName} /> },
          { name: 'Action', value: <FullValue name="Action" value={event.action} /> },
          { name: 'Resource', value: <Resource event={event} /> },
          { name: 'Address', value: <FullValue name="Address" value={event.ip} /> },
          { name: 'User agent', value: <FullValue name="User agent" value={event.userAgent} /> },
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

function Resource({ event }: { event: AuditEvent }) {
  return (
    <>
      <FullValue name="Resource type" value={event.resourceType} missing="type not recorded" />
      {' · '}
      <FullValue name="Resource id" value={event.resourceId} missing="id not recorded" />
    </>
  );
}
