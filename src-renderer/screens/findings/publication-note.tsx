// Where a finding stands with the source’s own table of anomalies; nothing while publishing is off and it never was there.
import { useQuery } from '@tanstack/react-query';
import { Verbatim } from '../../components/verbatim.tsx';
import { useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './publication-note.module.css';

export function PublicationNote({ finding }: { finding: string }) {
  const { orpc } = useApi();
  const publication = useQuery(orpc.anomalies.publicationOf.queryOptions({ input: { finding } }));
  if (publication.isError) return <ProblemNotice error={publication.error} />;
  if (publication.data === undefined || publication.data.standing === 'off') return null;
  const { standing, anomaly, at, detail } = publication.data;
  return (
    <section aria-label={text('findings:publication.label')}>
      <h3>{text('findings:publication.title')}</h3>
      <p>
        {text(`findings:publication.${standing}`)}
        {at !== null && (
          <>
            , <InstantText instant={at} />.
          </>
        )}
      </p>
      {detail !== null && <p className={styles.quiet}>{detail}</p>}
      {anomaly !== null && (
        <p className={styles.quiet}>
          <Rich of="findings:publication.row" parts={{ row: <Verbatim value={anomaly} /> }} />
        </p>
      )}
    </section>
  );
}
