// One finding explained: a sentence, the numbers, a picture of them, the events, and what people concluded.
import type { InferClientOutputs } from '@orpc/client';
import { dispositions, z3EvidenceOf } from '#shared/model/finding.ts';
import type { Disposition, Finding } from '#shared/model/finding.ts';
import { NumberLineChart } from '../../charts/number-line-chart.tsx';
import { Button } from '../../components/button.tsx';
import { Facts } from '../../components/facts.tsx';
import { FullValue } from '../../components/full-value.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import type { WorkstationClient } from '../../domain/api.ts';
import { ActorFull } from '../../domain/actor-full.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { countWords } from '../../domain/count-words.ts';
import { EventGrid } from '../../domain/event-grid.tsx';
import { markValues } from '../../domain/event-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { Sentence } from '../../domain/sentence.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import styles from './finding-detail.module.css';
import { FindingNumbers } from './finding-numbers.tsx';
import { dispositionWords, statusLabels, statusOf } from './finding-rules.ts';
import { FindingVersions } from './finding-versions.tsx';

export type FindingDetails = InferClientOutputs<WorkstationClient>['findings']['get'];

/** The facts below name action and actor in full. */
const mostInHeading = 70;

type FindingDetailProps = { details: FindingDetails; onDispose: (disposition: Disposition) => void };

export function FindingDetail({ details, onDispose }: FindingDetailProps) {
  const { finding, versions, events } = details;
  const z3 = z3EvidenceOf(finding);
  return (
    <div className={styles.detail}>
      <header className={styles.head}>
        <h2>
          <Verbatim value={finding.action} most={mostInHeading} /> by{' '}
          <ActorText actor={finding.actor} name={finding.actorName} most={mostInHeading} />
        </h2>
        <DispositionBar onDispose={onDispose} />
      </header>
      <Sentence
        parts={markValues(finding.explanation, [finding.action, finding.actorName ?? finding.actor])}
      />
      <Identity finding={finding} />
      <section>
        <h3>Numbers</h3>
        <FindingNumbers finding={finding} />
        {z3 !== null && (
          <NumberLineChart input={{ count: finding.count, threshold: finding.threshold, ...z3 }} />
        )}
      </section>
      {versions.length > 1 && <FindingVersions versions={versions} />}
      <section>
        <h3>{countWords(events.length, 'event')} behind it</h3>
        <div className={styles.events}>
          <EventGrid label="Events of the finding" events={events} />
        </div>
      </section>
    </div>
  );
}

function DispositionBar({ onDispose }: { onDispose: (disposition: Disposition) => void }) {
  return (
    <fieldset className={styles.bar} aria-label="Disposition">
      {dispositions.map((disposition) => (
        <Button
          key={disposition}
          size="small"
          weight={disposition === 'acknowledged' ? 'primary' : 'secondary'}
          keyHint={dispositionWords[disposition].key}
          title={dispositionWords[disposition].meaning}
          onClick={() => onDispose(disposition)}
        >
          {dispositionWords[disposition].label}
        </Button>
      ))}
    </fieldset>
  );
}

function Identity({ finding }: { finding: Finding }) {
  const facts = [
    { name: 'Severity', value: <SeverityMark severity={finding.severity} /> },
    { name: 'Action', value: <FullValue name="Action" value={finding.action} /> },
    { name: 'Actor', value: <ActorFull actor={finding.actor} name={finding.actorName} /> },
    {
      name: 'Hour',
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
  }
  return <Facts facts={facts} />;
}
