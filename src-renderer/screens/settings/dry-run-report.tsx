// What a change of the detection settings would do to the findings.
import type { DryRun, FindingSummary } from '#shared/contract/detection.ts';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { InstantText } from '../../domain/instant.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './detection-panel.module.css';

const mostShown = 8;

export function DryRunReport({ report }: { report: DryRun }) {
  const { appear, vanish, confirmed, notEvaluable, days } = report;
  return (
    <section className={styles.report} aria-label={text('settings:dryRun.title')}>
      <p>
        <Rich
          of="settings:dryRun.result"
          values={{
            days: text('settings:dryRun.days', { count: days }),
            appear: text('settings:dryRun.findings', { count: appear.total }),
            vanish: text('settings:dryRun.findings', { count: vanish.total }),
          }}
          parts={{ strong: <strong /> }}
        />
      </p>
      {confirmed.length > 0 && (
        <Notice tone="danger" title={text('settings:dryRun.confirmed', { count: confirmed.length })}>
          <p>{text('settings:dryRun.escalated')}</p>
        </Notice>
      )}
      <Findings title={text('settings:dryRun.appear')} total={appear.total} findings={appear.first} />
      <Findings title={text('settings:dryRun.vanish')} total={vanish.total} findings={vanish.first} />
      {notEvaluable.length > 0 && (
        <p className={styles.note}>
          {text('settings:dryRun.notEvaluable', {
            detectors: notEvaluable
              .map(({ id, needs }) => text('settings:dryRun.lacking', { id, field: needs }))
              .join('; '),
          })}
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
      {total > shown.length && (
        <p className={styles.note}>{text('settings:dryRun.others', { count: total - shown.length })}</p>
      )}
    </>
  );
}
