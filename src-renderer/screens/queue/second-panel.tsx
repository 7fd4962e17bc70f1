// The second person's part in the decision in force on an item.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ruleWords } from '../../domain/rule-words.ts';
import { Concurrences, SecondOpinion } from '../../domain/second-opinion.tsx';
import { useKeptDraft } from '../../domain/use-kept-draft.ts';
import { text } from '../../texts/text.ts';
import type { ReviewDetails } from './review-details.ts';

export function SecondPanel({ details }: { details: ReviewDetails }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const { review, decisions, independence } = details;
  const draft = useKeptDraft(`concurrence:${review.decisionId ?? review.id}`);
  const concur = useMutation(
    orpc.reviews.concur.mutationOptions({
      // Once said, the next word starts empty.
      onSuccess: () => draft.setText(''),
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  const second = decisions.find(({ id }) => id === review.decisionId)?.second;
  if (second === undefined) return null;
  if (review.secondLost === true)
    return (
      <section aria-label={text('queue:second.label')}>
        <Notice tone="warning" title={text('queue:lacks.second-lost.title')}>
          <p>{text('queue:lacks.second-lost.words')}</p>
          <p>{text('queue:lacks.second-lost.next')}</p>
        </Notice>
        <Concurrences concurrences={second.concurrences} />
      </section>
    );
  const isTooLate = review.status === 'gone' && second.state !== 'agreed';
  const say = (agree: boolean, reason: string) =>
    concur.mutate({ id: review.id, agree, reason, shown: review.digest });
  if (isTooLate)
    return (
      <section aria-label={text('queue:second.label')}>
        <Notice tone="info" title={text('queue:second.tooLate')} />
        <Concurrences concurrences={second.concurrences} />
      </section>
    );
  return (
    <SecondOpinion
      // Another decision is another question.
      key={review.decisionId}
      second={second}
      rules={independence.rules.map(ruleWords)}
      concur={
        independence.canConcur
          ? { say, isPending: concur.isPending, error: concur.error, kept: draft }
          : undefined
      }
    />
  );
}
