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
  const about = new Set(placesOf(entry, subjects));
  if (about.size === 0) return;
  const { seq, id, type, wall_time: at, actor } = entry;
  const reference: EntryReference = { seq, id, type, at, actor, hash };
  for (const place of about) {
    const trail = trails.get(place);
    if (trail) trail.push(reference);
    else trails.set(place, [reference]);
  }
}

function placesOf({ type, subject, payload }: LedgerEntry, subjects: TrailSubjects): string[] {
  const { reviewOf, anomalyOf } = subjects;
  if (type === 'sync-sent') {
    const { decisions = [], anomalies = [] } = sent.safeParse(payload).data ?? {};
    const judged = anomalies.map(({ id }) => anomalyOf(id)).filter((anomaly) => anomaly !== null);
    return [...decisions.map(reviewOf).filter((review) => review !== null), ...judged.map(anomalyTrail)];
  }
  if (type === 'sync-outcome') {
    const { items = [], anomalies = [] } = settled.safeParse(payload).data ?? {};
    return [...items.map(({ review }) => review), ...anomalies.map(({ anomaly }) => anomalyTrail(anomaly))];
  }
  if (!aboutSubject.has(type) || subject === null) return [];
  if (typeof payload['anomaly'] === 'string' || payload['about'] === 'anomaly')
    return [anomalyTrail(subject)];
  // Some name the decision instead of the item.
  return [reviewOf(subject) ?? subject];
}
