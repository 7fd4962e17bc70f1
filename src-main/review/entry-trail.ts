// Which review items a ledger entry is about, so that everything on record about one can be named.
import { z } from 'zod';
import type { EntryReference } from '#shared/model/conflict.ts';
import type { LedgerEntry } from '#shared/model/evidence.ts';
import type { StoredEntry } from '../store/ledger/entries.ts';

/** Types whose subject is a review item. */
const aboutReview: ReadonlySet<LedgerEntry['type']> = new Set([
  'decision',
  'decision-withdrawn',
  'self-review-refused',
  'concurrence',
  'conflict-closed',
]);

/** Whether an entry holds what it must is judged where it is applied. */
const sent = z.object({ decisions: z.array(z.string()) });
const settled = z.object({ items: z.array(z.object({ review: z.string() })) });

/** Adds the entry to the trail of every item it is about. `reviewOf` gives the item of a decision. */
export function followTrail(
  trails: Map<string, EntryReference[]>,
  { entry, hash }: StoredEntry,
  reviewOf: (decision: string) => string | null,
): void {
  const reviews = reviewsOf(entry, reviewOf);
  if (reviews.size === 0) return;
  const { seq, id, type, wall_time: at, actor } = entry;
  const reference: EntryReference = { seq, id, type, at, actor, hash };
  for (const review of reviews) {
    const trail = trails.get(review);
    if (trail) trail.push(reference);
    else trails.set(review, [reference]);
  }
}

function reviewsOf(entry: LedgerEntry, reviewOf: (decision: string) => string | null): Set<string> {
  const { type, subject, payload } = entry;
  if (type === 'sync-sent') {
    const decisions = sent.safeParse(payload).data?.decisions ?? [];
    return new Set(decisions.map(reviewOf).filter((review) => review !== null));
  }
  if (type === 'sync-outcome')
    return new Set(settled.safeParse(payload).data?.items.map(({ review }) => review) ?? []);
  if (!aboutReview.has(type) || subject === null) return new Set();
  // Some name the decision instead of the item.
  return new Set([reviewOf(subject) ?? subject]);
}
