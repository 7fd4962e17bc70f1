// Narrows the list of what the source's own scorer found, and says where it comes from.
import type { ReactNode } from 'react';
import type { AnomalyList } from '#shared/contract/anomalies.ts';
import { Segmented } from '../../components/segmented.tsx';
import { useFindingsView } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';
import { anomalyChoices, anomalyStatusLabels } from './anomaly-words.ts';
import { FindingsGrouping } from './findings-grouping.tsx';
import styles from './findings-screen.module.css';

type AnomalyHeadProps = { list: AnomalyList | undefined; actions: ReactNode };

export function AnomalyHead({ list, actions }: AnomalyHeadProps) {
  const { anomalyStatus, setAnomalyStatus } = useFindingsView();
  const countOf = (value: (typeof anomalyChoices)[number]) => {
    if (list === undefined) return 0;
    if (value !== 'all') return list.counts[value];
    return Object.values(list.counts).reduce((sum, count) => sum + count, 0);
  };
  const choices = anomalyChoices.map((value) => ({
    value,
    label: value === 'all' ? text('findings:all') : anomalyStatusLabels[value],
    count: countOf(value),
  }));
  return (
    <div className={styles.head}>
      <div className={styles.titleLine}>
        <h1>{text('findings:title')}</h1>
        <div className={styles.actions}>{actions}</div>
      </div>
      <div className={styles.statusLine}>
        <FindingsGrouping />
        <Segmented
          label={text('findings:show')}
          value={anomalyStatus}
          choices={choices}
          onChange={setAnomalyStatus}
        />
      </div>
      <p className={styles.origin}>{originWords(list)}</p>
    </div>
  );
}

function originWords(list: AnomalyList | undefined): string {
  const origin =
    list?.state && list.state !== 'read'
      ? text(`findings:anomaly.${list.state}`)
      : text('findings:anomaly.origin');
  if (list === undefined || list.total <= list.anomalies.length) return origin;
  const newest = text('findings:anomaly.newest', { shown: list.anomalies.length, total: list.total });
  return `${origin} ${newest}`;
}
