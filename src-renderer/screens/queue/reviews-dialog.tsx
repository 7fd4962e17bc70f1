// Asks for the reason of a decision, and shows exactly which items it will cover and which it leaves out.
import { useQuery } from '@tanstack/react-query';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import type { BulkPreview } from '#shared/model/triage.ts';
import { Notice } from '../../components/notice.tsx';
import { useApi } from '../../domain/api.ts';
import { DecisionDialog } from '../../domain/decision-dialog.tsx';
import { decisionWords } from '../../domain/decision-words.ts';
import { useKeptDraft } from '../../domain/use-kept-draft.ts';
import { text } from '../../texts/text.ts';
import { CoveredItems, LeftOutItems } from './covered-items.tsx';
import styles from './reviews-dialog.module.css';
import { draftSubject } from './use-drafts.ts';
import { useReasonRule } from './use-reason-rule.ts';

type ReviewsDialogProps = {
  decision: DecisionKind;
  reviews: readonly Review[];
  isPending: boolean;
  error: unknown;
  onDecide: (covered: ReadonlySet<string>, reason: string, forget: () => void) => void;
  onClose: () => void;
};

export function ReviewsDialog(props: ReviewsDialogProps) {
  const { decision, reviews, isPending, error, onDecide, onClose } = props;
  const reason = useKeptDraft(draftSubject(reviews));
  const preview = usePreview(decision, reviews);
  const covered = coveredOf(reviews, preview.data);
  return (
    <DecisionDialog
      decision={decision}
      meaning={decisionWords[decision].meaning}
      what={text('queue:dialog.items', { count: covered.length })}
      chosen={reviews.length}
      covered={covered.length}
      reason={reason}
      isReasonNeeded={useReasonRule()(decision, reviews)}
      preview={{
        isLoading: preview.isLoading,
        error: preview.error,
        seen: preview.isSuccess ? { isAll: isAllOf(preview.data) } : null,
      }}
      record={{ isPending, error }}
      onSave={() => onDecide(new Set(covered.map(({ id }) => id)), reason.text, reason.forget)}
      onClose={onClose}
    >
      <CoveredItems reviews={covered} />
      {preview.data !== undefined && <PreviewNotes preview={preview.data} reviews={reviews} />}
      {covered.some((review) => review.decision !== null) && (
        <Notice tone="info" title={text('queue:dialog.corrects')} />
      )}
    </DecisionDialog>
  );
}

/** Asked only for several: one item is decided as it stands. */
function usePreview(decision: DecisionKind, reviews: readonly Review[]) {
  const { orpc } = useApi();
  const ids = reviews.map(({ id }) => id);
  return useQuery(
    orpc.triage.previewBulk.queryOptions({ input: { ids, decision }, enabled: ids.length > 1 }),
  );
}

const isAllOf = ({ leftOut, awaitSecond }: BulkPreview): boolean => leftOut.length === 0 && awaitSecond === 0;

/** Until the preview is there, and where there is one item, everything that was chosen. */
function coveredOf(reviews: readonly Review[], preview: BulkPreview | undefined): readonly Review[] {
  if (preview === undefined || reviews.length === 1) return reviews;
  const included = new Set(preview.included.map(({ id }) => id));
  return reviews.filter(({ id }) => included.has(id));
}

function PreviewNotes({ preview, reviews }: { preview: BulkPreview; reviews: readonly Review[] }) {
  const { awaitSecond, leftOut, actors, cap } = preview;
  return (
    <>
      <p className={styles.note}>
        {text('queue:dialog.actors', { count: actors.length })} {text('queue:dialog.cap', { cap })}
      </p>
      {awaitSecond > 0 && (
        <Notice tone="info" title={text('queue:dialog.awaitSecond', { count: awaitSecond })} />
      )}
      {leftOut.length > 0 && <LeftOutItems leftOut={leftOut} reviews={reviews} />}
    </>
  );
}
