// What will be in the pack, in words, before it is written.
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { profileWords } from '../../domain/profile-draft.ts';
import type { SamplingWish } from '../../domain/sampling-draft.ts';
import { useStatus } from '../../domain/workspace-status.ts';
import type { ExportWish } from './export-draft.ts';
import styles from './export-panel.module.css';

type ExportOutlookProps = { wish: ExportWish | null; faults: readonly string[] };

export function ExportOutlook({ wish, faults }: ExportOutlookProps) {
  return (
    <section className={styles.outlook} aria-label="What will be in the pack">
      <h3>What will be in the pack</h3>
      <ul className={styles.words}>
        <Holdings />
        {wish?.sampling === undefined ? (
          <li>No sample is drawn; the pack says so.</li>
        ) : (
          <SampleLine wish={wish.sampling} />
        )}
        <Naming wish={wish} />
        <TimestampLine />
        {faults.map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </section>
  );
}

function Holdings() {
  const { reviews, decided, findings, conflicts, closedConflicts, ledgerEntries, firstEventAt, lastEventAt } =
    useStatus();
  return (
    <>
      <li>
        {countWords(reviews, 'review item')}: {decided} decided, {reviews - decided} undecided
      </li>
      <li>
        {countWords(findings, 'finding')} with their methods,{' '}
        {countWords(conflicts + closedConflicts, 'conflict')}, and the whole ledger with{' '}
        {countWords(ledgerEntries, 'entry', 'entries')}
      </li>
      {firstEventAt !== null && lastEventAt !== null && (
        <li>
          The population of events from <InstantText instant={firstEventAt} /> to{' '}
          <InstantText instant={lastEventAt} />, as counts and a hash
        </li>
      )}
    </>
  );
}

function SampleLine({ wish }: { wish: SamplingWish }) {
  const { orpc } = useApi();
  const preview = useQuery(orpc.evidence.previewSample.queryOptions({ input: wish }));
  const says = (words: ReactNode) => <li aria-live="polite">{words}</li>;
  if (preview.isError) return says(<ProblemNotice error={preview.error} />);
  if (preview.data === undefined) return says('A sample; its size is being computed.');
  const { size, populationSize, derivation } = preview.data;
  const seed = wish.seed === null ? 'the hash of the population as seed' : 'the seed you gave';
  return says(
    `A sample of ${size} of ${countWords(populationSize, 'review item')}, drawn with ${seed}. ${derivation}`,
  );
}

function Naming({ wish }: { wish: ExportWish | null }) {
  const redact = wish?.redact;
  return (
    <>
      <li>People are named in it, with addresses and texts as they were recorded.</li>
      {redact !== undefined && (
        <li>
          {`Besides, a redacted pack that hides ${profileWords(redact) || 'nothing the profile names'}; and always digests and ids by which a guess could be confirmed.`}
        </li>
      )}
    </>
  );
}

function TimestampLine() {
  const { orpc } = useApi();
  const trust = useQuery(orpc.trust.get.queryOptions());
  const service = trust.data?.timestamps;
  if (service === undefined || service === null) return <li>No timestamp: no service is set.</li>;
  return (
    <li>
      A timestamp by <bdi>{service.url}</bdi>, if it answers
    </li>
  );
}
