// Narrows the list of what the source's own scorer found, and says where it comes from.
import type { ReactNode } from 'react';
import type { AnomalyList } from '#shared/contract/anomalies.ts';
import { Segmented } from '../../components/segmented.tsx';
import { formatCount } from '../../domain/count-words.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { anomalyChoices, anomalyStatusLabels } from './anomaly-words.ts';
import { FindingsGrouping } from './findings-grouping.tsx';
import styles from './findings-screen.module.css';

const unreadable: Readonly<Record<NonNullable<AnomalyList['state']>, string>> = {
  read: '',
  absent: 'This source has no table of anomalies of its own.',
  denied: 'This user may not read the source’s table of anomalies; what was read before is shown.',
  changed: 'The source’s table of anomalies is not as published; what was read before is shown.',
};

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
    label: value === 'all' ? 'All' : anomalyStatusLabels[value],
    count: countOf(value),
  }));
  return (
    <div className={styles.head}>
      <div className={styles.titleLine}>
        <h1>Findings</h1>
        <FindingsGrouping />
      </div>
      <div className={styles.statusLine}>
        <Segmented label="Show" value={anomalyStatus} choices={choices} onChange={setAnomalyStatus} />
        {actions}
      </div>
      <p className={styles.origin}>
        {list?.state && list.state !== 'read'
          ? unreadable[list.state]
          : 'What the source’s own scorer found, verbatim. Its scores are on a scale of its own and are not compared with ours.'}
        {list !== undefined &&
          list.total > list.anomalies.length &&
          ` The newest ${formatCount(list.anomalies.length)} of ${formatCount(list.total)} are listed.`}
      </p>
    </div>
  );
}
