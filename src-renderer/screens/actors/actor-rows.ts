// Joins what is known of every actor into the rows of one list, and searches them.
import type { Finding } from '#shared/model/finding.ts';
import type { Review } from '#shared/model/review.ts';
import type { ActorRisk } from '#shared/model/story.ts';
import type { ActorCount } from '#shared/model/workspace.ts';

export type ActorRow = {
  /** Unique over accounts of the source. */
  readonly id: string;
  readonly sourceAccount: string;
  /** Empty for events that name nobody. */
  readonly actor: string;
  readonly actorName: string | null;
  readonly events: number;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** Null where it is not known: beyond the risks that were asked for. */
  readonly score: number | null;
  /** Scores by day, the present one last; empty while no finding counts. */
  readonly course: readonly number[];
  readonly openFindings: number;
  readonly pendingReviews: number;
};

export type ActorSources = {
  readonly actors: readonly ActorCount[];
  readonly risks: readonly ActorRisk[];
  /** Whether `risks` holds everybody who has any. */
  readonly hasEveryRisk: boolean;
  readonly findings: readonly Pick<Finding, 'sourceAccount' | 'actor' | 'disposition' | 'suppressedBy'>[];
  readonly reviews: readonly Pick<Review, 'actor' | 'status'>[];
};

export const rowIdOf = ({ sourceAccount, actor }: { sourceAccount: string; actor: string }): string =>
  `${sourceAccount}\u0000${actor}`;

/** The riskiest first, then the most active. */
export function actorRows(known: ActorSources): ActorRow[] {
  const { actors, risks, hasEveryRisk, findings, reviews } = known;
  const riskOf = new Map(risks.map((risk) => [rowIdOf(risk), risk]));
  const open = tally(
    findings.filter(({ disposition, suppressedBy }) => disposition === null && suppressedBy === null),
    rowIdOf,
  );
  // Items of a queue do not say which account of the source their actor is of.
  const pending = tally(
    reviews.filter(({ status }) => status === 'pending'),
    ({ actor }) => actor ?? '',
  );
  return actors
    .map(({ sourceAccount, actor, actorName, count, firstSeen, lastSeen }) => {
      const id = rowIdOf({ sourceAccount, actor });
      const risk = riskOf.get(id);
      return {
        id,
        sourceAccount,
        actor,
        actorName,
        events: count,
        firstSeen,
        lastSeen,
        score: risk?.score ?? (hasEveryRisk ? 0 : null),
        course: risk === undefined ? [] : [...risk.history.map(({ score }) => score), risk.score],
        openFindings: open.get(id) ?? 0,
        pendingReviews: pending.get(actor) ?? 0,
      };
    })
    .toSorted((one, other) => (other.score ?? -1) - (one.score ?? -1) || other.events - one.events);
}

function tally<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const thing of things) {
    const key = keyOf(thing);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Those whose id or name holds every word, in either case. */
export function searchActors(rows: readonly ActorRow[], search: string): readonly ActorRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(({ actor, actorName }) => {
    const whole = `${actor} ${actorName ?? ''}`.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
