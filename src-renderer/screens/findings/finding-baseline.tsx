// The hours a finding was compared with, as a picture with what was found in it, in words, and as a table.
import { useQuery } from '@tanstack/react-query';
import type { BaselineDistribution } from '#shared/model/finding-baseline.ts';
import { z3EvidenceOf, type Finding } from '#shared/model/finding.ts';
import type { NumberLineInput } from '../../charts/number-line.ts';
import { NumberLineChart } from '../../charts/number-line-chart.tsx';
import { hourWords } from '../../charts/hours-of-week.ts';
import { Notice } from '../../components/notice.tsx';
import { useApi } from '../../domain/api.ts';
import { formatCount } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import { nbLineOf } from './evidence-words.ts';
import styles from './finding-baseline.module.css';

/** Where a detector compares no single hours there is nothing to draw. */
export function FindingBaseline({ finding }: { finding: Finding }) {
  const { orpc } = useApi();
  const line = lineOf(finding);
  const baseline = useQuery(
    orpc.findings.baseline.queryOptions({ input: { id: finding.id }, enabled: line !== null }),
  );
  if (line === null) return null;
  const { data } = baseline;
  return (
    <section aria-label={text('findings:baseline.title')}>
      <h3>{text('findings:baseline.title')}</h3>
      {baseline.isPending && <p className={styles.words}>{text('findings:baseline.loading')}</p>}
      <ProblemNotice error={baseline.error} />
      {data && <Words baseline={data} />}
      <NumberLineChart input={line} hours={data?.counts} />
      {data && !data.asJudged && (
        <Notice tone="warning" title={text('findings:baseline.differs')}>
          <p>{text('findings:baseline.differsWords')}</p>
        </Notice>
      )}
      {data && <Table baseline={data} />}
    </section>
  );
}

function lineOf(finding: Finding): NumberLineInput | null {
  if (finding.detector === 'nb') return nbLineOf(finding);
  const z3 = z3EvidenceOf(finding);
  return z3 === null ? null : { ...z3, count: finding.count, threshold: finding.threshold };
}

function Words({ baseline }: { baseline: BaselineDistribution }) {
  const { from, to, hours, hoursAsBusy, counts } = baseline;
  const quiet = counts.find(({ events }) => events === 0)?.hours ?? 0;
  const quietWords =
    quiet === 0 ? text('findings:baseline.quietNone') : text('findings:baseline.quiet', { count: quiet });
  const asBusy =
    hoursAsBusy === 0
      ? text('findings:baseline.asBusyNone')
      : text('findings:baseline.asBusy', { count: hoursAsBusy });
  return (
    <p className={styles.words}>
      <Rich
        of="findings:baseline.span"
        parts={{ start: <InstantText instant={from} />, end: <InstantText instant={to} withOffset /> }}
      />{' '}
      {comparedWords(baseline)} {hours > 0 && `${quietWords}; ${asBusy}`}
    </p>
  );
}

function comparedWords({ alike, hours, zone }: BaselineDistribution): string {
  if (alike === null) return text('findings:baseline.every', { count: hours });
  const gaps = { count: hours, hour: hourWords(alike.hourOfDay), zone };
  return alike.isWeekend ? text('findings:baseline.weekend', gaps) : text('findings:baseline.weekday', gaps);
}

function Table({ baseline: { counts } }: { baseline: BaselineDistribution }) {
  return (
    <details className={styles.table}>
      <summary>{text('findings:baseline.table')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{text('findings:baseline.events')}</th>
            <th scope="col">{text('findings:baseline.hours')}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map(({ events, hours }) => (
            <tr key={events}>
              <th scope="row">{formatCount(events)}</th>
              <td>{formatCount(hours)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
