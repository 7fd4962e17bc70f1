// An actor's risk from 0 to 100: a sum of points, each of which belongs to one finding.
import type { Severity } from '#shared/model/severity.ts';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { CaseMember } from './case-member.ts';
import { foldCases } from './cases.ts';

/** Points of one finding on the day it ends. With the insider bands one critical finding, or two high ones, is an alert. */
export const pointsBySeverity: Readonly<Record<Severity, number>> = {
  low: 5,
  medium: 12,
  high: 30,
  critical: 60,
};

/**
 * By what a detector's findings are multiplied; 1 where none is named.
 * z3 counts half, because it knows no season and reaches a busy person by chance. What is merely new or at a rare hour is
 * common and counts three quarters. A separation-of-duties rule needs no statistics to be right and counts five quarters.
 */
export const weightByDetector: Readonly<Record<string, number>> = {
  z3: 0.5,
  first_seen: 0.75,
  rare_time: 0.75,
  sod: 1.25,
};

/** Points halve in this time, counted from the end of the finding. */
export const halfLifeDays = 7;
/** What the findings of a case count beside its strongest, which counts in full: they tell the same story. */
export const sameCaseShare = 0.25;
const highestRisk = 100;

export interface RiskContribution {
  readonly identity: string;
  readonly detector: string;
  readonly caseId: string;
  readonly severity: Severity;
  /** pointsBySeverity × weightByDetector. */
  readonly fullPoints: number;
  /** 1 for the strongest of its case, {@link sameCaseShare} for the others. */
  readonly share: number;
  /** Since the finding's end; 0 while it lasts. */
  readonly ageDays: number;
  /** fullPoints × share × 0.5 ^ (ageDays / {@link halfLifeDays}). */
  readonly points: number;
}

export interface Risk {
  /** 0 to 100. */
  readonly score: number;
  /** What the contributions sum to beyond 100: score + overflow is their sum. */
  readonly overflow: number;
  /** Most points first. */
  readonly contributions: readonly RiskContribution[];
}

export interface RiskActor {
  readonly sourceAccount: string;
  readonly actor: string;
}

/**
 * The risk of an actor at an instant, from what began before it. What nobody in particular did is nobody's risk.
 * @param members findings of anybody; those of others are left out.
 */
export function riskOf(members: Iterable<CaseMember>, actor: RiskActor, atMicroseconds: number): Risk {
  return sumUp(casesOf(members, actor), atMicroseconds);
}

/** The risk of an actor at the end of each of some UTC days (since the epoch). */
export function riskHistory(
  members: Iterable<CaseMember>,
  actor: RiskActor,
  days: readonly number[],
): { readonly day: number; readonly risk: Risk }[] {
  const cases = casesOf(members, actor);
  return days.map((day) => ({ day, risk: sumUp(cases, (day + 1) * microsecondsPerDay) }));
}

type OwnCase = { readonly id: string; readonly members: readonly CaseMember[] };

function casesOf(members: Iterable<CaseMember>, { sourceAccount, actor }: RiskActor): OwnCase[] {
  if (actor === '') return [];
  const own = [...members].filter(
    (member) => member.sourceAccount === sourceAccount && member.actor === actor,
  );
  return foldCases(own);
}

function sumUp(cases: readonly OwnCase[], atMicroseconds: number): Risk {
  const contributions = cases
    .flatMap((story) => contributionsOf(story, atMicroseconds))
    .toSorted((one, other) => other.points - one.points || (one.identity < other.identity ? -1 : 1));
  const sum = contributions.reduce((total, { points }) => total + points, 0);
  const score = Math.min(sum, highestRisk);
  return { score, overflow: sum - score, contributions };
}

/** Folding never looks ahead, so the part of a case that began before an instant is the case as it was known then. */
function contributionsOf({ id, members }: OwnCase, atMicroseconds: number): RiskContribution[] {
  const ranked = members
    .filter((member) => member.fromMicroseconds < atMicroseconds)
    .map((member) => decayed(member, atMicroseconds))
    .toSorted((one, other) => other.points - one.points || (one.identity < other.identity ? -1 : 1));
  return ranked.map((contribution, place) => {
    const share = place === 0 ? 1 : sameCaseShare;
    return { ...contribution, caseId: id, share, points: contribution.points * share };
  });
}

function decayed(
  { identity, detector, severity, toMicroseconds }: CaseMember,
  atMicroseconds: number,
): Omit<RiskContribution, 'caseId' | 'share'> {
  const fullPoints = pointsBySeverity[severity] * (weightByDetector[detector] ?? 1);
  const ageDays = Math.max(0, atMicroseconds - toMicroseconds) / microsecondsPerDay;
  return {
    identity,
    detector,
    severity,
    fullPoints,
    ageDays,
    points: fullPoints * 0.5 ** (ageDays / halfLifeDays),
  };
}
