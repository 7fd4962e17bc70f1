// One conflict in full: both sides, what changed since, the event, every closing, and every entry of the ledger about it.
import type { ConflictDetail as Details } from '#shared/model/conflict.ts';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorFull } from '../../domain/actor-full.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { EventFacts } from '../../domain/event-facts.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { ChangesSection } from './changes-section.tsx';
import { ChangedValue } from './changed-value.tsx';
import { Closings } from './closings.tsx';
import { ConflictActs } from './conflict-acts.tsx';
import { adviceOf, fieldWords, storyOf } from './conflict-words.ts';
import styles from './conflict-detail.module.css';
import { LedgerEntries } from './ledger-entries.tsx';
import { OpinionsTable } from './opinions-table.tsx';
import { PaperNote } from './paper-note.tsx';
import { RowHistory } from './row-history.tsx';

/** The facts below name action and actor in full. */
const mostInHeading = 70;

type ConflictDetailProps = { details: Details; onClose: () => void; onPrint: () => void };

export function ConflictDetail({ details, onClose, onPrint }: ConflictDetailProps) {
  const { conflict, event, changes, history, closings, entries } = details;
  const { item, standing } = conflict;
  const advice = adviceOf(standing);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={item.action} most={mostInHeading} /> by{' '}
          <ActorText
            actor={item.actor}
            name={item.actorName}
            missing="an unattributed actor"
            most={mostInHeading}
          />
        </h2>
        <ConflictActs conflict={conflict} onClose={onClose} onPrint={onPrint} />
      </header>
      <p>{storyOf(conflict)}</p>
      <OpinionsTable details={details} />
      <Notice tone={standing === 'open' ? 'warning' : 'info'} title={advice.title}>
        <p>{advice.text}</p>
      </Notice>
      {closings.length > 0 && <Closings closings={closings} inForce={conflict.closing?.entry ?? null} />}
      <ChangesSection
        title="Changed since ours was decided"
        changes={changes}
        unchanged="Nothing: the item is what was shown then."
        fieldWords={fieldWords}
        renderValue={(change, when, name) => (
          <ChangedValue field={change.field} name={name} value={change[when]} />
        )}
      />
      {history.length > 0 && <RowHistory history={history} />}
      <Facts
        facts={[
          { name: 'Review item', value: <code>{item.id}</code> },
          { name: 'Action', value: <FullValue name="Action" value={item.action} /> },
          { name: 'Actor', value: <ActorFull actor={item.actor} name={item.actorName} /> },
          { name: 'Due', value: <InstantText instant={item.dueAt} withOffset /> },
          { name: 'Tenant', value: <Verbatim value={item.tenant} /> },
        ]}
      />
      <section>
        <h3>Event</h3>
        {event === null ? (
          <Notice tone="info" title="The audited event is not in the local mirror.">
            <p>It may be older than the mirror. What the item itself says stands above.</p>
          </Notice>
        ) : (
          <EventFacts event={event} />
        )}
      </section>
      <LedgerEntries entries={entries} />
      <PaperNote />
    </div>
  );
}
