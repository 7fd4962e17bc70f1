// Everything one audit event says: a sentence first, then each field, then the metadata to the letter.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { Facts } from '../components/facts.tsx';
import { FullValue } from '../components/full-value.tsx';
import { ScrollText } from '../components/scroll-region.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { text } from '../texts/text.ts';
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
          {
            name: text('domain:event.when'),
            value: <InstantText instant={event.createdAt} precision="second" withOffset />,
          },
          {
            name: text('domain:event.actor'),
            value: <ActorFull actor={event.actor} name={event.actorName} />,
          },
          {
            name: text('domain:event.action'),
            value: <FullValue name={text('domain:event.action')} value={event.action} />,
          },
          { name: text('domain:event.resource'), value: <Resource event={event} /> },
          {
            name: text('domain:event.address'),
            value: <FullValue name={text('domain:event.address')} value={event.ip} />,
          },
          {
            name: text('domain:event.userAgent'),
            value: <FullValue name={text('domain:event.userAgent')} value={event.userAgent} />,
          },
          { name: text('domain:event.severity'), value: <SeverityMark severity={event.severity} /> },
          { name: text('domain:event.sourceAccount'), value: <Verbatim value={event.sourceAccount} /> },
          { name: text('domain:event.id'), value: <code>{event.id}</code> },
        ]}
      />
      <h3>{text('domain:event.metadata')}</h3>
      <ScrollText
        label={text('domain:event.metadata')}
        text={event.metadata ?? text('domain:event.noMetadata')}
      />
    </div>
  );
}

function Resource({ event }: { event: AuditEvent }) {
  return (
    <>
      <FullValue
        name={text('domain:event.resourceType')}
        value={event.resourceType}
        missing={text('domain:event.noType')}
      />
      {' · '}
      <FullValue
        name={text('domain:event.resourceId')}
        value={event.resourceId}
        missing={text('domain:event.noId')}
      />
    </>
  );
}
