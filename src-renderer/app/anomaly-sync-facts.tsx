// The part of a sync's report about the source's own anomalies, where there was anything to do.
import type { AnomalySyncReport } from '#shared/model/anomaly.ts';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { countWords, formatCount } from '../domain/count-words.ts';

export function AnomalySyncFacts({ report }: { report: AnomalySyncReport }) {
  const { sent, applied, alreadyMine, published, held, items } = report;
  if (sent === 0 && published.length === 0 && held.length === 0) return null;
  const notable = items.filter(({ outcome }) => outcome !== 'applied' && outcome !== 'already-mine');
  const taken = published.filter(({ outcome }) => outcome === 'taken' || outcome === 'rejected');
  return (
    <section>
      <h3>The source’s anomalies</h3>
      <Facts
        columns={2}
        facts={[
          { name: 'Dispositions sent', value: formatCount(sent) },
          { name: 'Now in the database', value: formatCount(applied + alreadyMine) },
          { name: 'Findings published', value: formatCount(published.length - taken.length) },
          { name: 'Not taken', value: formatCount(notable.length + taken.length) },
        ]}
      />
      {held.map((sentence) => (
        <Notice key={sentence} tone="warning" title={sentence} />
      ))}
      {notable.length + taken.length > 0 && (
        <Notice
          tone="warning"
          title={`${countWords(notable.length + taken.length, 'row')} stayed as they were in the database.`}
        >
          <ul>
            {notable.map(({ dispositionId, detail }) => (
              <li key={dispositionId}>{detail}</li>
            ))}
            {taken.map(({ finding, detail }) => (
              <li key={finding}>{detail}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  );
}
