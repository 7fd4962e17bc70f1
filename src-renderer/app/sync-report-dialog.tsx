// What became of each decision that was sent, with the other decision beside ours where somebody was first.
import { useQuery } from '@tanstack/react-query';
import type { Review } from '#shared/model/review.ts';
import type { Job, SyncReport } from '#shared/model/workspace.ts';
import { syncReport } from '#shared/model/workspace.ts';
import { Button } from '../components/button.tsx';
import { Facts } from '../components/facts.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { Verbatim } from '../components/verbatim.tsx';
import { useApi } from '../domain/api.ts';
import { ActorText } from '../domain/actor-text.tsx';
import { countWords, formatCount } from '../domain/count-words.ts';
import { DecisionMark, SyncMark } from '../domain/decision-mark.tsx';
import { InstantText } from '../domain/instant.tsx';
import { useStatus } from '../domain/workspace-status.ts';
import { FieldChanges } from '../screens/queue/row-history.tsx';
import { AnomalySyncFacts } from './anomaly-sync-facts.tsx';
import styles from './sync-report-dialog.module.css';
import { reportTitle, reportWords } from './send-words.ts';
import { goTo } from './use-screen.ts';

export function SyncReportDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { orpc } = useApi();
  const reviews = useQuery(orpc.reviews.list.queryOptions({ input: {} }));
  const report = syncReport.safeParse(job.result);
  return (
    <Modal
      title={report.success ? reportTitle(report.data) : 'Decisions sent'}
      onClose={onClose}
      width="wide"
    >
      {report.success ? (
        <Report report={report.data} reviews={reviews.data ?? []} />
      ) : (
        <Notice
          tone="warning"
          title="The report of this sync cannot be read. The ledger holds every outcome."
        />
      )}
      <ModalActions>
        {report.success && report.data.superseded + (report.data.anomalies?.superseded ?? 0) > 0 && (
          <Button
            onClick={() => {
              onClose();
              goTo('conflicts');
            }}
          >
            See both sides
          </Button>
        )}
        <Button weight="primary" onClick={onClose}>
          Done
        </Button>
      </ModalActions>
    </Modal>
  );
}

function Report({ report, reviews }: { report: SyncReport; reviews: readonly Review[] }) {
  const { unsent } = useStatus();
  const notable = report.items.filter(
    (item) => item.outcome !== 'applied' && item.outcome !== 'already-mine',
  );
  return (
    <>
      <p>{reportWords(report)}</p>
      <Facts
        columns={2}
        facts={[
          { name: 'Sent', value: formatCount(report.sent) },
          { name: 'Applied', value: formatCount(report.applied) },
          { name: 'Already mine', value: formatCount(report.alreadyMine) },
          { name: 'Superseded', value: formatCount(report.superseded) },
          { name: 'Changed', value: formatCount(report.changed) },
          { name: 'Not visible', value: formatCount(report.notVisible) },
          {
            name: 'Rejected by the database',
            value: formatCount(report.rejected - (report.refusedHere ?? 0)),
          },
          ...(report.refusedHere === undefined
            ? []
            : [{ name: 'Refused here, not sent', value: formatCount(report.refusedHere) }]),
        ]}
      />
      {report.warnings?.map((sentence) => (
        <Notice key={sentence} tone="warning" title={sentence} />
      ))}
      {unsent > 0 && (
        <Notice
          tone="info"
          title={`${countWords(unsent, 'decision')} still ${unsent === 1 ? 'waits' : 'wait'} to be sent.`}
        >
          <p>
            Either the database was busy with the row, or it was decided meanwhile. Sending again goes on from
            there.
          </p>
        </Notice>
      )}
      {report.sent > 0 && notable.length === 0 && unsent === 0 && (
        <Notice tone="good" title="Every decision is in the audit database." />
      )}
      {notable.length > 0 && (
        <>
          <Notice
            tone="warning"
            title={`${countWords(notable.length, 'decision')} did not become the decision of record.`}
          >
            <p>Ours are kept in the ledger and go into the evidence pack as concurrent opinions.</p>
          </Notice>
          <ul className={styles.items} aria-label="Decisions that did not become the decision of record">
            {notable.map((item) => (
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
      )}
      {report.anomalies && <AnomalySyncFacts report={report.anomalies} />}
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
          <>
            <Verbatim value={review.action} most={mostInHead} /> by{' '}
            <ActorText
              actor={review.actor}
              name={review.actorName}
              missing="an unattributed actor"
              most={mostInHead}
            />
          </>
        )}
      </p>
      {detail !== null && <p className={styles.detail}>{detail}</p>}
      {outcome === 'changed' && <LatestChange id={id} />}
      {review?.server && (
        <dl className={styles.sides}>
          <div>
            <dt>Ours</dt>
            <dd>{review.decision === null ? 'none' : <DecisionMark decision={review.decision} />}</dd>
          </div>
          <div>
            <dt>Theirs</dt>
            <dd>
              <Verbatim value={review.server.notes} missing="no notes" most={mostOfNotes} /> — by{' '}
              <Verbatim value={review.server.reviewer} missing="nobody named" />,{' '}
              <InstantText instant={review.server.reviewedAt} />
            </dd>
          </div>
        </dl>
      )}
    </li>
  );
}
