// What was decided before on the same action of the same actor: here, and elsewhere as the audit database tells it.
import type { EarlierDecision, EarlierDecisions } from '#shared/model/decision-context.ts';
import { decisionKinds } from '#shared/model/review.ts';
import { formatInstant } from '#shared/time/instant.ts';
import { parseNotes } from '../source/notes.ts';
import { readReviewedActors, readReviewedRows } from '../store/cache/reviewed-rows.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { foldIdentity, identitiesOf } from './aliases.ts';
import type { DecisionRecord, LedgerState } from './projection.ts';

const mostShown = 50;

/** @param action null is every action */
type Question = { readonly actor: string; readonly action: string | null };

export const earlierDecisionsOn = (
  cache: DatabaseHandle,
  state: LedgerState,
  question: Question,
): EarlierDecisions => earlierDecisionsIn(cache, state)(question);

/** The same for one question after the other: decisions are put in order by actor once. */
export function earlierDecisionsIn(
  cache: DatabaseHandle,
  state: LedgerState,
): (question: Question) => EarlierDecisions {
  const here = decisionsByActor(state);
  const elsewhere = readReviewedActors(cache);
  return ({ actor, action }) => {
    if (actor === '') return { total: 0, byDecision: [], decisions: [] };
    const person = new Set([actor, ...identitiesOf(state.independence.identities, actor)]);
    const made = new Set([...person].flatMap((id) => [...(here.get(id) ?? [])]));
    return inShort([
      ...madeHere(made, action),
      ...(elsewhere.has(actor) ? madeElsewhere(cache, state, actor, action) : []),
    ]);
  };
}

function inShort(found: readonly EarlierDecision[]): EarlierDecisions {
  if (found.length === 0) return { total: 0, byDecision: [], decisions: [] };
  const all = found.toSorted((a, b) =>
    a.decidedAt < b.decidedAt ? 1 : a.decidedAt > b.decidedAt ? -1 : a.review < b.review ? -1 : 1,
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

type Made = readonly DecisionRecord[];

/** By the actor as they are named and in the folded form of their id, each item once. */
function decisionsByActor({ decisions }: LedgerState): ReadonlyMap<string, ReadonlySet<Made>> {
  const byActor = new Map<string, Set<Made>>();
  for (const made of decisions.values()) {
    const { actor } = made[0]!.payload;
    if (actor === null) continue;
    for (const id of new Set([actor, foldIdentity(actor)])) {
      const known = byActor.get(id);
      if (known) known.add(made);
      else byActor.set(id, new Set([made]));
    }
  }
  return byActor;
}

function madeHere(made: Iterable<Made>, action: string | null): EarlierDecision[] {
  return [...made].flatMap((records) => {
    if (action !== null && records[0]!.payload.action !== action) return [];
    const inForce = records.findLast(({ withdrawn }) => !withdrawn);
    return records.map((record) => ({
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
