// The second person's part in the decision in force on an item.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ruleWords } from '../../domain/rule-words.ts';
import { SecondOpinion } from '../../domain/second-opinion.tsx';
import type { ReviewDetails } from './review-details.ts';

export function SecondPanel({ details }: { details: ReviewDetails }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const concur = useMutation(
    orpc.reviews.concur.mutationOptions({ onSettled: () => void refetchWorkspace(queryClient) }),
  );
  const { review, decisions, independence } = details;
  const second = decisions.find(({ id }) => id === review.decisionId)?.second;
  if (second === undefined) return null;
  const say = (agree: boolean, reason: string) =>
    concur.mutate({ id: review.id, agree, reason, shown: review.digest });
  return (
    <SecondOpinion
      // Another decision is another question.
      key={review.decisionId}
      second={second}
      rules={independence.rules.map(ruleWords)}
      concur={independence.canConcur ? { say, isPending: concur.isPending, error: concur.error } : undefined}
    />
  );
}
