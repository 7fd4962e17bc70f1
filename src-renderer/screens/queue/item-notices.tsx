// What somebody must know about an item before they decide on it.
import { Notice } from '../../components/notice.tsx';
import { text } from '../../texts/text.ts';
import { wasWiped } from './row-standing.ts';
import type { ReviewDetails } from './review-details.ts';

export function ItemNotices({ details: { review, independence, history } }: { details: ReviewDetails }) {
  return (
    <>
      {independence.isOwnAction && <Notice tone="warning" title={text('queue:notices.own')} />}
      {review.undecidable !== undefined && <Notice tone="warning" title={review.undecidable} />}
      {review.status === 'gone' && <Notice tone="info" title={text('queue:notices.gone')} />}
      {review.reopened === true && (
        <Notice tone="warning" title={text('queue:notices.reopened')}>
          <p>{text('queue:notices.reopenedNext')}</p>
        </Notice>
      )}
      {review.reopened !== true && wasWiped(review, history) && (
        <Notice tone="warning" title={text('queue:notices.wiped')}>
          <p>{text('queue:notices.wipedNext')}</p>
        </Notice>
      )}
      {review.ownByAlias === true && (
        <Notice tone="warning" title={text('queue:lacks.own-action.title')}>
          <p>{text('queue:lacks.own-action.next')}</p>
        </Notice>
      )}
    </>
  );
}
