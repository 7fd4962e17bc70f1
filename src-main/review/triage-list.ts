// The queue as a list to work through: which items, in which order, how surprising each is.
import type { Finding } from '#shared/model/finding.ts';
import type { Review } from '#shared/model/review.ts';
import type { QueueTab, TriageItem } from '#shared/model/triage.ts';
import { countsForRisk } from './actor-risk.ts';
import { lacksSecond } from './queue.ts';
import { slaStandingOf } from './sla-clock.ts';

/** What makes an event surprising, by its id. */
export type Surprises = ReadonlyMap<string, { readonly surprise: number; readonly finding: string }>;

/** Scores of two detectors are not comparable; how far each lies beyond its own threshold is, roughly. */
export function surprisesOf(findings: readonly Finding[]): Surprises {
  const surprises = new Map<string, { surprise: number; finding: string }>();
  for (const finding of findings.filter(countsForRisk)) {
    const surprise = finding.threshold > 0 ? finding.score / finding.threshold : 1;
    for (const id of finding.eventIds)
      if ((surprises.get(id)?.surprise ?? -Infinity) < surprise)
        surprises.set(id, { surprise, finding: finding.id });
  }
  return surprises;
}

export function toTriageItem(
  review: Review,
  surprises: Surprises,
  nowMicroseconds: number,
  groupOf: (review: Review) => string,
): TriageItem {
  const found = surprises.get(review.auditLogId ?? '');
  return {
    review,
    sla: slaStandingOf(review, nowMicroseconds),
    surprise: found?.surprise ?? null,
    surprisingFinding: found?.finding ?? null,
    group: groupOf(review),
  };
}

/** Whether an item is in a tab of the queue; `review` says where its conflict stands. */
export function isInTab(review: Review, tab: QueueTab): boolean {
  switch (tab) {
    case 'all':
      return true;
    case 'overdue':
      return review.overdue;
    case 'second':
      return lacksSecond(review);
    case 'conflict':
      return review.conflictStanding === 'open';
    default:
      return review.status === tab;
  }
}

/** Every word must occur somewhere in the item, in any case and order. */
export function holdsWords(
  review: Review,
  text: string,
  fields: readonly ('id' | 'action' | 'actor' | 'actorName' | 'severity' | 'decision')[],
): boolean {
  const haystack = fields
    .map((field) => review[field] ?? '')
    .join('\n')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}
