// What a change of the detection settings would do to the findings.
import type { DryRun, FindingSummary } from '#shared/contract/detection.ts';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { countWords } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import styles from './detection-panel.module.css';

const mostShown = 8;

export function DryRunReport({ report }: { report: DryRun }) {
  const { appear, vanish, confirmed, notEvaluable, days } = report;
  return (
    <section className={styles.report} aria-label="Dry run">
      <p>
        Over {countWords(days, 'day')}: <strong>{countWords(appear.total, 'finding')}</strong> would appear,{' '}
        <strong>{countWords(vanish.total, 'finding')}</strong> would vanish.
      </p>
      {confirmed.length > 0 && (
        <Notice
          tone="danger"
          title={`${countWords(confirmed.length, 'confirmed finding')} would vanish, so this cannot be saved.`}
        >
          <p>Somebody escalated what it would lose.</p>
        </Notice>
      )}
      <Findings title="Would appear" total={appear.total} findings={appear.first} />
      <Findings title="Would vanish" total={vanish.total} findings={vanish.first} />
      {notEvaluable.length > 0 && (
        <p className={styles.note}>
          Not evaluable here: {notEvaluable.map(({ id, needs }) => `${id} (needs ${needs})`).join('; ')}.
        </p>
      )}
    </section>
  );
}

type FindingsProps = { title: string; total: number; findings: readonly FindingSummary[] };

function Findings({ title, total, findings }: FindingsProps) {
  const titleOf = useDetectorTitles();
  if (total === 0) return null;
  const shown = findings.slice(0, mostShown);
  return (
    <>
      <h3>{title}</h3>
      <ul className={styles.findings}>
        {shown.map((finding) => (
          <li key={finding.id} className={styles.finding}>
            <SeverityMark severity={finding.severity} />
            <span>
              {titleOf(finding.detector)} ·{' '}
              <Verbatim value={finding.actor || finding.entity.value} most={40} />
            </span>
            <InstantText instant={finding.start} />
          </li>
        ))}
      </ul>
      {total > shown.length && <p className={styles.note}>and {countWords(total - shown.length, 'other')}</p>}
    </>
  );
}
