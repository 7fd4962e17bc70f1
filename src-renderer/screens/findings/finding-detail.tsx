// One finding explained: the questions a reviewer has, a picture of the numbers and the formula, the events, and what people concluded.
import type { InferClientOutputs } from '@orpc/client';
import type { Disposition, Finding } from '#shared/model/finding.ts';
import { Facts, type Fact } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi, type WorkstationClient } from '../../domain/api.ts';
import { ActorFull } from '../../domain/actor-full.tsx';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { EventGrid } from '../../domain/event-grid.tsx';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { ActorRiskNote } from './actor-risk-note.tsx';
import { DispositionBar } from './disposition-bar.tsx';
import { ExceptionNote } from './exception-note.tsx';
import { FindingBaseline } from './finding-baseline.tsx';
import styles from './finding-detail.module.css';
import { FindingExplanation, FurtherExplanation } from './finding-explanation.tsx';
import { FindingFormula } from './finding-formula.tsx';
import { FindingNumbers } from './finding-numbers.tsx';
import { statusLabels, statusOf } from './finding-rules.ts';
import { FindingSubject } from './finding-subject.tsx';
import { FindingUsual } from './finding-usual.tsx';
import { FindingVersions } from './finding-versions.tsx';
import { LeadElsewhere, type LeadTo } from './lead-elsewhere.tsx';
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
  onGoTo: LeadTo;
};

export function FindingDetail({ details, onDispose, onLetPass, onGoTo }: FindingDetailProps) {
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
      <LeadElsewhere finding={finding} onGoTo={onGoTo} />
      <FindingBaseline finding={finding} />
      <FindingFormula finding={finding} />
      <FurtherExplanation finding={finding} />
      <Identity finding={finding} />
      <Numbers finding={finding} />
      {finding.actor !== '' && <FindingUsual finding={finding} />}
      <PublicationNote finding={finding.id} />
      <ActorRiskNote finding={finding} />
      {versions.length > 1 && <FindingVersions versions={versions} />}
      <section>
        <h3>{text('findings:detail.behind', { count: events.length })}</h3>
        <div className={styles.events}>
          <EventGrid label={text('findings:detail.eventsOf')} events={events} />
        </div>
      </section>
      {finding.actor !== '' && <WhyNotPanel key={finding.id} finding={finding} />}
    </div>
  );
}

function Heading({ finding }: { finding: Finding }) {
  const titleOf = useDetectorTitles();
  const subject = <FindingSubject finding={finding} most={mostInHeading} />;
  return (
    <h2>
      {titleOf(finding.detector)}
      <span className={styles.subject}>
        {finding.action === '' ? (
          subject
        ) : (
          <Rich
            of="findings:detail.of"
            parts={{ action: <Verbatim value={finding.action} most={mostInHeading} />, subject }}
          />
        )}
      </span>
    </h2>
  );
}

function Numbers({ finding }: { finding: Finding }) {
  return (
    <section>
      <h3>{text('findings:detail.numbers')}</h3>
      <details className={styles.numbers}>
        <summary>{text('findings:number.every')}</summary>
        <div className={styles.numbersBody}>
          <FindingNumbers finding={finding} />
        </div>
      </details>
    </section>
  );
}

function Identity({ finding }: { finding: Finding }) {
  const facts: Fact[] = [
    { name: text('findings:detail.severity'), value: <SeverityMark severity={finding.severity} /> },
    ...(finding.action === ''
      ? []
      : [
          {
            name: text('findings:detail.action'),
            value: <FullValue name={text('findings:detail.action')} value={finding.action} />,
          },
        ]),
    {
      name: text('findings:detail.actor'),
      value: <ActorFull actor={finding.actor} name={finding.actorName} />,
    },
    {
      name: text('findings:detail.when'),
      value: (
        <Rich
          of="findings:detail.span"
          parts={{
            start: <InstantText instant={finding.start} withOffset />,
            end: <InstantText instant={finding.end} />,
          }}
        />
      ),
    },
    {
      name: text('findings:detail.sourceAccount'),
      value: <Verbatim value={finding.sourceAccount} />,
    },
    { name: text('findings:detail.found'), value: <InstantText instant={finding.foundAt} /> },
    { name: text('findings:detail.disposition'), value: statusLabels[statusOf(finding)] },
  ];
  return <Facts facts={[...facts, ...conclusion(finding)]} />;
}

function conclusion(finding: Finding): Fact[] {
  if (finding.disposition === null) return [];
  const name = text('findings:detail.note');
  return [
    {
      name: text('findings:detail.concluded'),
      value: (
        <Rich
          of="findings:detail.by"
          parts={{
            at: <InstantText instant={finding.disposedAt} />,
            who: <Verbatim value={finding.disposedBy} />,
          }}
        />
      ),
    },
    { name, value: <FullValue name={name} value={finding.dispositionNote} /> },
    ...(finding.blindCheck
      ? [{ name: text('findings:detail.check'), value: text('findings:detail.blindCheck') }]
      : []),
  ];
}
