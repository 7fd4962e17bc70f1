// Who is how risky, from the findings on record: each point belongs to one of them.
import type { Finding } from '#shared/model/finding.ts';
import type { ActorRisk } from '#shared/model/story.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { CaseMember } from '../analytics/case-member.ts';
import { halfLifeDays, riskHistory, riskOf, type Risk, type RiskActor } from '../analytics/risk.ts';

export type RiskQuestion = {
  /** Only this actor, in every account. */
  readonly actor: string | undefined;
  readonly atMicroseconds: number;
  /** Whole UTC days of history before the instant. */
  readonly historyDays: number;
  readonly limit: number;
};

/** What somebody called false, or an exception lets pass, is nobody's risk; what was escalated is, whatever hides its like. */
export function countsForRisk({ disposition, suppressedBy }: Finding): boolean {
  return disposition === 'escalated' || (disposition !== 'false-positive' && suppressedBy === null);
}

/**
 * Actors by risk, highest first; actors without a finding that counts are not among them.
 * @param members one of each finding
 */
export function listActorRisks(
  findings: readonly Finding[],
  members: readonly CaseMember[],
  { actor, atMicroseconds, historyDays, limit }: RiskQuestion,
): ActorRisk[] {
  const counted = new Map(findings.filter(countsForRisk).map((finding) => [finding.id, finding]));
  const asked = members.filter(
    (member) =>
      counted.has(member.identity) && member.actor !== '' && (actor === undefined || member.actor === actor),
  );
  const own = Map.groupBy(asked, (member) => JSON.stringify([member.sourceAccount, member.actor]));
  const judged = [...own.values()].map((ofActor) => {
    const who = { sourceAccount: ofActor[0]!.sourceAccount, actor: ofActor[0]!.actor };
    return { who, ofActor, risk: riskOf(ofActor, who, atMicroseconds) };
  });
  return judged
    .filter(({ risk }) => risk.contributions.length > 0)
    .toSorted((one, other) => other.risk.score - one.risk.score || (one.who.actor < other.who.actor ? -1 : 1))
    .slice(0, limit)
    .map(({ who, ofActor, risk }) => ({
      ...describe(who, risk),
      actorName: nameIn(ofActor, counted),
      at: formatInstant(atMicroseconds),
      history: historyOf(ofActor, who, atMicroseconds, historyDays),
    }));
}

function describe(who: RiskActor, { score, overflow, contributions }: Risk) {
  return {
    ...who,
    score,
    overflow,
    halfLifeDays,
    contributions: contributions.map(({ identity, caseId: _caseId, ...rest }) => ({
      finding: identity,
      ...rest,
    })),
  };
}

function nameIn(members: readonly CaseMember[], findings: ReadonlyMap<string, Finding>): string | null {
  const named = members.map(({ identity, actor }) => {
    const finding = findings.get(identity);
    return finding?.actor === actor ? finding.actorName : null;
  });
  return named.find((name) => name !== null) ?? null;
}

function historyOf(
  members: readonly CaseMember[],
  who: RiskActor,
  atMicroseconds: number,
  historyDays: number,
): ActorRisk['history'] {
  const today = Math.floor(atMicroseconds / microsecondsPerDay);
  const days = Array.from({ length: historyDays }, (_, place) => today - historyDays + place);
  return riskHistory(members, who, days).map(({ day, risk }) => ({
    day: formatInstant(day * microsecondsPerDay).slice(0, 10),
    score: risk.score,
  }));
}
