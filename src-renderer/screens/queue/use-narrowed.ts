// The items the list shows, in its order: by tab, by words, and by the cells chosen in the heatmap.
import { useMemo } from 'react';
import type { Review } from '#shared/model/review.ts';
import type { TriageItem } from '#shared/model/triage.ts';
import { activityMatches } from '../../domain/activity-matches.ts';
import { useActivityFilter, type ActivityFilter } from '../../state/activity-filter.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { queueList } from './queue-rules.ts';

export function useNarrowed(items: readonly TriageItem[]): TriageItem[] {
  const { filter, text, sort } = useQueueView();
  const activity = useActivityFilter((state) => state.filter);
  return useMemo(
    () => queueList(items, { filter, text, sort, isInActivity: inActivity(activity) }),
    [items, filter, text, sort, activity],
  );
}

/** What is not mirrored happened at no known hour, so it lies in no chosen hours. */
export function inActivity(activity: ActivityFilter | null): (review: Review) => boolean {
  if (activity === null) return () => true;
  const matches = activityMatches(activity);
  const matchesWhenever = activityMatches({ ...activity, hours: null });
  return ({ actor, action, createdAt }) =>
    createdAt === null
      ? activity.hours === null && matchesWhenever({ actor: actor ?? '', action, at: '' })
      : matches({ actor: actor ?? '', action, at: createdAt });
}
