// Decisions that were sent and did not become the decision of record, each with what stands there instead.
import { useQuery } from '@tanstack/react-query';
import type { Review } from '#shared/model/review.ts';
import type { SyncReport } from '#shared/model/workspace.ts';
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { ActorText } from '../domain/actor-text.tsx';
import { useApi } from '../domain/api.ts';
import { DecisionMark, SyncMark } from '../domain/decision-mark.tsx';
import { InstantText } from '../domain/instant.tsx';
import { FieldChanges } from '../screens/queue/row-history.tsx';
import { Rich } from '../texts/rich.tsx';
import { text } from '../texts/text.ts';
import styles from './sync-report-dialog.module.css';

type NotOfRecordProps = { items: SyncReport['items']; reviews: readonly Review[] };

export function NotOfRecord({ items, reviews }: NotOfRecordProps) {
  if (items.length === 0) return null;
  return (
    <>
      <Notice tone="warning" title={text('app:report.notOfRecord', { count: items.length })}>
        <p>{text('app:report.oursKept')}</p>
      </Notice>
      <ul className={styles.items} aria-label={text('app:report.notOfRecordList')}>
        {items.map((item) => (
          <NotableItem
            key={item.decisionId}
            detail={item.detail}
            outcome={item.outcome}
            review={reviews.find(({ id }) => id === item.review)}
            id={item.review}
          />
        ))}
      </ul>
    </>
  );
}

/** What the row was and what it is now, as the pulls saw it. */
function LatestChange({ id }: { id: string }) {
  const { orpc } = useApi();
  const details = useQuery(orpc.reviews.get.queryOptions({ input: { id } }));
  const change = details.data?.history.find(({ kinds }) => kinds.includes('changed'));
  return change === undefined ? null : <FieldChanges fields={change.fields} />;
}

/** The queue shows each item in full. */
const mostInHead = 60;
const mostOfNotes = 400;

type NotableItemProps = {
  id: string;
  outcome: SyncReport['items'][number]['outcome'];
  detail: string | null;
  review: Review | undefined;
};

function NotableItem({ id, outcome, detail, review }: NotableItemProps) {
  return (
    <li className={styles.item}>
      <p className={styles.head}>
        <SyncMark sync={outcome} />
        {review === undefined ? (
          <code>{id}</code>
        ) : (
          <Rich
            of="app:report.by"
            parts={{
              what: <Verbatim value={review.action} most={mostInHead} />,
              who: (
                <ActorText
                  actor={review.actor}
                  name={review.actorName}
                  missing={text('app:report.unattributed')}
                  most={mostInHead}
                />
              ),
            }}
          />
        )}
      </p>
      {detail !== null && <p className={styles.detail}>{detail}</p>}
      {outcome === 'changed' && <LatestChange id={id} />}
      {review?.server && (
        <dl className={styles.sides}>
          <div>
            <dt>{text('app:report.ours')}</dt>
            <dd>
              {review.decision === null ? (
                text('app:report.noOurs')
              ) : (
                <DecisionMark decision={review.decision} />
              )}
            </dd>
          </div>
          <div>
            <dt>{text('app:report.theirs')}</dt>
            <dd>
              <Rich
                of="app:report.theirSide"
                parts={{
                  notes: (
                    <Verbatim
                      value={review.server.notes}
                      missing={text('app:report.noNotes')}
                      most={mostOfNotes}
                    />
                  ),
                  reviewer: <Verbatim value={review.server.reviewer} missing={text('app:report.nobody')} />,
                  when: <InstantText instant={review.server.reviewedAt} />,
                }}
              />
            </dd>
          </div>
        </dl>
      )}
    </li>
  );
}
