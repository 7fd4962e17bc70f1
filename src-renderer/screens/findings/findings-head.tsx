// Narrows the list of findings, and groups it.
import type { ReactNode } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import { Segmented } from '../../components/segmented.tsx';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { listedStatuses, statusLabels, statusOf } from './finding-rules.ts';
import { FindingsGrouping } from './findings-grouping.tsx';
import styles from './findings-screen.module.css';

type FindingsHeadProps = { findings: readonly Finding[]; actions: ReactNode };

export function FindingsHead({ findings, actions }: FindingsHeadProps) {
  const { status, detector, setStatus, setDetector } = useFindingsView();
  const titleOf = useDetectorTitles();
  const known = [...new Set(findings.map((finding) => finding.detector))];
  const choices = [
    ...listedStatuses.map((value) => ({
      value,
      label: statusLabels[value],
      count: findings.filter((finding) => statusOf(finding) === value).length,
    })),
    { value: 'all' as const, label: 'All', count: findings.length },
  ];
  const countOf = (id: string) =>
    findings.filter(
      (finding) => finding.detector === id && (status === 'all' || statusOf(finding) === status),
    ).length;
  return (
    <div className={styles.head}>
      <div className={styles.titleLine}>
        <h1>Findings</h1>
        <label className={styles.detector}>
          Detector
          <select
            className={styles.select}
            value={detector}
            onChange={(event) => setDetector(event.target.value)}
          >
            <option value="">All detectors</option>
            {known.map((id) => (
              <option key={id} value={id}>{`${titleOf(id)} (${countOf(id)})`}</option>
            ))}
          </select>
        </label>
        <FindingsGrouping />
      </div>
      <div className={styles.statusLine}>
        <Segmented label="Show" value={status} choices={choices} onChange={setStatus} />
        {actions}
      </div>
    </div>
  );
}
