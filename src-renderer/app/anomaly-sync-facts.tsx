// The part of a sync's report about the source's own anomalies, where there was anything to do.
import type { AnomalySyncReport } from '#shared/model/anomaly.ts';
import { Facts } from '../components/facts.tsx';
import { Notice } from '../components/notice.tsx';
import { formatCount } from '../domain/count-words.ts';
import { text } from '../texts/text.ts';

export function AnomalySyncFacts({ report }: { report: AnomalySyncReport }) {
  const { sent, applied, alreadyMine, published, held, items } = report;
  if (sent === 0 && published.length === 0 && held.length === 0) return null;
  const notable = items.filter(({ outcome }) => outcome !== 'applied' && outcome !== 'already-mine');
  const taken = published.filter(({ outcome }) => outcome === 'taken' || outcome === 'rejected');
  return (
    <section>
      <h3>{text('app:anomalies.title')}</h3>
      <Facts
        columns={2}
        facts={[
          { name: text('app:anomalies.sent'), value: formatCount(sent) },
          { name: text('app:anomalies.arrived'), value: formatCount(applied + alreadyMine) },
          { name: text('app:anomalies.published'), value: formatCount(published.length - taken.length) },
          { name: text('app:anomalies.notTaken'), value: formatCount(notable.length + taken.length) },
        ]}
      />
      {held.map((sentence) => (
        <Notice key={sentence} tone="warning" title={sentence} />
      ))}
      {notable.length + taken.length > 0 && (
        <Notice tone="warning" title={text('app:anomalies.stayed', { count: notable.length + taken.length })}>
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
