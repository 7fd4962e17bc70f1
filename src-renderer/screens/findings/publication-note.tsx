// Where a finding stands with the source’s own table of anomalies; nothing while publishing is off and it never was there.
import { useQuery } from '@tanstack/react-query';
import type { FindingPublication } from '#shared/model/anomaly.ts';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './publication-note.module.css';

const standingWords: Record<Exclude<FindingPublication['standing'], 'off'>, string> = {
  waiting: 'The next sync publishes it in the source’s table of anomalies.',
  'no-word': 'Not published: the source’s table has no word for what it found.',
  withheld: 'Not published: it was called a false positive, or an exception lets it pass.',
  published: 'Published in the source’s table of anomalies',
  'already-there': 'Published in the source’s table of anomalies, by another workstation first',
  taken: 'Not published: its id is used there by another row',
  rejected: 'Not published: the database refused it',
};

export function PublicationNote({ finding }: { finding: string }) {
  const { orpc } = useApi();
  const publication = useQuery(orpc.anomalies.publicationOf.queryOptions({ input: { finding } }));
  if (publication.isError) return <ProblemNotice error={publication.error} />;
  if (publication.data === undefined || publication.data.standing === 'off') return null;
  const { standing, anomaly, at, detail } = publication.data;
  return (
    <section aria-label="Publishing">
      <h3>In the source’s table</h3>
      <p>
        {standingWords[standing]}
        {at !== null && (
          <>
            , <InstantText instant={at} />.
          </>
        )}
      </p>
      {detail !== null && <p className={styles.quiet}>{detail}</p>}
      {anomaly !== null && (
        <p className={styles.quiet}>
          Row <Verbatim value={anomaly} />
        </p>
      )}
    </section>
  );
}
