// One finding explained: the questions a reviewer has, the numbers, a picture of them, the events, and what people concluded.
import type { InferClientOutputs } from '@orpc/client';
import type { Disposition, Finding } from '#shared/model/finding.ts';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi, type WorkstationClient } from '../../domain/api.ts';
import { ActorFull } from '../../domain/actor-full.tsx';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { EventGrid } from '../../domain/event-grid.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { ActorRiskNote } from './actor-risk-note.tsx';
import { DispositionBar } from './disposition-bar.tsx';
import { ExceptionNote } from './exception-note.tsx';
import styles from './finding-detail.module.css';
import { FindingExplanation } from './finding-explanation.tsx';
import { FindingNumbers } from './finding-numbers.tsx';
import { statusLabels, statusOf } from './finding-rules.ts';
import { FindingSubject } from './finding-subject.tsx';
import { FindingVersions } from './finding-versions.tsx';
import { OwnNotice } from './own-notice.tsx';
import { ProposalPanel } from './proposal-panel.tsx';
import { PublicationNote } from './publication-note.tsx';
import { WhyNotPanel } from './why-not-panel.tsx';

export type FindingDetails = InferClientOutputs<WorkstationClient>['findings']['get'];

/** The facts below name action and actor in full. */
const mostInHeading = 70;

type FindingDetailProps = {
  details: FindingDetails;
  onDispose: (disposition: Disposition) => void;
  onLetPass: () => void;
  onHeatmap: () => void;
};

export function FindingDetail({ details, onDispose, onLetPass, onHeatmap }: FindingDetailProps) {
  const { client } = useApi();
  const { finding, versions, events, independence } = details;
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <Heading finding={finding} />
        <DispositionBar
          onDispose={onDispose}
          onLetPass={finding.suppressedBy === null ? onLetPass : undefined}
        />
      </header>
      {independence.isOwnAction && <OwnNotice />}
      {finding.suppressedBy !== null && <ExceptionNote id={finding.suppressedBy} />}
      {finding.proposal !== undefined && (
        <ProposalPanel
          proposal={finding.proposal}
          canConcur={independence.canConcur}
          record={(agree, reason) => client.findings.concur({ id: finding.id, agree, reason })}
        />
      )}
      <FindingExplanation finding={finding} />
      <Identity finding={finding} onHeatmap={onHeatmap} />
      <section>
        <h3>Numbers</h3>
        <FindingNumbers finding={finding} />
      </section>
      <PublicationNote finding={finding.id} />
      <ActorRiskNote finding={finding} />
      {versions.length > 1 && <FindingVersions versions={versions} />}
      <section>
        <h3>{countWords(events.length, 'event')} behind it</h3>
        <div className={styles.events}>
          <EventGrid label="Events of the finding" events={events} />
        </div>
      </section>
      {finding.actor !== '' && <WhyNotPanel key={finding.id} finding={finding} />}
    </div>
  );
}

function Heading({ finding }: { finding: Finding }) {
  const titleOf = useDetectorTitles();
  return (
    <h2>
      {titleOf(finding.detector)}
      <span className={styles.subject}>
        {finding.action !== '' && (
          <>
            <Verbatim value={finding.action} most={mostInHeading} /> by{' '}
          </>
        )}
        <FindingSubject finding={finding} most={mostInHeading} />
      </span>
    </h2>
  );
}

function Identity({ finding, onHeatmap }: { finding: Finding; onHeatmap: () => void }) {
  const facts = [
    { name: 'Severity', value: <SeverityMark severity={finding.severity} /> },
    ...(finding.action === ''
      ? []
      : [{ name: 'Action', value: <FullValue name="Action" value={finding.action} /> }]),
    { name: 'Actor', value: <ActorFull actor={finding.actor} name={finding.actorName} /> },
    {
      name: 'When',
      value: (
        <>
          <InstantText instant={finding.start} withOffset /> to <InstantText instant={finding.end} />
        </>
      ),
    },
    { name: 'Source account', value: <Verbatim value={finding.sourceAccount} /> },
    { name: 'Found', value: <InstantText instant={finding.foundAt} /> },
    { name: 'Disposition', value: statusLabels[statusOf(finding)] },
  ];
  if (finding.disposition !== null) {
    facts.push(
      {
        name: 'Concluded',
        value: (
          <>
            <InstantText instant={finding.disposedAt} /> by <Verbatim value={finding.disposedBy} />
          </>
        ),
      },
      { name: 'Note', value: <FullValue name="Note" value={finding.dispositionNote} /> },
    );
    if (finding.blindCheck)
      facts.push({ name: 'Check', value: 'An exception lets it pass; it was shown to check the exception.' });
  }
  return (
    <>
      <Facts facts={facts} />
      {finding.actor !== '' && (
        <div>
          <Button size="small" onClick={onHeatmap}>
            Show this hour in the heatmap
          </Button>
        </div>
      )}
    </>
  );
}
