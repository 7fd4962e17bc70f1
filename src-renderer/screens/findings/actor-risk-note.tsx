// How risky the actor of a finding is, and how much of that this finding is.
import { useQuery } from '@tanstack/react-query';
import type { Finding } from '#shared/model/finding.ts';
import type { ActorRisk } from '#shared/model/story.ts';
import { Facts, type Fact } from '../../components/facts.tsx';
import { useApi } from '../../domain/api.ts';
import { countWords, formatMeasure } from '../../domain/count-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import { statusOf } from './finding-rules.ts';

export function ActorRiskNote({ finding }: { finding: Finding }) {
  const { orpc } = useApi();
  const { actor, sourceAccount } = finding;
  const risks = useQuery(
    orpc.actors.risk.queryOptions({ input: { actor, historyDays: 0, limit: 1000 }, enabled: actor !== '' }),
  );
  if (actor === '') return null;
  const risk = risks.data?.find((one) => one.sourceAccount === sourceAccount);
  return (
    <section aria-label={text('findings:risk.label')}>
      <h3>{text('findings:risk.title')}</h3>
      <ProblemNotice error={risks.error} />
      {risks.data !== undefined && <Facts facts={factsOf(finding, risk)} />}
    </section>
  );
}

function factsOf(finding: Finding, risk: ActorRisk | undefined): Fact[] {
  const share = risk?.contributions.find((one) => one.finding === finding.id);
  const score = {
    name: text('findings:risk.score'),
    value: text('findings:risk.scoreOf', {
      score: formatMeasure(risk?.score ?? 0),
      findings: countWords(risk?.contributions.length ?? 0, 'finding'),
    }),
  };
  const name = text('findings:risk.share');
  if (share === undefined || risk === undefined) return [score, { name, value: leftOutWords(finding) }];
  return [
    score,
    {
      name,
      value: text('findings:risk.points', { points: formatMeasure(share.points) }),
      title: String(share.points),
    },
    {
      name: text('findings:risk.calculation'),
      value: text('findings:risk.days', {
        full: formatMeasure(share.fullPoints),
        severity: text(`domain:severity.${share.severity}`),
        share: share.share,
        age: formatMeasure(share.ageDays),
        halfLife: risk.halfLifeDays,
      }),
    },
  ];
}

function leftOutWords(finding: Finding): string {
  const status = statusOf(finding);
  return status === 'false-positive' || status === 'suppressed'
    ? text('findings:risk.nothingBecause')
    : text('findings:risk.nothing');
}
