// How far each decision in force carries: final, or waiting for somebody, or not what stands in the audit database.
import { decisionKinds, type Decision, type DecisionKind, type Review } from '#shared/model/review.ts';

export const decisionStandings = [
  'final',
  'awaiting',
  'disagreed',
  'not-independent',
  'opposed',
  'not-taken',
  'left-open',
] as const;
/**
 * awaiting: for a second person · disagreed: the second person did not concur · not-independent: who decided is, under another id,
 * whom it is about · opposed: somebody else's review stands in the audit database · not-taken: the database refused it or does not
 * show the row · left-open: abstained or escalated, which asks for somebody else · final: none of these.
 */
export type DecisionStanding = (typeof decisionStandings)[number];

const notTaken: readonly Decision['sync'][] = ['changed', 'not-visible', 'rejected'];

/** The first that applies, in the order in which a reader has to know of it. */
export function standingOf(item: Review, made: Decision): DecisionStanding {
  if (item.ownByAlias === true) return 'not-independent';
  if (item.conflict || made.sync === 'superseded') return 'opposed';
  if (made.second?.state === 'disagreed' || made.sync === 'disagreed') return 'disagreed';
  if (made.second?.state === 'awaiting' || made.sync === 'awaiting-second') return 'awaiting';
  if (made.decision === 'abstain' || made.decision === 'escalate') return 'left-open';
  return notTaken.includes(made.sync) ? 'not-taken' : 'final';
}

/** Decisions by kind and standing; every pair is there. */
export type StandingCounts = ReadonlyMap<DecisionKind, ReadonlyMap<DecisionStanding, number>>;

export function collectStandings() {
  const counts = new Map(
    decisionKinds.map((kind) => [kind, new Map(decisionStandings.map((standing) => [standing, 0]))]),
  );
  return {
    add: (item: Review, made: Decision): void => {
      const ofKind = counts.get(made.decision);
      const standing = standingOf(item, made);
      ofKind?.set(standing, (ofKind.get(standing) ?? 0) + 1);
    },
    counts: (): StandingCounts => counts,
  };
}
