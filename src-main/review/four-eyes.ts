// Which decisions and dispositions need a second person, and whether one concurred.
import type { Second, SecondState } from '#shared/model/concurrence.ts';
import type { Disposition } from '#shared/model/finding.ts';
import type { FourEyesRule } from '#shared/model/independence.ts';
import { finalDecisionKinds, type DecisionKind } from '#shared/model/review.ts';
import { isSamePerson, type Identities } from './aliases.ts';

/** What a second reviewer put on record. */
export type ConcurrenceRecord = {
  readonly id: string;
  readonly reviewer: string;
  readonly reviewerName: string;
  readonly agree: boolean;
  readonly reason: string;
  /** Of what the second reviewer was shown; it must be what the first one was. */
  readonly digest: string;
  readonly at: string;
};

/** What may need a second person: `fourEyes` holds the ids of the rules it matched when it was made. */
export type Seconded = {
  readonly reviewer: string;
  /** Who acted; null when nobody in particular. */
  readonly actor: string | null;
  readonly digest: string;
  readonly fourEyes: readonly string[];
};

type DecisionFacts = {
  readonly decision: DecisionKind;
  readonly severity: string | null;
  readonly action: string;
};

/** Ids of the rules a decision matches. A severity the source did not state matches no rule about severities. */
export function rulesForDecision(rules: readonly FourEyesRule[], facts: DecisionFacts): string[] {
  if (!finalDecisionKinds.includes(facts.decision)) return [];
  return rules
    .filter(
      (rule) =>
        rule.about === 'decision' &&
        includes(rule.severities, facts.severity) &&
        includes(rule.decisions, facts.decision) &&
        includes(rule.actions, facts.action),
    )
    .map(({ id }) => id);
}

type DispositionFacts = { readonly disposition: Disposition; readonly severity: string | null };

/** Ids of the rules a disposition of a finding matches. */
export function rulesForDisposition(rules: readonly FourEyesRule[], facts: DispositionFacts): string[] {
  return dispositionRules(rules, ['disposition'], facts);
}

/** Ids of the rules a disposition of one of the source's anomalies matches: those about findings, and those about these alone. */
export function rulesForAnomaly(rules: readonly FourEyesRule[], facts: DispositionFacts): string[] {
  return dispositionRules(rules, ['disposition', 'anomaly'], facts);
}

function dispositionRules(
  rules: readonly FourEyesRule[],
  about: readonly FourEyesRule['about'][],
  facts: DispositionFacts,
): string[] {
  return rules
    .filter(
      (rule) =>
        rule.about !== 'decision' &&
        about.includes(rule.about) &&
        includes(rule.severities, facts.severity) &&
        includes(rule.dispositions, facts.disposition),
    )
    .map(({ id }) => id);
}

function includes(wanted: readonly string[] | null, found: string | null): boolean {
  if (wanted === null) return true;
  const folded = found?.trim().toLowerCase();
  return wanted.some((one) => one.trim().toLowerCase() === folded);
}

/** Whether a concurrence is somebody else's: neither the first reviewer's nor the actor's, under any of their ids. */
export function countsAsSecond(
  identities: Identities,
  { reviewer, actor, digest }: Omit<Seconded, 'fourEyes'>,
  second: Pick<ConcurrenceRecord, 'reviewer' | 'digest'>,
): boolean {
  return (
    second.digest === digest &&
    !isSamePerson(identities, reviewer, second.reviewer) &&
    !(actor !== null && isSamePerson(identities, actor, second.reviewer))
  );
}

/**
 * Where a decision stands with its second person. Everybody's latest word counts, and one disagreement holds it up.
 * @param concurrences oldest first
 */
export function secondStateOf(
  identities: Identities,
  first: Seconded,
  concurrences: readonly ConcurrenceRecord[],
): SecondState {
  if (first.fourEyes.length === 0) return 'not-needed';
  const independent = concurrences.filter((one) => countsAsSecond(identities, first, one));
  const latest = independent.filter(
    (one, place) =>
      !independent.slice(place + 1).some((later) => isSamePerson(identities, one.reviewer, later.reviewer)),
  );
  if (latest.some(({ agree }) => !agree)) return 'disagreed';
  return latest.length > 0 ? 'agreed' : 'awaiting';
}

/**
 * The second person's part as people and packs see it; null where no rule asked for one.
 * @param concurrences oldest first
 */
export function secondOf(
  identities: Identities,
  first: Seconded,
  concurrences: readonly ConcurrenceRecord[],
): Second | null {
  if (first.fourEyes.length === 0) return null;
  return {
    state: secondStateOf(identities, first, concurrences),
    rules: [...first.fourEyes],
    concurrences: concurrences.map(({ digest, ...said }) => ({
      ...said,
      counts: countsAsSecond(identities, first, { reviewer: said.reviewer, digest }),
    })),
  };
}

/** True once nothing is missing: no second person was needed, or one concurred. */
export function isFinal(state: SecondState): boolean {
  return state === 'not-needed' || state === 'agreed';
}
