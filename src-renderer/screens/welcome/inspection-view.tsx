// What looking at the database found, in words, with its warnings; from here it is connected.
import { useState } from 'react';
import type { ConnectRequest, InspectionReport } from '#shared/model/connection.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Notice } from '../../components/notice.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
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
  const changes = report?.changes ?? [];
  const other = report?.otherDatabase ?? null;
  const [statement, setStatement] = useState({ ...nothingStated, about: report });
  if (statement.about !== report) setStatement({ ...nothingStated, about: report });
  const reason = statement.reason.trim();
  const isStated = other?.mayBeSame === true && statement.isStated && reason !== '';
  return (
    <Panel title="What is there">
      <ProblemNotice error={error} />
      {report === null && !error && (
        <EmptyState title="Nothing has been looked at yet.">
          <p>The report names the table, its columns, your rights, and what they mean for the review.</p>
        </EmptyState>
      )}
      {report !== null && (
        <>
          <ul className={styles.sentences} aria-label="Inspection report">
            {report.sentences.map((sentence) => (
              <li key={sentence} dir="auto">
                {sentence}
              </li>
            ))}
          </ul>
          {report.warnings.map((warning) => (
            <Notice key={warning} tone="warning" title={warning} />
          ))}
          {other !== null && (
            <OtherDatabase
              other={other}
              isStated={statement.isStated}
              reason={statement.reason}
              set={(part) => setStatement((before) => ({ ...before, ...part }))}
            />
          )}
          {changes.length > 0 && (
            <Notice
              tone="warning"
              title="The database is not as it was when this workspace was connected. Ask the DBA whether that is meant."
            >
              <ul className={styles.sentences} aria-label="Changes since it was connected">
                {changes.map((change) => (
                  <li key={change} dir="auto">
                    {change}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          <div className={styles.buttons}>
            <Button
              weight="primary"
              disabled={isConnecting || (other !== null && !isStated)}
              onClick={() =>
                onConnect({
                  ...(changes.length > 0 && { confirmChanges: true }),
                  ...(isStated && { sameDatabase: { reason } }),
                })
              }
            >
              {isConnecting ? 'Connecting…' : connectLabel(changes.length > 0)}
            </Button>
          </div>
        </>
      )}
    </Panel>
  );
}

function connectLabel(isChanged: boolean): string {
  return isChanged ? 'Confirm the changes, connect and refresh' : 'Connect and refresh';
}
