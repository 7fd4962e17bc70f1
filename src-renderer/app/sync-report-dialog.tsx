// What became of each decision that was sent, with the other decision beside ours where somebody was first.
import { useQuery } from '@tanstack/react-query';
import type { Review } from '#shared/model/review.ts';
import type { Job, SyncReport } from '#shared/model/workspace.ts';
import { syncReport } from '#shared/model/workspace.ts';
import { Button } from '../components/button.tsx';
import type { Fact } from '../components/facts.tsx';
import { Facts } from '../components/facts.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { Notice } from '../components/notice.tsx';
import { useApi } from '../domain/api.ts';
import { formatCount } from '../domain/count-words.ts';
import { useStatus } from '../domain/workspace-status.ts';
import { text } from '../texts/text.ts';
import { AnomalySyncFacts } from './anomaly-sync-facts.tsx';
import { NotOfRecord } from './not-of-record.tsx';
import { reportTitle, reportWords } from './send-words.ts';
import { StaysHere } from './stays-here.tsx';
import { goTo } from './use-screen.ts';

export function SyncReportDialog({ job, onClose }: { job: Job; onClose: () => void }) {
  const { orpc } = useApi();
  const reviews = useQuery(orpc.reviews.list.queryOptions({ input: {} }));
  const report = syncReport.safeParse(job.result);
  return (
    <Modal
      title={report.success ? reportTitle(report.data) : text('app:report.title')}
      onClose={onClose}
      width="wide"
    >
      {report.success ? (
        <Report report={report.data} reviews={reviews.data ?? []} />
      ) : (
        <Notice tone="warning" title={text('app:report.unreadable')} />
      )}
      <ModalActions>
        {report.success && report.data.superseded + (report.data.anomalies?.superseded ?? 0) > 0 && (
          <Button
            onClick={() => {
              onClose();
              goTo('conflicts');
            }}
          >
            {text('app:report.seeBoth')}
          </Button>
        )}
        <Button weight="primary" onClick={onClose}>
          {text('app:report.done')}
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
      {report.sent > 0 && notable.length === 0 ? (
        <Notice tone="good" title={reportWords(report)} />
      ) : (
        <p>{reportWords(report)}</p>
      )}
      <Facts columns={2} facts={factsOf(report)} />
      {report.warnings?.map((sentence) => (
        <Notice key={sentence} tone="warning" title={sentence} />
      ))}
      {unsent > 0 && (
        <Notice tone="info" title={text('app:report.stillUnsent', { count: unsent })}>
          <p>{text('app:report.whyUnsent')}</p>
        </Notice>
      )}
      <NotOfRecord items={notable} reviews={reviews} />
      <StaysHere told={new Set(report.items.map(({ decisionId }) => decisionId))} />
      {report.anomalies && <AnomalySyncFacts report={report.anomalies} />}
    </>
  );
}

function factsOf(report: SyncReport): Fact[] {
  const { refusedHere } = report;
  return [
    { name: text('app:report.fact.sent'), value: formatCount(report.sent) },
    { name: text('app:report.fact.applied'), value: formatCount(report.applied) },
    { name: text('app:report.fact.alreadyMine'), value: formatCount(report.alreadyMine) },
    { name: text('app:report.fact.superseded'), value: formatCount(report.superseded) },
    { name: text('app:report.fact.changed'), value: formatCount(report.changed) },
    { name: text('app:report.fact.notVisible'), value: formatCount(report.notVisible) },
    { name: text('app:report.fact.rejected'), value: formatCount(report.rejected - (refusedHere ?? 0)) },
    ...(refusedHere === undefined
      ? []
      : [{ name: text('app:report.fact.refusedHere'), value: formatCount(refusedHere) }]),
  ];
}
