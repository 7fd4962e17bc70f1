// The dialog of the decision being written, with the items as the list knows them now.
import type { Review } from '#shared/model/review.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { ReviewsDialog } from './reviews-dialog.tsx';
import type { useRecordDecision } from './use-decisions.ts';

type ReasonDialogProps = { reviews: readonly Review[]; record: ReturnType<typeof useRecordDecision> };

export function ReasonDialog({ reviews, record }: ReasonDialogProps) {
  const { draft, setDraft } = useQueueView();
  if (draft === null) return null;
  const asked = reviews.filter((review) => draft.reviews.some(({ id }) => id === review.id));
  return (
    <ReviewsDialog
      key={`${draft.decision} ${draft.reviews.map(({ id }) => id).join(' ')}`}
      decision={draft.decision}
      reviews={asked}
      isPending={record.isPending}
      error={record.error}
      onDecide={(covered, reason, forget) =>
        record.mutate(
          { reviews: draft.reviews.filter(({ id }) => covered.has(id)), decision: draft.decision, reason },
          { onSuccess: forget },
        )
      }
      onClose={() => {
        record.reset();
        setDraft(null);
      }}
    />
  );
}
