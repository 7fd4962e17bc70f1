// One review item in full: the event, what the actor did around it, and everything decided about it.
import type { InferClientOutputs } from '@orpc/client';
import type { DecisionKind } from '#shared/model/review.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import type { WorkstationClient } from '../../domain/api.ts';
import { ActorText } from '../../domain/actor-text.tsx';
import { EventFacts } from '../../domain/event-facts.tsx';
import { EventGrid } from '../../domain/event-grid.tsx';
import { useStatus } from '../../domain/workspace-status.ts';
import { DecisionBar } from './decision-bar.tsx';
import { DecisionHistory } from './decision-history.tsx';
import { DueMark } from './queue-columns.tsx';
import styles from './review-detail.module.css';
import { ServerDecisionCard } from './server-decision-card.tsx';

export type ReviewDetails = InferClientOutputs<WorkstationClient>['reviews']['get'];

/** The facts below name action and actor in full. */
const mostInHeading = 70;

type ReviewDetailProps = {
  details: ReviewDetails;
  isBusy: boolean;
  hasKeys: boolean;
  onDecide: (decision: DecisionKind) => void;
};

export function ReviewDetail({ details, isBusy, hasKeys, onDecide }: ReviewDetailProps) {
  const { review, event, neighbours, decisions } = details;
  const { reviewer } = useStatus();
  const isOwnAction = reviewer !== null && review.actor === reviewer.id;
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
          disabled={isBusy || review.status === 'gone'}
          onDecide={onDecide}
        />
      </header>
      {isOwnAction && (
        <Notice tone="warning" title="This is your own action. Somebody else must decide on it." />
      )}
      <Facts
        facts={[
          { name: 'Due', value: <DueMark review={review} /> },
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
      {review.server !== null && <ServerDecisionCard review={review} />}
      {decisions.length > 0 && <DecisionHistory decisions={decisions} />}
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
        <h3>Shortly before and after, by the same actor</h3>
        <div className={styles.neighbours}>
          {neighbours.length === 0 ? (
            <EmptyState title="Nothing else in this span" />
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
