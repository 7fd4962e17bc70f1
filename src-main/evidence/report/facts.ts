// The facts a report states: each has a name, so that a verifier can compute it again and compare.
import type { Finding } from '#shared/model/finding.ts';
import { isDecided, type StatementCounts } from '../pack-counts.ts';
import type { PackContents } from '../pack-contents.ts';
import type { Ipe } from '../pack-input.ts';
import { Markup, escapeHtml } from './markup.ts';

export type Fact = { readonly value: string; readonly text: string };
export type Facts = ReadonlyMap<string, Fact>;

const decisionTexts: Readonly<Record<string, string>> = {
  certify: 'Certified',
  revoke: 'Revoke',
  modify: 'Modify',
  abstain: 'Abstained',
  escalate: 'Escalated',
  none: 'No decision',
};

/** Whole numbers with commas, others with two decimals; null is “unknown”, never zero. */
function numberFact(value: number | null): Fact {
  if (value === null) return { value: 'unknown', text: 'unknown' };
  const text = Number.isInteger(value) ? String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',') : value.toFixed(2);
  return { value: String(value), text };
}

function* countFacts(counts: StatementCounts): Generator<[string, Fact]> {
  for (const [name, value] of Object.entries(counts)) {
    if (value === undefined) continue;
    if (value === null || typeof value === 'number') yield [`count-${name}`, numberFact(value)];
    else
      for (const [part, count] of Object.entries(value)) yield [`count-${name}-${part}`, numberFact(count)];
  }
}

function* populationFacts(ipe: Ipe): Generator<[string, Fact]> {
  yield ['ipe-rows', numberFact(ipe.rows)];
  yield ['ipe-serverRows', numberFact(ipe.serverRows)];
  for (const { day, mirrored, server } of ipe.days) {
    yield [`day-${day}-mirrored`, numberFact(mirrored)];
    yield [`day-${day}-server`, numberFact(server)];
  }
}

function* findingFacts(finding: Finding): Generator<[string, Fact]> {
  const { count, score, threshold, evidence } = finding;
  for (const [name, value] of Object.entries({ ...evidence, count, score, threshold })) {
    if (typeof value === 'number') yield [`finding-${finding.id}-${name}`, numberFact(value)];
  }
}

/** All facts of a report by name. */
export function factsOf(contents: PackContents, counts: StatementCounts): Facts {
  const decisions = contents.decisions.map((line): [string, Fact] => {
    const value = isDecided(line) ? line.decision : 'none';
    return [`decision-${line.review}`, { value, text: decisionTexts[value] ?? value }];
  });
  return new Map([
    ...countFacts(counts),
    ...populationFacts(contents.ipe),
    ...contents.findings.flatMap((finding) => [...findingFacts(finding)]),
    ...decisions,
  ]);
}

const elementOf = (name: string, fact: Fact): string =>
  `<data data-fact="${escapeHtml(name)}" value="${escapeHtml(fact.value)}">${escapeHtml(fact.text)}</data>`;

/** The element that states one fact. */
export function stateFact(facts: Facts, name: string): Markup {
  const fact = facts.get(name);
  if (fact === undefined) throw new TypeError('The report states a fact that nobody computed.');
  return new Markup(elementOf(name, fact));
}

/**
 * Compares the facts stated in a report with the computed ones.
 * @returns the names of facts that are missing, and how many statements say something else.
 */
export function compareFacts(report: string, facts: Facts): { missing: string[]; wrong: number } {
  const expected = new Map([...facts].map(([name, fact]) => [elementOf(name, fact), name]));
  const stated = new Set<string>();
  let wrong = 0;
  for (const rest of report.split(/<data\b/i).slice(1)) {
    const end = rest.indexOf('</data>');
    const name = end < 0 ? undefined : expected.get(`<data${rest.slice(0, end)}</data>`);
    if (name === undefined) wrong++;
    else stated.add(name);
  }
  return { missing: [...facts.keys()].filter((name) => !stated.has(name)), wrong };
}
