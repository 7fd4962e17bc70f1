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
import { countWords, formatMeasure } from '../../domain/count-words.ts';
import { useDetectorTitles } from '../../domain/detector-titles.ts';
import { ExportListButton } from '../../domain/export-button.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { SeverityMark } from '../../domain/severity-mark.tsx';
import { historyWords, scoreDaysAgo, shownDaysAgo } from './risk-history.ts';
import styles from './risk-panel.module.css';

const actorsShown = 6;
const forms = [
  { value: 'lines', label: 'Lines' },
  { value: 'table', label: 'Table' },
] as const;
type Form = (typeof forms)[number]['value'];

export function RiskPanel({ onFinding }: { onFinding: (finding: string) => void }) {
  const { orpc } = useApi();
  const [form, setForm] = useState<Form>('lines');
  const risks = useQuery(orpc.actors.risk.queryOptions({ input: { limit: actorsShown, historyDays: 30 } }));
  return (
    <Panel
      title="Actors at risk"
      note="0 to 100, last 30 days; points halve in 7 days"
      actions={
        <>
          <Segmented label="Form of the risk history" value={form} choices={forms} onChange={setForm} />
          <ExportListButton
            table="actors"
            what="All actors with findings about them, the highest score first"
            filter={() => ({})}
          />
        </>
      }
    >
      <ProblemNotice error={risks.error} />
      {risks.isPending && <EmptyState title="Adding up findings…" />}
      {risks.data?.length === 0 && <EmptyState title="No finding about anybody" />}
      {risks.data !== undefined && risks.data.length > 0 && form === 'lines' && (
        <ol className={styles.rows}>
          {risks.data.map((risk) => (
            <Row key={`${risk.sourceAccount} ${risk.actor}`} risk={risk} onFinding={onFinding} />
          ))}
        </ol>
      )}
      {risks.data !== undefined && risks.data.length > 0 && form === 'table' && (
        <HistoryTable risks={risks.data} />
      )}
    </Panel>
  );
}

function Row({ risk, onFinding }: { risk: ActorRisk; onFinding: (finding: string) => void }) {
  const titleOf = useDetectorTitles();
  const [strongest] = risk.contributions;
  const alert = severityInBands(risk.score, insiderBands);
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        <ActorText actor={risk.actor} name={risk.actorName} />
      </span>
      <span className={styles.score}>{formatMeasure(risk.score)}</span>
      <SparkLineChart values={[...risk.history.map(({ score }) => score), risk.score]} top={100} />
      <Spoken>{historyWords(risk)}</Spoken>
      <span className={styles.why}>
        {alert !== null && <SeverityMark severity={alert} />}
        {strongest !== undefined && (
          <Button size="small" weight="quiet" onClick={() => onFinding(strongest.finding)}>
            {`${titleOf(strongest.detector)}: ${formatMeasure(strongest.points)} points`}
          </Button>
        )}
        <span>of {countWords(risk.contributions.length, 'finding')}</span>
      </span>
    </li>
  );
}

function HistoryTable({ risks }: { risks: readonly ActorRisk[] }) {
  return (
    <table className={styles.table} aria-label="Risk history">
      <thead>
        <tr>
          <th scope="col">Actor</th>
          {shownDaysAgo.map((days) => (
            <th key={days} scope="col">{`${days} d ago`}</th>
          ))}
          <th scope="col">Now</th>
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
              return <td key={days}>{score === null ? 'unknown' : formatMeasure(score)}</td>;
            })}
            <td>{formatMeasure(risk.score)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
