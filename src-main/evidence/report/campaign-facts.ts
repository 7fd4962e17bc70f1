// What a report states about access reviews and daily reviews in numbers and words, each by a name of its own.
import type { Remediation } from '#shared/model/campaign.ts';
import type { DecisionKind } from '#shared/model/review.ts';
import type { CampaignLine } from '../parts/campaign-lines.ts';
import type { CampaignItemRow, CampaignRow } from './collect-campaigns.ts';
import type { DayRow, Days, DayStanding } from './daily-days.ts';
import { decisionTexts, numberFact, percent, share, type Fact } from './facts.ts';
import { durationText } from './visible-text.ts';

type Named = [string, Fact];

/** The name of a fact about a campaign. */
export const campaignFact = (campaign: string, name: string): string => `campaign-${campaign}-${name}`;

const wordFact = (value: string, text = value): Fact => ({ value, text });

const stateTexts: Readonly<Record<CampaignLine['state'], string>> = {
  draft: 'Draft',
  open: 'STILL OPEN',
  closed: 'Closed',
  'closed-incomplete': 'CLOSED INCOMPLETE',
  discarded: 'Discarded',
};

export const itemStateTexts: Readonly<Record<CampaignItemRow['state'], string>> = {
  decided: 'Decided',
  open: 'Open',
  undecided: 'Left undecided',
  disagreed: 'The stages do not agree',
  conflict: 'IN CONFLICT',
};

export const remediationTexts: Readonly<Record<Remediation['state'], string>> = {
  open: 'Nothing said to be done',
  ticketed: 'Ticketed',
  'done-unverified': 'Said to be done, NOT VERIFIED',
  'verified-removed': 'Verified removed',
  'still-present': 'STILL PRESENT',
  're-granted': 'GRANTED AGAIN',
};

const dwellFact = (value: number | null): Fact =>
  value === null ? numberFact(null) : { value: String(value), text: durationText(value) };

export function* campaignFacts(row: CampaignRow): Generator<Named> {
  const { campaign } = row.line;
  for (const [name, fact] of factsOfRow(row)) yield [campaignFact(campaign, name), fact];
}

function* factsOfRow(row: CampaignRow): Generator<Named> {
  const { line, taken, held, silent, certified, remediation } = row;
  yield ['state', wordFact(line.state, stateTexts[line.state])];
  for (const [name, count] of Object.entries(line.counts)) yield [name, numberFact(count)];
  yield* populationFacts(line);
  yield ['certified-privileged', numberFact(certified.privileged)];
  yield ['certified-maybePrivileged', numberFact(certified.maybePrivileged)];
  yield ['held', numberFact(held.total)];
  yield ['silent', numberFact(silent.total)];
  yield* conductFacts(line);
  for (const [state, count] of Object.entries(remediation)) yield [`remediation-${state}`, numberFact(count)];
  for (const [index, recheck] of line.rechecks.entries()) yield* recheckFacts(recheck, index + 1);
  for (const [index, sample] of line.samples.entries()) yield* sampleFacts(sample, index + 1);
  for (const item of [...taken.rows, ...held.rows, ...silent.rows]) yield itemFact(item);
  for (const item of taken.rows) yield remedyFact(item);
}

function* populationFacts({
  ipe,
  difference,
  flags,
  privileged,
  withoutMeaning,
}: CampaignLine): Generator<Named> {
  yield ['rows', numberFact(ipe.rows)];
  yield ['countedRows', numberFact(ipe.countedRows)];
  yield ['sha256', wordFact(ipe.sha256)];
  yield ['keysSha256', wordFact(ipe.keysSha256)];
  yield ['excluded', numberFact(ipe.excluded.reduce((sum, { rows }) => sum + rows, 0))];
  for (const [index, { rows }] of ipe.excluded.entries()) yield [`excluded-${index + 1}`, numberFact(rows)];
  for (const [kind, count] of Object.entries(difference ?? {}))
    yield [`difference-${kind}`, numberFact(count)];
  for (const { flag, yes, unknown } of [...flags, { flag: 'rights-privileged', ...privileged }]) {
    yield [`flag-${flag}-yes`, numberFact(yes)];
    yield [`flag-${flag}-unknown`, numberFact(unknown)];
  }
  yield ['withoutMeaning', numberFact(withoutMeaning)];
}

function* conductFacts({
  conduct,
  corrections,
  conflicts,
  delegations,
  indicators,
}: CampaignLine): Generator<Named> {
  const { medianDwellMs, ...counts } = conduct;
  for (const [name, count] of Object.entries(counts)) yield [`conduct-${name}`, numberFact(count)];
  yield ['conduct-bulkShare', share(counts.bulk, counts.decisions)];
  yield ['conduct-median', dwellFact(medianDwellMs)];
  yield ['corrections', numberFact(corrections.total)];
  yield ['conflicts', numberFact(conflicts.total)];
  yield ['conflicts-open', numberFact(conflicts.open)];
  yield ['delegations', numberFact(delegations.length)];
  for (const [index, one] of indicators.entries()) {
    const name = `reviewer-${index + 1}`;
    yield [`${name}-decisions`, numberFact(one.decisions)];
    yield [`${name}-certifiedShare`, percent(one.certifiedShare)];
    yield [`${name}-bulkShare`, percent(one.bulkShare)];
    yield [`${name}-largestBulk`, numberFact(one.largestBulk)];
    yield [`${name}-openedShare`, percent(one.openedShare)];
    yield [`${name}-median`, dwellFact(one.medianDwellMs)];
    yield [`${name}-mostInAMinute`, numberFact(one.mostInAMinute)];
    yield [`${name}-imported`, numberFact(one.imported)];
  }
}

function* recheckFacts(recheck: CampaignLine['rechecks'][number], number: number): Generator<Named> {
  const name = `recheck-${number}`;
  yield [`${name}-items`, numberFact(recheck.items)];
  yield [`${name}-unknown`, numberFact(recheck.unknown)];
  for (const state of ['verified-removed', 'still-present', 're-granted'] as const)
    yield [`${name}-${state}`, numberFact(recheck.results.filter((one) => one.state === state).length)];
}

/** What cannot be tested counts as a deviation. */
function* sampleFacts(
  { plan, results, assessment }: CampaignLine['samples'][number],
  number: number,
): Generator<Named> {
  const name = `sample-${number}`;
  const count = (wanted: string): number => results.filter(({ result }) => result === wanted).length;
  yield [`${name}-populationSize`, numberFact(plan.populationSize)];
  yield [`${name}-size`, numberFact(plan.drawn.length)];
  yield [`${name}-pass`, numberFact(count('pass'))];
  yield [`${name}-deviation`, numberFact(count('deviation'))];
  yield [`${name}-not-testable`, numberFact(count('not-testable'))];
  yield [`${name}-untested`, numberFact(plan.drawn.length - results.length)];
  yield [`${name}-seed`, wordFact(plan.seed)];
  if (assessment !== null) yield [`${name}-upperLimit`, percent(assessment.upperLimit)];
}

export const itemFactName = ({ item }: Pick<CampaignItemRow, 'item'>): string => `item-${item.key}`;
export const remedyFactName = ({ item }: Pick<CampaignItemRow, 'item'>): string => `remedy-${item.key}`;

const outcomeFact = (outcome: DecisionKind): Fact => wordFact(outcome, decisionTexts[outcome]);

const itemFact = (row: CampaignItemRow): Named => [
  itemFactName(row),
  row.outcome === null ? wordFact(row.state, itemStateTexts[row.state]) : outcomeFact(row.outcome),
];

function remedyFact(row: CampaignItemRow): Named {
  const state = row.remediation?.state ?? 'open';
  return [remedyFactName(row), wordFact(state, remediationTexts[state])];
}

const dayTexts: Readonly<Record<DayStanding, string>> = {
  holds: 'Holds',
  changed: 'HOLDS NO LONGER',
  unknown: 'Unknown',
};

/** @param place from 1, in the order of the report */
export const dayFact = (place: number, name: string): string => `daily-${place}-${name}`;

export function* dailyFacts({ rows, missing, replaced }: Days): Generator<Named> {
  const standing = (wanted: DayStanding): number => rows.filter((row) => row.standing === wanted).length;
  yield ['daily-onRecord', numberFact(rows.length)];
  yield [
    'daily-missing',
    numberFact(missing === null ? null : missing.reduce((sum, { days }) => sum + days, 0)),
  ];
  yield ['daily-changed', numberFact(standing('changed'))];
  yield ['daily-unknown', numberFact(standing('unknown'))];
  yield ['daily-replaced', numberFact(replaced)];
  for (const [index, row] of rows.entries()) yield* dayFacts(row, index + 1);
}

function* dayFacts({ day, standing }: DayRow, place: number): Generator<Named> {
  yield [dayFact(place, 'standing'), wordFact(standing, dayTexts[standing])];
  for (const name of ['events', 'findings', 'openFindings'] as const)
    yield [dayFact(place, name), numberFact(day.sources.reduce((sum, source) => sum + source[name], 0))];
  yield [dayFact(place, 'gaps'), numberFact(day.sources.reduce((sum, { gaps }) => sum + gaps.length, 0))];
}
