// Computes how each person of a campaign decided: pace, share of bulk decisions, evidence opened, time in view.
import type { ReviewerIndicators } from '#shared/model/campaign-indicators.ts';
import { leastForPace } from '#shared/model/triage.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import { paceOf } from '../pace.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';

const decisionsAtOnce = 2_000;

/**
 * One line a person, in the order of their first decisions; ids known to be one person's are one line. Corrected decisions count,
 * too: they were made. In steps, for there may be hundreds of thousands.
 */
export function* indicatorsOf(
  { decisionsById }: Pick<CampaignRecord, 'decisionsById'>,
  identities: Identities,
): Generator<undefined, ReviewerIndicators[]> {
  const people = new Map<string, Conduct>();
  let seen = 0;
  for (const decision of decisionsById.values()) {
    conductOf(people, decision, identities).add(decision);
    seen += 1;
    if (seen % decisionsAtOnce === 0) yield undefined;
  }
  const lines: ReviewerIndicators[] = [];
  for (const one of new Set(people.values())) {
    lines.push(one.indicators());
    yield undefined;
  }
  return lines;
}

type Conduct = ReturnType<typeof openConduct>;

/** That of whoever decided, under whatever id. */
function conductOf(people: Map<string, Conduct>, decision: DecidedItem, identities: Identities): Conduct {
  const { reviewer } = decision;
  const known = people.get(reviewer);
  if (known) return known;
  const alias = [...people.keys()].find((id) => isSamePerson(identities, id, reviewer));
  const conduct = (alias === undefined ? undefined : people.get(alias)) ?? openConduct(decision);
  people.set(reviewer, conduct);
  return conduct;
}

/** Adds up what one person did. */
function openConduct(first: DecidedItem) {
  const counts = { decisions: 0, opened: 0, certified: 0, imported: 0 };
  const batches = new Map<string, number>();
  const [dwellMs, moments]: [number[], number[]] = [[], []];
  return {
    add: ({ batch, dwellMs: inView, decidedAt, opened, decision, importedFrom }: DecidedItem): void => {
      counts.decisions += 1;
      if (opened.length > 0) counts.opened += 1;
      if (decision === 'certify') counts.certified += 1;
      if (importedFrom !== null) counts.imported += 1;
      if (batch !== null) {
        batches.set(batch, (batches.get(batch) ?? 0) + 1);
        return;
      }
      moments.push(parseInstant(decidedAt));
      if (inView !== null) dwellMs.push(inView);
    },
    indicators: (): ReviewerIndicators => {
      const { decisions } = counts;
      const bulk = decisions - moments.length;
      const numbers = {
        reviewer: first.reviewer,
        name: first.reviewerName,
        decisions,
        bulk,
        bulkShare: bulk / decisions,
        largestBulk: largestOf(batches.values()),
        medianDwellMs: medianOf(dwellMs),
        perActiveMinute: paceOf(dwellMs, 0).perActiveMinute,
        mostInAMinute: mostWithin(moments, 60_000_000),
        openedShare: counts.opened / decisions,
        certifiedShare: counts.certified / decisions,
        imported: counts.imported,
      };
      return { ...numbers, sentences: inWords(numbers) };
    },
  };
}

function largestOf(sizes: Iterable<number>): number {
  let most = 0;
  for (const size of sizes) most = Math.max(most, size);
  return most;
}

/** The lower of the two in the middle, where there are two. */
export function medianOf(values: readonly number[]): number | null {
  return Float64Array.from(values).toSorted()[(values.length - 1) >>> 1] ?? null;
}

/** The most of these moments that lie in any half-open span so long. */
function mostWithin(moments: readonly number[], span: number): number {
  const sorted = Float64Array.from(moments).toSorted();
  let from = 0;
  let most = 0;
  for (const [place, moment] of sorted.entries()) {
    while (moment - sorted[from]! >= span) from += 1;
    most = Math.max(most, place - from + 1);
  }
  return most;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function inWords(numbers: Omit<ReviewerIndicators, 'sentences'>): string[] {
  const { decisions, bulk, bulkShare, largestBulk, medianDwellMs, perActiveMinute, mostInAMinute } = numbers;
  const sentences = [
    `${decisions} ${decisions === 1 ? 'decision' : 'decisions'}, ${percent(numbers.certifiedShare)} to certify.`,
  ];
  if (bulk > 0)
    sentences.push(`${percent(bulkShare)} made together with others, at most ${largestBulk} at once.`);
  if (decisions - bulk > 0) sentences.push(paceInWords(medianDwellMs, perActiveMinute, mostInAMinute));
  sentences.push(`Some part of the evidence was opened before ${percent(numbers.openedShare)} of them.`);
  if (numbers.imported > 0)
    sentences.push(`${numbers.imported} were made in another workspace, by that computer's clock.`);
  return sentences;
}

function paceInWords(
  medianDwellMs: number | null,
  perActiveMinute: number | null,
  mostInAMinute: number,
): string {
  const most = `At most ${mostInAMinute} were made one by one within a minute`;
  if (medianDwellMs === null) return `${most}; how long items were in view is not known.`;
  const median = `half of these items were in view for ${(medianDwellMs / 1000).toFixed(1)} seconds or less`;
  const pace =
    perActiveMinute === null
      ? `fewer than ${leastForPace} say too little about a pace`
      : `about ${perActiveMinute.toFixed(1)} a minute of looking`;
  return `${most}; ${median}; ${pace}.`;
}
