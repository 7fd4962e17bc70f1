// The items a decision covers, and those it leaves out with the reason why.
import type { Review } from '#shared/model/review.ts';
import type { BulkPreview } from '#shared/model/triage.ts';
import { Notice } from '../../components/notice.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { DecisionMark } from '../../domain/decision-mark.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';
import styles from './decision-dialog.module.css';

/** The queue shows each of the items in full. */
const mostInList = 80;

export function CoveredItems({ reviews }: { reviews: readonly Review[] }) {
  return (
    <ScrollRegion label={text('queue:dialog.covered')} height="small">
      <ul>
        {reviews.map((review) => (
          <li key={review.id} className={styles.item}>
            <ItemLine review={review} />
            {review.decision !== null && <DecisionMark decision={review.decision} />}
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}

function ItemLine({ review }: { review: Review }) {
  return (
    <>
      <Verbatim value={review.action} most={mostInList} />
      <span>
        <ActorText
          actor={review.actor}
          name={review.actorName}
          missing={text('queue:unattributed')}
          most={mostInList}
        />
      </span>
      <InstantText instant={review.createdAt} />
    </>
  );
}

type LeftOutItemsProps = { leftOut: BulkPreview['leftOut']; reviews: readonly Review[] };

export function LeftOutItems({ leftOut, reviews }: LeftOutItemsProps) {
  const byId = new Map(reviews.map((review) => [review.id, review]));
  return (
    <Notice tone="warning" title={text('queue:dialog.leftOut', { count: leftOut.length })}>
      <ScrollRegion label={text('queue:dialog.leftOutLabel')} height="small">
        <ul>
          {leftOut.map(({ id, sentence }) => {
            const review = byId.get(id);
            return (
              <li key={id} className={styles.item}>
                {review !== undefined && <ItemLine review={review} />}
                <span className={styles.why}>{sentence}</span>
              </li>
            );
          })}
        </ul>
      </ScrollRegion>
    </Notice>
  );
}
