// What was decided before on the same action of the same actor: here, and elsewhere as the audit database tells it.
import type { EarlierDecision, EarlierDecisions } from '#shared/model/decision-context.ts';
import { decisionKinds } from '#shared/model/review.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { parseNotes } from '../source/notes.ts';
import { readReviewedRows } from '../store/cache/reviewed-rows.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { identitiesOf } from './aliases.ts';
import type { LedgerState } from './projection.ts';

const mostShown = 50;

/** @param action null is every action */
export function earlierDecisionsOn(
  cache: DatabaseHandle,
  state: LedgerState,
  { actor, action }: { readonly actor: string; readonly action: string | null },
): EarlierDecisions {
  if (actor === '') return { total: 0, byDecision: [], decisions: [] };
  const all = [...madeHere(state, actor, action), ...madeElsewhere(cache, state, actor, action)].toSorted(
    (a, b) => (a.decidedAt < b.decidedAt ? 1 : a.decidedAt > b.decidedAt ? -1 : a.review < b.review ? -1 : 1),
  );
  const counting = all.filter(({ superseded, withdrawn }) => !superseded && !withdrawn);
  const kinds = [...decisionKinds, 'unknown' as const];
  return {
    total: all.length,
    byDecision: kinds.flatMap((decision) => {
      const count = counting.filter((one) => (one.decision ?? 'unknown') === decision).length;
      return count === 0 ? [] : [{ decision, count }];
    }),
    decisions: all.slice(0, mostShown),
  };
}

function madeHere(state: LedgerState, actor: string, action: string | null): EarlierDecision[] {
  const person = new Set(identitiesOf(state.independence.identities, actor));
  const isTheirs = (other: string | null) =>
    other === actor || (other !== null && person.has(other.normalize('NFKC').trim().toLowerCase()));
  return [...state.decisions.values()].flatMap((made) => {
    const about = made[0]!.payload;
    if (!isTheirs(about.actor) || (action !== null && about.action !== action)) return [];
    const inForce = made.findLast(({ withdrawn }) => !withdrawn);
    return made.map((record) => ({
      review: record.payload.review,
      origin: 'here' as const,
      decision: record.payload.decision,
      decidedAt: record.decidedAt,
      reviewer: record.reviewer,
      reviewerName: record.payload.reviewerName,
      note: record.payload.reason,
      eventAt: record.payload.createdAt,
      superseded: record !== inForce && !record.withdrawn,
      withdrawn: record.withdrawn,
    }));
  });
}

/** Rows that carry one of ours tell nothing new. */
function madeElsewhere(
  cache: DatabaseHandle,
  state: LedgerState,
  actor: string,
  action: string | null,
): EarlierDecision[] {
  return readReviewedRows(cache, actor, action).flatMap((row) => {
    const claim = parseNotes(row.notes);
    if (claim !== null && state.decisionsById.has(claim.decisionId)) return [];
    return [
      {
        review: row.id,
        origin: 'database' as const,
        decision: claim?.decision ?? null,
        decidedAt: formatInstant(row.reviewedMicroseconds),
        reviewer: row.reviewerId,
        reviewerName: null,
        note: claim === null ? row.notes : claim.reason,
        eventAt: row.eventMicroseconds === null ? null : formatInstant(row.eventMicroseconds),
        superseded: false,
        withdrawn: false,
      },
    ];
  });
}
