// Who is most at risk: the score, its course, and the finding that weighs most.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { severityInBands, insiderBands } from '#shared/model/severity.ts';
import type { ActorRisk } from '#shared/model/story.ts';
import { SparkLineChart } from '../../charts/spark-line-chart.tsx';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Panel } from '../../components/panel.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { Spoken } from '../../components/spoken.tsx';
import { ActorText } from '../../domain/actor-text.tsx';
import { useApi } from '../../domain/api.ts';
import { formatMeasure } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import type { ActorInView } from '../../state/actors-view.ts';
import { text } from '../../texts/text.ts';
import { ActorLink } from './actor-link.tsx';
import { historyWords, scoreDaysAgo, shownDaysAgo } from './risk-history.ts';
import styles from './risk-panel.module.css';

const actorsShown = 6;
const forms = ['lines', 'table'] as const;
type Form = (typeof forms)[number];

type RiskPanelProps = { onFinding: (finding: string) => void; onActor: (actor: ActorInView) => void };

export function RiskPanel({ onFinding, onActor }: RiskPanelProps) {
  const { orpc } = useApi();
  const [form, setForm] = useState<Form>('lines');
  const risks = useQuery(orpc.actors.risk.queryOptions({ input: { limit: actorsShown, historyDays: 30 } }));
  return (
    <Panel
      title={text('overview:risk.title')}
      note={text('overview:risk.note')}
      actions={
        <>
          <Segmented
            label={text('overview:risk.form')}
            value={form}
            choices={forms.map((one) => ({ value: one, label: text(`overview:risk.${one}`) }))}
            onChange={setForm}
          />
          <ExportListButton table="actors" what={text('overview:risk.exported')} filter={() => ({})} />
        </>
      }
    >
      <ProblemNotice error={risks.error} />
      {risks.isPending && <EmptyState title={text('overview:risk.loading')} />}
      {risks.data?.length === 0 && <EmptyState title={text('overview:risk.none')} />}
      {risks.data !== undefined && risks.data.length > 0 && form === 'lines' && (
        <ol className={styles.rows}>
          {risks.data.map((risk) => (
            <Row
              key={`${risk.sourceAccount} ${risk.actor}`}
              risk={risk}
              onFinding={onFinding}
              onActor={onActor}
            />
          ))}
        </ol>
      )}
      {risks.data !== undefined && risks.data.length > 0 && form === 'table' && (
        <HistoryTable risks={risks.data} />
      )}
    </Panel>
  );
}

function Row({ risk, onFinding, onActor }: RiskPanelProps & { risk: ActorRisk }) {
  const titleOf = useDetectorTitles();
  const [strongest] = risk.contributions;
  const alert = severityInBands(risk.score, insiderBands);
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        <ActorLink actor={risk} onOpen={onActor} />
      </span>
      <span className={styles.score}>{formatMeasure(risk.score)}</span>
      <SparkLineChart values={[...risk.history.map(({ score }) => score), risk.score]} top={100} />
      <Spoken>{historyWords(risk)}</Spoken>
      <span className={styles.why}>
        {alert !== null && <SeverityMark severity={alert} />}
        {strongest !== undefined && (
          <Button size="small" weight="quiet" onClick={() => onFinding(strongest.finding)}>
            {text('overview:risk.points', {
              detector: titleOf(strongest.detector),
              points: formatMeasure(strongest.points),
            })}
          </Button>
        )}
        <span>{text('overview:risk.ofFindings', { count: risk.contributions.length })}</span>
      </span>
    </li>
  );
}

function HistoryTable({ risks }: { risks: readonly ActorRisk[] }) {
  return (
    <table className={styles.table} aria-label={text('overview:risk.history')}>
      <thead>
        <tr>
          <th scope="col">{text('overview:risk.actor')}</th>
          {shownDaysAgo.map((days) => (
            <th key={days} scope="col">
              {text('overview:risk.daysAgo', { days })}
            </th>
          ))}
          <th scope="col">{text('overview:risk.now')}</th>
        </tr>
      </thead>
      <tbody>
        {risks.map((risk) => (
          <tr key={`${risk.sourceAccount} ${risk.actor}`}>
            <th scope="row" title={risk.actor}>
              <ActorText actor={risk.actor} name={risk.actorName} />
            </th>
            {shownDaysAgo.map((days) => {
              const score = scoreDaysAgo(risk, days);
              return <td key={days}>{score === null ? text('domain:unknown') : formatMeasure(score)}</td>;
            })}
            <td>{formatMeasure(risk.score)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
