// What looking at the database found: first whatever speaks against connecting, then the report; from here it is connected.
import { useEffect, useRef, useState } from 'react';
import type { ConnectRequest, InspectionReport } from '#shared/model/connection.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { ReportSentences, Sentences } from '../../domain/report-sentences.tsx';
import { text } from '../../texts/text.ts';
import styles from './inspection-view.module.css';
import { OtherDatabase } from './other-database.tsx';

type InspectionViewProps = {
  report: InspectionReport | null;
  error: unknown;
  isConnecting: boolean;
  /** Called with what connecting confirms: changes the report named, and that the database is the one decided about. */
  onConnect: (confirmed: Confirmed) => void;
};

export type Confirmed = Pick<ConnectRequest, 'confirmChanges' | 'sameDatabase'>;

const nothingStated = { isStated: false, reason: '' };

export function InspectionView({ report, error, isConnecting, onConnect }: InspectionViewProps) {
  const other = report?.otherDatabase ?? null;
  const [statement, setStatement] = useState({ ...nothingStated, about: report });
  if (statement.about !== report) setStatement({ ...nothingStated, about: report });
  const reason = statement.reason.trim();
  const isStated = other?.mayBeSame === true && statement.isStated && reason !== '';
  const frame = useInView(report ?? error);
  return (
    <div ref={frame} className={styles.frame}>
      <Panel title={text('welcome:report.title')}>
        <ProblemNotice error={error} />
        {report === null && !error && (
          <EmptyState title={text('welcome:report.none')}>
            <p>{text('welcome:report.noneHint')}</p>
          </EmptyState>
        )}
        {other !== null && (
          <OtherDatabase
            other={other}
            isStated={statement.isStated}
            reason={statement.reason}
            set={(part) => setStatement((before) => ({ ...before, ...part }))}
          />
        )}
        {report !== null && (
          <Report
            report={report}
            isConnecting={isConnecting}
            isAdmitted={other === null || isStated}
            onConnect={(confirmed) =>
              onConnect({ ...confirmed, ...(isStated && { sameDatabase: { reason } }) })
            }
          />
        )}
      </Panel>
    </div>
  );
}

type ReportProps = {
  report: InspectionReport;
  isConnecting: boolean;
  isAdmitted: boolean;
  onConnect: (confirmed: Confirmed) => void;
};

function Report({ report, isConnecting, isAdmitted, onConnect }: ReportProps) {
  const changes = report.changes ?? [];
  const label = changes.length > 0 ? 'welcome:report.confirm' : 'welcome:report.connect';
  return (
    <>
      {changes.length > 0 && (
        <Notice tone="warning" title={text('welcome:report.changed')}>
          <Sentences label={text('welcome:report.changes')} sentences={changes} />
        </Notice>
      )}
      <ReportSentences report={report} />
      <div className={styles.buttons}>
        <Button
          weight="primary"
          disabled={isConnecting || !isAdmitted}
          onClick={() => onConnect(changes.length > 0 ? { confirmChanges: true } : {})}
        >
          {text(isConnecting ? 'welcome:report.connecting' : label)}
        </Button>
      </div>
    </>
  );
}

/** Where the answer stands below the form, it comes into view by itself. */
function useInView(answer: unknown) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (answer !== null && answer !== undefined) frame.current?.scrollIntoView({ block: 'nearest' });
  }, [answer]);
  return frame;
}
