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
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { ChangesSection } from './changes-section.tsx';
import { ChangedValue } from './changed-value.tsx';
import { Closings } from './closings.tsx';
import { ConflictActs } from './conflict-acts.tsx';
import { adviceOf, rowFieldWords, storyOf } from './conflict-words.ts';
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
  const advice = adviceOf(standing, 'review', conflict.theirs !== null);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Rich
            of="conflicts:reviewOf"
            parts={{
              what: <Verbatim value={item.action} most={mostInHeading} />,
              who: (
                <ActorText
                  actor={item.actor}
                  name={item.actorName}
                  missing={text('conflicts:unattributed')}
                  most={mostInHeading}
                />
              ),
            }}
          />
        </h2>
        <ConflictActs conflict={conflict} onClose={onClose} onPrint={onPrint} />
      </header>
      <p>{storyOf(conflict)}</p>
      <OpinionsTable details={details} />
      <Notice tone={standing === 'open' ? 'warning' : 'info'} title={advice.title}>
        <p>{advice.meaning}</p>
      </Notice>
      {closings.length > 0 && <Closings closings={closings} inForce={conflict.closing?.entry ?? null} />}
      <ChangesSection
        title={text('conflicts:changes.sinceDecided')}
        changes={changes}
        unchanged={text('conflicts:changes.noneReview')}
        fieldWords={rowFieldWords}
        renderValue={(change, when, name) => (
          <ChangedValue field={change.field} name={name} value={change[when]} />
        )}
      />
      {history.length > 0 && <RowHistory history={history} />}
      <Facts
        facts={[
          { name: text('conflicts:fact.review'), value: <code>{item.id}</code> },
          {
            name: text('conflicts:fact.action'),
            value: <FullValue name={text('domain:event.action')} value={item.action} />,
          },
          {
            name: text('conflicts:fact.actor'),
            value: <ActorFull actor={item.actor} name={item.actorName} />,
          },
          { name: text('conflicts:fact.due'), value: <InstantText instant={item.dueAt} withOffset /> },
          { name: text('conflicts:fact.tenant'), value: <Verbatim value={item.tenant} /> },
        ]}
      />
      <section>
        <h3>{text('conflicts:event')}</h3>
        {event === null ? (
          <Notice tone="info" title={text('conflicts:noEvent')}>
            <p>{text('conflicts:noEventMeaning')}</p>
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
