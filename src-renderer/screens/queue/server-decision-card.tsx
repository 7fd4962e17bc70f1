// What the audit database says about an item somebody decided there.
import type { Review } from '#shared/model/review.ts';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';

export function ServerDecisionCard({ review }: { review: Review }) {
  const { server } = review;
  if (server === null) return null;
  return (
    <section aria-label="Decision in the audit database">
      <h3>In the audit database</h3>
      {review.conflictStanding === 'open' && (
        <Notice tone="warning" title="The decision of record differs from ours, or was made first.">
          <p>
            Ours stays in the ledger as a concurrent opinion. Take the difference up with the other reviewer.
          </p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: 'Reviewer', value: <Verbatim value={server.reviewer} missing="nobody named" /> },
          {
            name: 'Reviewed',
            value: <InstantText instant={server.reviewedAt} precision="second" withOffset />,
          },
          { name: 'Notes', value: <FullValue name="Notes" value={server.notes} missing="none" /> },
        ]}
      />
    </section>
  );
}
