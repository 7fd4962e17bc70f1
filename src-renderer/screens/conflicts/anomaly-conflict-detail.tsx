// One conflict about an anomaly of the source in full: both sides, what changed since, every closing, and all of the ledger about it.
import type { AnomalyConflictDetail as Details } from '#shared/model/anomaly-conflict.ts';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
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
  const advice = adviceOf(standing, 'anomaly', conflict.theirs !== null);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Rich
            of="conflicts:anomalyOf"
            parts={{
              what: <Verbatim value={item.anomalyType} most={mostInHeading} />,
              who: <Verbatim value={item.user} missing={text('conflicts:nobody')} most={mostInHeading} />,
            }}
          />
        </h2>
        <ConflictActs conflict={conflict} onClose={onClose} onPrint={onPrint} />
      </header>
      <p>{anomalyStoryOf(conflict)}</p>
      <AnomalyOpinions details={details} />
      <Notice tone={standing === 'open' ? 'warning' : 'info'} title={advice.title}>
        <p>{advice.meaning}</p>
      </Notice>
      {closings.length > 0 && (
        <AnomalyClosings closings={closings} inForce={conflict.closing?.entry ?? null} />
      )}
      <ChangesSection
        title={text('conflicts:changes.sinceRecorded')}
        changes={changes}
        unchanged={text('conflicts:changes.noneAnomaly')}
        fieldWords={anomalyFieldWords}
        renderValue={(change, when, name) => (
          <FullValue name={name} value={change[when]} missing={text('conflicts:nothing')} />
        )}
      />
      <Facts
        facts={[
          { name: text('conflicts:fact.row'), value: <Verbatim value={item.id} /> },
          { name: text('conflicts:fact.severityThere'), value: <SeverityMark severity={item.severity} /> },
          {
            name: text('conflicts:fact.scoreThere'),
            value: (
              <>
                <Verbatim value={item.score} missing={text('conflicts:none')} /> ({item.scoreScale})
              </>
            ),
          },
          {
            name: text('conflicts:fact.user'),
            value: (
              <FullValue
                name={text('conflicts:fact.user')}
                value={item.user}
                missing={text('conflicts:nobody')}
              />
            ),
          },
          { name: text('conflicts:fact.detected'), value: <Verbatim value={item.detectedText} /> },
          {
            name: text('conflicts:fact.tenant'),
            value: <Verbatim value={item.tenant} missing={text('conflicts:none')} />,
          },
          {
            name: text('conflicts:fact.context'),
            value: (
              <FullValue
                name={text('conflicts:fact.context')}
                value={context}
                missing={text('conflicts:none')}
              />
            ),
          },
          ...(item.vanishedAt === null
            ? []
            : [
                {
                  name: text('conflicts:fact.goneSince'),
                  value: <InstantText instant={item.vanishedAt} withOffset />,
                },
              ]),
        ]}
      />
      <LedgerEntries entries={entries} />
      <PaperNote />
    </div>
  );
}
