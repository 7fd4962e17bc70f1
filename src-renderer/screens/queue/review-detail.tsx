// One review item in full: the event, what the actor did around it, and everything decided about it.
import type { DecisionKind } from '#shared/model/review.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { EventFacts } from '../../domain/event-facts.tsx';
import { EventGrid } from '../../domain/event-grid.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { DecisionHistory } from './decision-history.tsx';
import { DueMark } from './queue-columns.tsx';
import styles from './review-detail.module.css';
import type { ReviewDetails } from './review-details.ts';
import { RowHistory } from './row-history.tsx';
import { SecondPanel } from './second-panel.tsx';
import { ServerDecisionCard } from './server-decision-card.tsx';

/** The facts below name action and actor in full. */
const mostInHeading = 70;

type ReviewDetailProps = {
  details: ReviewDetails;
  isBusy: boolean;
  hasKeys: boolean;
  onDecide: (decision: DecisionKind) => void;
};

export function ReviewDetail({ details, isBusy, hasKeys, onDecide }: ReviewDetailProps) {
  const { review, event, neighbours, decisions, independence, history } = details;
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={review.action} most={mostInHeading} /> by{' '}
          <ActorText
            actor={review.actor}
            name={review.actorName}
            missing="an unattributed actor"
            most={mostInHeading}
          />
        </h2>
        <DecisionBar
          label="Decide"
          hasKeys={hasKeys}
          disabled={isBusy || review.status === 'gone' || review.undecidable !== undefined}
          onDecide={onDecide}
        />
      </header>
      {independence.isOwnAction && (
        <Notice tone="warning" title="This is your own action. Somebody else must decide on it." />
      )}
      {review.undecidable !== undefined && <Notice tone="warning" title={review.undecidable} />}
      {review.status === 'gone' && (
        <Notice
          tone="info"
          title="The audit database no longer shows this row. What is below is as it was last seen."
        />
      )}
      {review.reopened === true && (
        <Notice tone="warning" title="The row is open again: what was written is gone.">
          <p>Our decision stays in the ledger. See the conflict, and ask whoever runs the audit database.</p>
        </Notice>
      )}
      <SecondPanel details={details} />
      <Facts
        facts={[
          {
            name: 'Due',
            value: review.dueText === undefined ? <DueMark review={review} /> : dueInWords(review.dueText),
          },
          { name: 'Review item', value: <code>{review.id}</code> },
          ...(event?.action === review.action
            ? []
            : [{ name: 'Action', value: <FullValue name="Action" value={review.action} /> }]),
          {
            name: 'Origin',
            value:
              review.origin === 'database'
                ? 'Listed by the audit database'
                : 'Derived from the privileged actions',
          },
          { name: 'Tenant', value: <Verbatim value={review.tenant} /> },
        ]}
      />
      {review.notes !== undefined && review.notes !== '' && (
        <section aria-label="Note in the row">
          <h3>Note in the row</h3>
          <p>Somebody put it there in the audit database. A decision is written above it, and keeps it.</p>
          <FullValue name="Note in the row" value={review.notes} />
        </section>
      )}
      {review.server !== null && <ServerDecisionCard review={review} />}
      {decisions.length > 0 && <DecisionHistory decisions={decisions} />}
      <RowHistory history={history} />
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
      <section>
        <h3>Within 24 hours before and after, by the same actor</h3>
        <div className={styles.neighbours}>
          {neighbours.every(({ id }) => id === event?.id) ? (
            <EmptyState title="Nothing else within 24 hours" />
          ) : (
            <EventGrid
              label="Neighbouring events"
              events={neighbours}
              {...(event === null ? {} : { selectedId: event.id })}
            />
          )}
        </div>
      </section>
    </div>
  );
}

/** A due time that cannot be placed reads as the database writes it. */
function dueInWords(dueText: string): string {
  return dueText === '' ? 'No due time' : `${dueText} (as the database writes it)`;
}
