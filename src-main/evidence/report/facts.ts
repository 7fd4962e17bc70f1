// The facts a report states: each has a name, so that a verifier can compute it again and compare.
import type { AnomalyStatus, ServerAnomaly } from '#shared/model/anomaly.ts';
import type { Finding } from '#shared/model/finding.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { StatementCounts } from '../pack-counts.ts';
import type { Ipe } from '../pack-input.ts';
import type { ExceptionLine } from '../parts/exceptions-part.ts';
import type { PopulationAfterLine } from '../parts/population-after-part.ts';
import type { AnomalyRows } from './collect-anomalies.ts';
import type { Conduct } from './collect-conduct.ts';
import type { ExceptionRows } from './collect-exceptions.ts';
import type { SampleRows } from './collect-sample.ts';
import { decisionStandings, type StandingCounts } from './collect-standing.ts';
import type { UndecidedRows } from './collect-undecided.ts';
import { inlinesOf, type Inline, type Phrase, type ReportDocument } from './document-model.ts';
import { escapeHtml } from './markup.ts';
import { countText, durationText, visibleText } from './visible-text.ts';

export type Fact = { readonly value: string; readonly text: string };
export type Facts = ReadonlyMap<string, Fact>;

export const decisionTexts: Readonly<Record<DecisionKind | 'none', string>> = {
  certify: 'Certified',
  revoke: 'Revoke',
  modify: 'Modify',
  abstain: 'Abstained',
  escalate: 'Escalated',
  none: 'No decision',
};

/** Whole numbers with commas, others with two decimals; null is “unknown”, never zero. */
export function numberFact(value: number | null): Fact {
  if (value === null) return { value: 'unknown', text: 'unknown' };
  return { value: String(value), text: Number.isInteger(value) ? countText(value) : value.toFixed(2) };
}

export function* countFacts(counts: StatementCounts): Generator<[string, Fact]> {
  for (const [name, value] of Object.entries(counts)) {
    if (value === undefined) continue;
    if (value === null || typeof value === 'number') yield [`count-${name}`, numberFact(value)];
    else
      for (const [part, count] of Object.entries(value)) yield [`count-${name}-${part}`, numberFact(count)];
  }
}

export function* populationFacts(ipe: Ipe): Generator<[string, Fact]> {
  yield ['ipe-rows', numberFact(ipe.rows)];
  yield ['ipe-serverRows', numberFact(ipe.serverRows)];
  for (const { day, mirrored, server } of ipe.days) {
    yield [`day-${day}-mirrored`, numberFact(mirrored)];
    yield [`day-${day}-server`, numberFact(server)];
  }
}

export function* findingFacts(finding: Finding): Generator<[string, Fact]> {
  const { count, score, threshold, evidence } = finding;
  for (const [name, value] of Object.entries({ ...evidence, count, score, threshold })) {
    if (typeof value === 'number') yield [`finding-${finding.id}-${name}`, numberFact(value)];
  }
}

export function decisionFact(review: string, kind: DecisionKind | null): [string, Fact] {
  const value = kind ?? 'none';
  return [`decision-${review}`, { value, text: decisionTexts[value] }];
}

/** By standing, and by standing and kind. */
export function* standingFacts(counts: StandingCounts): Generator<[string, Fact]> {
  for (const standing of decisionStandings) {
    let total = 0;
    for (const [kind, ofKind] of counts) {
      const count = ofKind.get(standing) ?? 0;
      total += count;
      yield [`standing-${standing}-${kind}`, numberFact(count)];
    }
    yield [`standing-${standing}`, numberFact(total)];
  }
}

export function* undecidedFacts({ open, elsewhere, byUnlisted }: UndecidedRows): Generator<[string, Fact]> {
  yield ['undecided-open', numberFact(open.total)];
  yield ['elsewhere-reviewers', numberFact(elsewhere.total)];
  yield ['elsewhere-byUnlisted', numberFact(byUnlisted)];
  for (const { reviewer, items } of elsewhere.rows) yield [elsewhereFactName(reviewer), numberFact(items)];
}

export const elsewhereFactName = (reviewer: string | null): string =>
  reviewer === null ? 'elsewhere-nobody' : `elsewhere-by-${reviewer}`;

export const anomalyStatusTexts: Readonly<Record<AnomalyStatus, string>> = {
  open: 'Open',
  acknowledged: 'Acknowledged',
  'false-positive': 'False positive',
  escalated: 'Escalated',
  reviewed: 'Reviewed by others in the database',
  gone: 'No longer visible',
  published: 'A finding of ours, published there',
};

export function anomalyFact({ id, status }: ServerAnomaly): [string, Fact] {
  return [`anomaly-${id}`, { value: status, text: anomalyStatusTexts[status] }];
}

export function* anomalyFacts({ rows, byStatus }: AnomalyRows): Generator<[string, Fact]> {
  for (const [status, count] of byStatus) yield [`anomalies-${status}`, numberFact(count)];
  for (const row of rows) yield anomalyFact(row);
}

/** In milliseconds; printed as a person would say it. */
export function medianDwellFact({ medianDwellMs }: StatementCounts): [string, Fact] {
  const value = medianDwellMs;
  return [
    'dwell-median',
    value === null ? numberFact(null) : { value: String(value), text: durationText(value) },
  ];
}

export const share = (part: number, whole: number): Fact =>
  whole === 0
    ? { value: 'unknown', text: 'unknown' }
    : { value: String(part / whole), text: `${((100 * part) / whole).toFixed(1)} %` };

/** Shares are of the decisions recorded; that of quick ones is of those with a known time in view. */
export function* conductFacts(conduct: Conduct): Generator<[string, Fact]> {
  for (const [name, count] of Object.entries(conduct)) yield [`conduct-${name}`, numberFact(count)];
  yield ['conduct-bulkShare', share(conduct.bulk, conduct.recorded)];
  yield ['conduct-quickShare', share(conduct.quick, conduct.timed)];
}

/** @param suppressed findings that exceptions hide, by the count of the findings. */
export function* exceptionFacts(
  { rows, hidden }: ExceptionRows,
  suppressed: number,
): Generator<[string, Fact]> {
  yield ['exceptions-hidden', numberFact(hidden)];
  yield ['exceptions-hiddenByOthers', numberFact(suppressed - hidden)];
  for (const line of rows) yield* exceptionLineFacts(line);
}

function* exceptionLineFacts(line: ExceptionLine): Generator<[string, Fact]> {
  const { exception, standing, hidden, blindChecks, blindChecksEscalated } = line;
  yield [`exception-${exception.id}-standing`, { value: standing, text: standingTexts[standing] }];
  for (const [name, count] of Object.entries({ hidden, blindChecks, blindChecksEscalated }))
    yield [`exception-${exception.id}-${name}`, numberFact(count)];
}

const standingTexts: Readonly<Record<ExceptionLine['standing'], string>> = {
  'in-force': 'In force when the pack was made',
  expired: 'Expired',
  ended: 'Ended early',
};

const changeTexts: Readonly<Record<PopulationAfterLine['change'], string>> = {
  unchanged: 'Unchanged',
  changed: 'Changed',
  new: 'New',
  removed: 'Gone',
};

export function populationChangeFact({ review, change }: PopulationAfterLine): [string, Fact] {
  return [`population-${review}`, { value: change, text: changeTexts[change] }];
}

export const percent = (value: number): Fact => ({
  value: String(value),
  text: `${(100 * value).toFixed(2)} %`,
});

export function* sampleFacts(sample: SampleRows): Generator<[string, Fact]> {
  const { plan, byDecision, deviations, unsettled, assessment } = sample;
  const { populationSize, populationSha256, size, seed } = plan;
  yield ['sample-populationSize', numberFact(populationSize)];
  yield ['sample-size', numberFact(size)];
  yield ['sample-drawn', numberFact(plan.drawn.length)];
  yield ['sample-populationSha256', { value: populationSha256, text: populationSha256 }];
  yield ['sample-seed', { value: seed, text: seed }];
  for (const [kind, count] of byDecision) yield [`sample-by-${kind ?? 'none'}`, numberFact(count)];
  yield ['sample-deviations', numberFact(deviations)];
  yield ['sample-unsettled', numberFact(unsettled)];
  if (assessment !== null) yield ['sample-upperLimit', percent(assessment.upperLimit)];
  for (const { review, decision } of sample.drawn.rows) yield decisionFact(review, decision);
}

/** The text that states a fact. */
export function stateFact(facts: Facts, name: string): Inline {
  const fact = facts.get(name);
  if (fact === undefined) throw new TypeError('The report states a fact that nobody computed.');
  return { kind: 'fact', name, ...fact };
}

/** A fact with the words behind it, in the singular where it is one. */
export function stateCount(facts: Facts, name: string, one: string, many: string): Phrase {
  const fact = stateFact(facts, name);
  return [fact, ` ${facts.get(name)?.value === '1' ? one : many}`];
}

/** The facts a report states, by name. */
export function statedFacts(document: ReportDocument): Facts {
  const facts = new Map<string, Fact>();
  for (const inline of inlinesOf(document)) {
    if (typeof inline !== 'string' && inline.kind === 'fact')
      facts.set(inline.name, { value: inline.value, text: inline.text });
  }
  return facts;
}

/** A fact as an element of a page. */
export const elementOf = (name: string, fact: Fact): string =>
  `<data data-fact="${escapeHtml(name)}" value="${escapeHtml(fact.value)}">${escapeHtml(fact.text)}</data>`;

/** What a hostile page calls a fact, kept short. */
function nameIn(element: string): string {
  const name = /^[^>]*?\bdata-fact="([^"]{1,80})/.exec(element)?.[1];
  return name === undefined ? 'one without a name' : `“${visibleText(name)}”`;
}

/**
 * Compares the facts stated in a report with the computed ones.
 * @returns the names of facts that are missing, and of statements that say something else.
 */
export function compareFacts(report: string, facts: Facts): { missing: string[]; wrong: string[] } {
  const expected = new Map([...facts].map(([name, fact]) => [elementOf(name, fact), name]));
  const stated = new Set<string>();
  const wrong: string[] = [];
  for (const rest of report.split(/<data\b/i).slice(1)) {
    const end = rest.indexOf('</data>');
    const name = end < 0 ? undefined : expected.get(`<data${rest.slice(0, end)}</data>`);
    if (name === undefined) wrong.push(nameIn(rest));
    else stated.add(name);
  }
  return { missing: [...facts.keys()].filter((name) => !stated.has(name)), wrong };
}
