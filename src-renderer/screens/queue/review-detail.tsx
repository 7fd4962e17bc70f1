// One review item in full: what happened, what is usual, what is known around it, and everything decided about it.
import type { ReviewContext } from '#shared/model/decision-context.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { TriageItem } from '#shared/model/triage.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { DecisionBar } from '../../domain/decision-bar.tsx';
import { EventFacts } from '../../domain/event-facts.tsx';
import { EventGrid } from '../../domain/event-grid.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { DecisionHistory } from './decision-history.tsx';
import { KeptPart } from './kept-part.tsx';
import { DueClock } from './due-clock.tsx';
import { EarlierPart } from './earlier-part.tsx';
import { FindingsPart } from './findings-part.tsx';
import { ItemFacts, RowNote } from './item-facts.tsx';
import { ItemNotices } from './item-notices.tsx';
import { PeersPart } from './peers-part.tsx';
import styles from './review-detail.module.css';
import type { ReviewDetails } from './review-details.ts';
import { RowHistory } from './row-history.tsx';
import { SecondPanel } from './second-panel.tsx';
import { ServerDecisionCard } from './server-decision-card.tsx';
import { UsualPart } from './usual-part.tsx';

/** The facts below name action and actor in full. */
const mostInHeading = 70;

type ReviewDetailProps = {
  details: ReviewDetails;
  item: TriageItem;
  /** Null while it is being read. */
  context: ReviewContext | null;
  contextError: unknown;
  isBusy: boolean;
  hasKeys: boolean;
  onDecide: (decision: DecisionKind) => void;
  onFinding: (id: string) => void;
};

export function ReviewDetail(props: ReviewDetailProps) {
  const { details, item, context, contextError, isBusy, hasKeys, onDecide, onFinding } = props;
  const { review, event, decisions, history } = details;
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Rich
            of="queue:heading"
            parts={{
              action: <Verbatim value={review.action} most={mostInHeading} />,
              actor: (
                <ActorText
                  actor={review.actor}
                  name={review.actorName}
                  missing={text('queue:anUnattributed')}
                  most={mostInHeading}
                />
              ),
            }}
          />
        </h2>
        <DueClock review={review} clock={context?.sla ?? null} />
        <DecisionBar
          label={text('queue:decide')}
          hasKeys={hasKeys}
          disabled={isBusy || review.status === 'gone' || review.undecidable !== undefined}
          onDecide={onDecide}
        />
      </header>
      <ItemNotices details={details} />
      <SecondPanel key={review.decisionId} details={details} />
      {review.notes !== undefined && review.notes !== '' && <RowNote notes={review.notes} />}
      {review.server !== null && <ServerDecisionCard review={review} />}
      {decisions.length > 0 && <DecisionHistory decisions={decisions} />}
      <KeptPart part="event" title={text('queue:event.title')}>
        {event === null ? (
          <Notice tone="info" title={text('queue:event.missing')}>
            <p>{text('queue:event.missingWords')}</p>
          </Notice>
        ) : (
          <EventFacts event={event} />
        )}
      </KeptPart>
      <ProblemNotice error={contextError} />
      {context === null && contextError === null && <EmptyState title={text('queue:contextLoading')} />}
      {context !== null && (
        <>
          <FindingsPart context={context} citing={item.surprisingFinding} onFinding={onFinding} />
          <UsualPart context={context} />
          <EarlierPart context={context} />
          <PeersPart context={context} />
        </>
      )}
      <NearbyPart details={details} context={context} />
      <RowHistory history={history} />
      <ItemFacts review={review} event={event} />
    </div>
  );
}

function NearbyPart({
  details: { event, neighbours },
  context,
}: Pick<ReviewDetailProps, 'details' | 'context'>) {
  return (
    <KeptPart
      part="nearby"
      title={text('queue:nearby.title')}
      summary={
        context === null || context.at === null
          ? undefined
          : text('queue:nearby.summary', { count: Math.max(0, context.nearby.total - 1) })
      }
    >
      <div className={styles.neighbours}>
        {neighbours.every(({ id }) => id === event?.id) ? (
          <EmptyState title={text('queue:nearby.none')} />
        ) : (
          <EventGrid
            label={text('queue:nearby.label')}
            events={neighbours}
            {...(event === null ? {} : { selectedId: event.id })}
          />
        )}
      </div>
    </KeptPart>
  );
}
