// The items a decision covers, and those it leaves out with the reason why.
import type { Review } from '#shared/model/review.ts';
import type { BulkPreview } from '#shared/model/triage.ts';
import { CoveredList, LeftOutList, type CoveredLine } from '../../domain/covered-list.tsx';
import { DecisionMark } from '../../domain/decision-mark.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';

export function CoveredItems({ reviews }: { reviews: readonly Review[] }) {
  const lines = reviews.map((review) => ({
    ...lineOf(review),
    rest: (
      <>
        <InstantText instant={review.createdAt} />
        {review.decision !== null && <DecisionMark decision={review.decision} />}
      </>
    ),
  }));
  return <CoveredList label={text('queue:dialog.covered')} lines={lines} />;
}

type LeftOutItemsProps = { leftOut: BulkPreview['leftOut']; reviews: readonly Review[] };

export function LeftOutItems({ leftOut, reviews }: LeftOutItemsProps) {
  const byId = new Map(reviews.map((review) => [review.id, lineOf(review)]));
  return (
    <LeftOutList
      title={text('queue:dialog.leftOut', { count: leftOut.length })}
      label={text('queue:dialog.leftOutLabel')}
      lines={leftOut.map(({ id, sentence }) => ({ key: id, line: byId.get(id) ?? null, sentence }))}
    />
  );
}

function lineOf({ id, action, actor, actorName, createdAt }: Review): CoveredLine {
  return {
    key: id,
    what: action,
    whose: { actor, name: actorName, missing: text('queue:unattributed') },
    rest: <InstantText instant={createdAt} />,
  };
}
