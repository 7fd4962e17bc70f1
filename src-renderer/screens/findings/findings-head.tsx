// Narrows the list of findings, and groups it.
import type { ReactNode } from 'react';
import type { Finding } from '#shared/model/finding.ts';
import { Segmented } from '../../components/segmented.tsx';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { useFindingsView } from '../../state/findings-view.ts';
import { text } from '../../texts/text.ts';
import { listedStatuses, statusLabels, statusOf } from './finding-rules.ts';
import { FindingsGrouping } from './findings-grouping.tsx';
import styles from './findings-screen.module.css';

type FindingsHeadProps = { findings: readonly Finding[]; actions: ReactNode };

export function FindingsHead({ findings, actions }: FindingsHeadProps) {
  const { status, detector, setStatus, setDetector } = useFindingsView();
  const titleOf = useDetectorTitles();
  // One that was chosen stays a choice while nothing of it is left.
  const known = [...new Set([...findings.map((finding) => finding.detector), detector])].filter(
    (id) => id !== '',
  );
  const choices = [
    ...listedStatuses.map((value) => ({
      value,
      label: statusLabels[value],
      count: findings.filter((finding) => statusOf(finding) === value).length,
    })),
    { value: 'all' as const, label: text('findings:all'), count: findings.length },
  ];
  const countOf = (id: string) =>
    findings.filter(
      (finding) => finding.detector === id && (status === 'all' || statusOf(finding) === status),
    ).length;
  return (
    <div className={styles.head}>
      <div className={styles.titleLine}>
        <h1>{text('findings:title')}</h1>
        <div className={styles.actions}>{actions}</div>
      </div>
      <div className={styles.statusLine}>
        <FindingsGrouping />
        <label className={styles.detector}>
          {text('findings:detector')}
          <select
            className={styles.select}
            value={detector}
            onChange={(event) => setDetector(event.target.value)}
          >
            <option value="">{text('findings:allDetectors')}</option>
            {known.map((id) => (
              <option key={id} value={id}>
                {text('findings:detectorCount', { title: titleOf(id), count: countOf(id) })}
              </option>
            ))}
          </select>
        </label>
        <Segmented label={text('findings:show')} value={status} choices={choices} onChange={setStatus} />
      </div>
    </div>
  );
}
