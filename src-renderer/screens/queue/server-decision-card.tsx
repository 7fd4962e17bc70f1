// What the audit database says about an item somebody decided there.
import type { Review } from '#shared/model/review.ts';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { text } from '../../texts/text.ts';

export function ServerDecisionCard({ review }: { review: Review }) {
  const { server } = review;
  if (server === null) return null;
  return (
    <section aria-label={text('queue:server.label')}>
      <h3>{text('queue:server.title')}</h3>
      {review.conflictStanding === 'open' && (
        <Notice tone="warning" title={text('queue:server.differs')}>
          <p>{text('queue:server.next')}</p>
        </Notice>
      )}
      <Facts
        facts={[
          {
            name: text('queue:server.reviewer'),
            value: <Verbatim value={server.reviewer} missing={text('queue:nobodyNamed')} />,
          },
          {
            name: text('queue:server.reviewed'),
            value: <InstantText instant={server.reviewedAt} precision="second" withOffset />,
          },
          {
            name: text('queue:server.notes'),
            value: (
              <FullValue
                name={text('queue:server.notes')}
                value={server.notes}
                missing={text('queue:server.noNotes')}
              />
            ),
          },
        ]}
      />
    </section>
  );
}
