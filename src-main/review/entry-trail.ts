// Which review items and anomalies a ledger entry is about, so that everything on record about one can be named.
import { z } from 'zod';
import type { EntryReference } from '#shared/model/conflict.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';

/** Types whose subject is a review item, or one of the source's anomalies. */
const aboutSubject: ReadonlySet<LedgerEntry['type']> = new Set([
  'decision',
  'decision-withdrawn',
  'self-review-refused',
  'concurrence',
  'conflict-closed',
  'anomaly-disposition',
]);

/** Whether an entry holds what it must is judged where it is applied. */
const sent = z.object({
  decisions: z.array(z.string()),
  anomalies: z.array(z.object({ id: z.string() })).optional(),
});
const settled = z.object({
  items: z.array(z.object({ review: z.string() })),
  asSent: z.object({ decisions: z.array(z.string()) }).optional(),
  anomalies: z.array(z.object({ anomaly: z.string() })).optional(),
});

/** Where the trail of an anomaly is: the source may use one id for a review item and for an anomaly. */
export const anomalyTrail = (anomaly: string): string => `anomaly ${anomaly}`;

export type TrailSubjects = {
  /** The item of a decision; null for none. */
  readonly reviewOf: (decision: string) => string | null;
  /** The anomaly of a disposition; null for none. */
  readonly anomalyOf: (disposition: string) => string | null;
};

/** Adds the entry to the trail of everything it is about. */
export function followTrail(
  trails: Map<string, EntryReference[]>,
  { entry, hash }: StoredEntry,
  subjects: TrailSubjects,
): void {
  const places = placesOf(entry, subjects);
  if (places.length === 0) return;
  const { seq, id, type, wall_time: at, actor } = entry;
  const reference: EntryReference = { seq, id, type, at, actor, hash };
  for (const place of places) {
    const trail = trails.get(place);
    if (!trail) trails.set(place, [reference]);
    // Once, however often the entry names it.
    else if (trail.at(-1) !== reference) trail.push(reference);
  }
}

function placesOf({ type, subject, payload }: LedgerEntry, subjects: TrailSubjects): string[] {
  const { reviewOf, anomalyOf } = subjects;
  const reviewsOf = (decisions: readonly string[]) =>
    decisions.map(reviewOf).filter((review) => review !== null);
  if (type === 'sync-sent') {
    const { decisions = [], anomalies = [] } = sent.safeParse(payload).data ?? {};
    const judged = anomalies.map(({ id }) => anomalyOf(id)).filter((anomaly) => anomaly !== null);
    return [...reviewsOf(decisions), ...judged.map(anomalyTrail)];
  }
  if (type === 'sync-outcome') {
    const { items = [], asSent, anomalies = [] } = settled.safeParse(payload).data ?? {};
    return [
      ...items.map(({ review }) => review),
      ...reviewsOf(asSent?.decisions ?? []),
      ...anomalies.map(({ anomaly }) => anomalyTrail(anomaly)),
    ];
  }
  if (!aboutSubject.has(type) || subject === null) return [];
  if (typeof payload['anomaly'] === 'string' || payload['about'] === 'anomaly')
    return [anomalyTrail(subject)];
  // Some name the decision instead of the item.
  return [reviewOf(subject) ?? subject];
}
