// The second person's part in the decision in force on an item.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ruleWords } from '../../domain/rule-words.ts';
import { Concurrences, SecondOpinion } from '../../domain/second-opinion.tsx';
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
  if (review.secondLost === true)
    return (
      <section aria-label="Second person">
        <Notice tone="warning" title="Applied, but its second person no longer counts.">
          <p>
            Whoever concurred is the first reviewer, or the actor, under another id. The row stays as it is.
          </p>
        </Notice>
        <Concurrences concurrences={second.concurrences} />
      </section>
    );
  const isTooLate = review.status === 'gone' && second.state !== 'agreed';
  const say = (agree: boolean, reason: string) =>
    concur.mutate({ id: review.id, agree, reason, shown: review.digest });
  if (isTooLate)
    return (
      <section aria-label="Second person">
        <Notice
          tone="info"
          title="This awaited a second person, but the audit database no longer shows the row, so nobody can concur any more."
        />
        <Concurrences concurrences={second.concurrences} />
      </section>
    );
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
