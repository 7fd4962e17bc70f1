// A sample as it stands: its items with their results, the counts, and what follows from them.
import type { AuditSample } from '#shared/model/work-papers.ts';
import { assessSample } from '../sampling/attribute.ts';
import { conclusionOf, derivationOf } from './derivation.ts';
import type { SampleRecord, WorkPaperState } from './state.ts';

/** All samples, oldest first. */
export const auditSamples = ({ samples }: WorkPaperState): AuditSample[] =>
  [...samples.values()].map(auditSampleOf);

export function auditSampleOf({ results, ...drawing }: SampleRecord): AuditSample {
  const { plan } = drawing;
  const items = plan.drawn.map((key) => ({ key, results: results.get(key) ?? [] }));
  const last = items.map((item) => item.results.at(-1)?.result ?? null);
  const count = (wanted: (typeof last)[number]): number => last.filter((one) => one === wanted).length;
  const counts = {
    pass: count('pass'),
    deviation: count('deviation'),
    notTestable: count('not-testable'),
    untested: count(null),
  };
  const assessment =
    plan.method.kind === 'attribute' && counts.untested === 0
      ? assessSample(plan.method, plan.populationSize, items.length, counts.deviation + counts.notTestable)
      : null;
  return {
    ...drawing,
    derivation: derivationOf(plan),
    items,
    counts,
    assessment,
    conclusion: conclusionOf(plan, counts, assessment),
  };
}
