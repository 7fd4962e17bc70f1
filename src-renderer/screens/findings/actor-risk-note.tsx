// How risky the actor of a finding is, and how much of that this finding is.
import { useQuery } from '@tanstack/react-query';
import type { Finding } from '#shared/model/finding.ts';
import { Facts } from '../../components/facts.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords, formatMeasure } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { statusOf } from './finding-rules.ts';

export function ActorRiskNote({ finding }: { finding: Finding }) {
  const { orpc } = useApi();
  const { actor, sourceAccount, id } = finding;
  const risks = useQuery(
    orpc.actors.risk.queryOptions({ input: { actor, historyDays: 0, limit: 1000 }, enabled: actor !== '' }),
  );
  if (actor === '') return null;
  const risk = risks.data?.find((one) => one.sourceAccount === sourceAccount);
  const share = risk?.contributions.find((one) => one.finding === id);
  const status = statusOf(finding);
  const leftOut =
    status === 'false-positive' || status === 'suppressed'
      ? 'nothing, because it was called false or is let pass'
      : 'nothing';
  return (
    <section aria-label="Risk">
      <h3>Risk of the actor</h3>
      <ProblemNotice error={risks.error} />
      {risks.data !== undefined && (
        <Facts
          facts={[
            {
              name: 'Score',
              value: `${formatMeasure(risk?.score ?? 0)} of 100, from ${countWords(risk?.contributions.length ?? 0, 'finding')}`,
            },
            {
              name: 'This finding',
              value: share === undefined ? leftOut : `${formatMeasure(share.points)} points`,
              title: share === undefined ? undefined : String(share.points),
            },
            ...(share === undefined || risk === undefined
              ? []
              : [
                  {
                    name: 'Calculation',
                    value: `${formatMeasure(share.fullPoints)} (${share.severity}) × ${share.share} × 0.5 ^ (${formatMeasure(share.ageDays)} ÷ ${risk.halfLifeDays} days)`,
                  },
                ]),
          ]}
        />
      )}
    </section>
  );
}
