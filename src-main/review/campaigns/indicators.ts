// Computes how each person of a campaign decided: pace, share of bulk decisions, evidence opened, time in view.
import type { ReviewerIndicators } from '#shared/model/campaign-indicators.ts';
import { leastForPace } from '#shared/model/triage.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { isSamePerson, type Identities } from '../aliases.ts';
import { paceOf } from '../pace.ts';
import type { CampaignRecord, DecidedItem } from './campaign-state.ts';

/**
 * One line a person, in the order of their first decisions; ids known to be one person's are one line. Corrected decisions count,
 * too: they were made.
 */
export function indicatorsOf(
  { decisionsById }: Pick<CampaignRecord, 'decisionsById'>,
  identities: Identities,
): ReviewerIndicators[] {
  const people: { readonly first: DecidedItem; readonly decisions: DecidedItem[] }[] = [];
  for (const decision of decisionsById.values()) {
    const known = people.find(({ first }) => isSamePerson(identities, first.reviewer, decision.reviewer));
    if (known) known.decisions.push(decision);
    else people.push({ first: decision, decisions: [decision] });
  }
  return people.map(({ first, decisions }) => indicatorsOfOne(first, decisions));
}

function indicatorsOfOne(first: DecidedItem, decisions: readonly DecidedItem[]): ReviewerIndicators {
  const alone = decisions.filter(({ batch }) => batch === null);
  const dwellMs = alone.flatMap((decision) => (decision.dwellMs === null ? [] : [decision.dwellMs]));
  const share = (is: (decision: DecidedItem) => boolean) => decisions.filter(is).length / decisions.length;
  const numbers = {
    reviewer: first.reviewer,
    name: first.reviewerName,
    decisions: decisions.length,
    bulk: decisions.length - alone.length,
    bulkShare: share(({ batch }) => batch !== null),
    largestBulk: largestBatch(decisions),
    medianDwellMs: medianOf(dwellMs),
    perActiveMinute: paceOf(dwellMs, 0).perActiveMinute,
    mostInAMinute: mostWithin(
      alone.map(({ decidedAt }) => parseInstant(decidedAt)),
      60_000_000,
    ),
    openedShare: share(({ opened }) => opened.length > 0),
    certifiedShare: share(({ decision }) => decision === 'certify'),
    imported: decisions.filter(({ importedFrom }) => importedFrom !== null).length,
  };
  return { ...numbers, sentences: inWords(numbers) };
}

function largestBatch(decisions: readonly DecidedItem[]): number {
  const batches = Map.groupBy(
    decisions.filter(({ batch }) => batch !== null),
    ({ batch }) => batch,
  );
  return Math.max(0, ...[...batches.values()].map(({ length }) => length));
}

/** The lower of the two in the middle, where there are two. */
function medianOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >>> 1] ?? null;
}

/** The most of these moments that lie in any half-open span so long. */
function mostWithin(moments: readonly number[], span: number): number {
  const sorted = moments.toSorted((a, b) => a - b);
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
