// Everything one audit event says: a sentence first, then each field, then the metadata to the letter.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { Facts } from '../components/facts.tsx';
import { ScrollText } from '../components/scroll-region.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import styles from './event-facts.module.css';
import { eventWords } from './event-words.ts';
import { InstantText } from './instant.tsx';
import { SeverityMark } from './severity-mark.tsx';

export function EventFacts({ event }: { event: AuditEvent }) {
  return (
    <div className={styles.facts}>
      <p className={styles.sentence}>{eventWords(event)}</p>
      <Facts
        facts={[
          { name: 'When', value: <InstantText instant={event.createdAt} precision="second" withOffset /> },
          { name: 'Actor', value: <Verbatim value={event.actor} missing="unattributed" /> },
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

function Resource({ event }: { event: AuditEvent }) {
  return (
    <>
      <Verbatim value={event.resourceType} missing="type not recorded" />
      {' · '}
      <Verbatim value={event.resourceId} missing="id not recorded" />
    </>
  );
}
