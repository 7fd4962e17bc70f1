// Asks for the reason of a decision, and shows exactly which items it will cover and which it leaves out.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import type { FormEvent } from 'react';
import type { DecisionKind, Review } from '#shared/model/review.ts';
import type { BulkPreview } from '#shared/model/triage.ts';
import { Button } from '../../components/button.tsx';
import { SubmittingTextArea } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { Notice } from '../../components/notice.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { useApi } from '../../domain/api.ts';
import { decisionWords } from '../../domain/decision-words.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useKeptDraft } from '../../domain/use-kept-draft.ts';
import { text } from '../../texts/text.ts';
import { CoveredItems, LeftOutItems } from './covered-items.tsx';
import styles from './decision-dialog.module.css';
import { draftSubject } from './use-drafts.ts';
import { useReasonRule } from './use-reason-rule.ts';

type DecisionDialogProps = {
  decision: DecisionKind;
  reviews: readonly Review[];
  isPending: boolean;
  error: unknown;
  onDecide: (covered: ReadonlySet<string>, reason: string, forget: () => void) => void;
  onClose: () => void;
};

export function DecisionDialog(props: DecisionDialogProps) {
  const { decision, reviews, isPending, error, onDecide, onClose } = props;
  const words = decisionWords[decision];
  const { text: reason, setText, forget } = useKeptDraft(draftSubject(reviews));
  const preview = usePreview(decision, reviews);
  const covered = coveredOf(reviews, preview.data);
  const isNeeded = useReasonRule()(decision, reviews);
  const isReady = reviews.length === 1 || preview.isSuccess;
  const isSaid = !isNeeded || reason.trim() !== '';
  const canSave = !isPending && isReady && covered.length > 0 && isSaid;
  const decide = () => onDecide(new Set(covered.map(({ id }) => id)), reason, forget);
  const saveOnceSeen = useSaveOnceSeen(preview.data, () => canSave && decide());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) decide();
    else if (preview.isLoading && isSaid) saveOnceSeen.ask();
  };
  const title = text(`queue:dialog.title`, {
    decision: words.label,
    what: text('queue:dialog.items', { count: covered.length }),
  });
  return (
    <Modal title={title} onClose={onClose} width={reviews.length > 1 ? 'wide' : 'normal'}>
      <form className={styles.form} onSubmit={submit}>
        <p>{words.meaning}</p>
        <CoveredItems reviews={covered} />
        {preview.data !== undefined && <PreviewNotes preview={preview.data} reviews={reviews} />}
        {covered.some((review) => review.decision !== null) && (
          <Notice tone="info" title={text('queue:dialog.corrects')} />
        )}
        <SubmittingTextArea
          label={isNeeded ? text('queue:dialog.reason') : text('queue:dialog.reasonOptional')}
          hint={text('queue:dialog.reasonHint')}
          value={reason}
          maxLength={4000}
          onChange={(event) => setText(event.target.value)}
        />
        {preview.isLoading && (
          <output className={styles.note}>
            {text(saveOnceSeen.isAsked ? 'queue:dialog.savesOnceSeen' : 'queue:dialog.previewing')}
          </output>
        )}
        <ProblemNotice error={preview.error ?? error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('queue:dialog.cancel')}</Button>
          <Button weight={decision === 'revoke' ? 'danger' : 'primary'} submits disabled={!canSave}>
            {title}
          </Button>
        </ModalActions>
      </form>
    </Modal>
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

/**
 * Whoever ends the reason before the preview is there is not made to end it twice: what was chosen is decided once the preview
 * says that all of it is. Where it says anything else, that is read first, and the reason is ended again.
 */
function useSaveOnceSeen(preview: BulkPreview | undefined, save: () => void) {
  const [isAsked, setAsked] = useState(false);
  const isSeen = preview !== undefined;
  const saveAll = useEffectEvent(() => {
    if (preview?.leftOut.length === 0 && preview.awaitSecond === 0) save();
  });
  useEffect(() => {
    if (isAsked && isSeen) saveAll();
  }, [isAsked, isSeen]);
  return { isAsked, ask: () => setAsked(true) };
}

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
