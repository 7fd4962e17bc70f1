// One conflict about an anomaly of the source in full: both sides, what changed since, every closing, and all of the ledger about it.
import type { AnomalyConflictDetail as Details } from '#shared/model/anomaly-conflict.ts';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { AnomalyClosings } from './anomaly-closings.tsx';
import { anomalyFieldWords, anomalyStoryOf } from './anomaly-conflict-words.ts';
import { AnomalyOpinions } from './anomaly-opinions.tsx';
import { ChangesSection } from './changes-section.tsx';
import { ConflictActs } from './conflict-acts.tsx';
import { adviceOf } from './conflict-words.ts';
import styles from './conflict-detail.module.css';
import { LedgerEntries } from './ledger-entries.tsx';
import { PaperNote } from './paper-note.tsx';

const mostInHeading = 70;

type AnomalyConflictDetailProps = { details: Details; onClose: () => void; onPrint: () => void };

export function AnomalyConflictDetail({ details, onClose, onPrint }: AnomalyConflictDetailProps) {
  const { conflict, context, changes, closings, entries } = details;
  const { item, standing } = conflict;
  const advice = adviceOf(standing, 'anomaly');
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={item.anomalyType} most={mostInHeading} /> of{' '}
          <Verbatim value={item.user} missing="nobody named" most={mostInHeading} />
        </h2>
        <ConflictActs conflict={conflict} onClose={onClose} onPrint={onPrint} />
      </header>
      <p>{anomalyStoryOf(conflict)}</p>
      <AnomalyOpinions details={details} />
      <Notice tone={standing === 'open' ? 'warning' : 'info'} title={advice.title}>
        <p>{advice.text}</p>
      </Notice>
      {closings.length > 0 && (
        <AnomalyClosings closings={closings} inForce={conflict.closing?.entry ?? null} />
      )}
      <ChangesSection
        title="Changed since ours was recorded"
        changes={changes}
        unchanged="Nothing: the scorer’s words are what was shown then."
        fieldWords={anomalyFieldWords}
        renderValue={(change, when, name) => <FullValue name={name} value={change[when]} missing="nothing" />}
      />
      <Facts
        facts={[
          { name: 'Row', value: <Verbatim value={item.id} /> },
          { name: 'Severity there', value: <SeverityMark severity={item.severity} /> },
          {
            name: 'Score there',
            value: (
              <>
                <Verbatim value={item.score} missing="none" /> ({item.scoreScale})
              </>
            ),
          },
          { name: 'User', value: <FullValue name="User" value={item.user} missing="nobody named" /> },
          { name: 'Detected', value: <Verbatim value={item.detectedText} /> },
          { name: 'Tenant', value: <Verbatim value={item.tenant} missing="none" /> },
          { name: 'Context', value: <FullValue name="Context" value={context} missing="none" /> },
          ...(item.vanishedAt === null
            ? []
            : [{ name: 'Gone since', value: <InstantText instant={item.vanishedAt} withOffset /> }]),
        ]}
      />
      <LedgerEntries entries={entries} />
      <PaperNote />
    </div>
  );
}
