// Which decisions need a reason, known before anything is asked: a dialog at once is better than a refusal.
import { useQuery } from '@tanstack/react-query';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import { useApi } from '../../domain/api.ts';
import { needsReason } from '../../domain/decision-words.ts';

const minuteMs = 60_000;

export type ReasonRule = (decision: DecisionKind, reviews: readonly Review[]) => boolean;

/** All but the certification of one item that is not privileged. */
export function useReasonRule(): ReasonRule {
  const { orpc } = useApi();
  const { data } = useQuery(orpc.workspace.privilegedActions.queryOptions({ staleTime: minuteMs }));
  return (decision, reviews) =>
    needsReason(decision, reviews.length) ||
    reviews.some(({ action, severity }) => isPrivileged({ action, severity }, data ?? []));
}

/** An event of severity critical always is. */
export function isPrivileged(
  { action, severity }: Pick<Review, 'action' | 'severity'>,
  actions: readonly string[],
): boolean {
  return severity === 'critical' || actions.includes(action);
}
