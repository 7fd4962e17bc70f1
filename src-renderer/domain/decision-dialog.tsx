// The dialog of a decision: what it means, what it covers, why, and saving it once it is known what it covers.
import type { FormEvent, ReactNode } from 'react';
import type { DecisionKind } from '#shared/model/review.ts';
import { Button } from '../components/button.tsx';
import { SubmittingTextArea } from '../components/field.tsx';
import { Modal, ModalActions } from '../components/modal.tsx';
import { text } from '../texts/text.ts';
import { ActingAs } from './acting-as.tsx';
import styles from './decision-dialog.module.css';
import { decisionWords } from './decision-words.ts';
import { ProblemNotice } from './problem-notice.tsx';
import { useSaveOnceSeen } from './use-save-once-seen.ts';

/** Whether what was chosen can be decided together; asked only for several, as one is decided as it stands. */
export type CoverPreview = {
  isLoading: boolean;
  error: unknown;
  /** Null while it is not known; then whether all of it is, with nothing that has to be read first. */
  seen: { isAll: boolean } | null;
};

type DecisionDialogProps = {
  decision: DecisionKind;
  /** What it says of what is decided about. */
  meaning: string;
  /** What it covers, in words: `3 items`. */
  what: string;
  chosen: number;
  covered: number;
  reason: { text: string; setText: (text: string) => void };
  isReasonNeeded: boolean;
  preview: CoverPreview;
  record: { isPending: boolean; error: unknown };
  onSave: () => void;
  onClose: () => void;
  /** What is covered and left out, and what else is to be known before. */
  children: ReactNode;
};

export function DecisionDialog(props: DecisionDialogProps) {
  const { decision, meaning, chosen, reason, isReasonNeeded, preview, record, onClose, children } = props;
  const { isAsked, canSave, submit } = useSaving(props);
  const title = text('domain:decide.title', { decision: decisionWords[decision].label, what: props.what });
  return (
    <Modal title={title} onClose={onClose} width={chosen > 1 ? 'wide' : 'normal'}>
      <form className={styles.form} onSubmit={submit}>
        <p>{meaning}</p>
        {children}
        <SubmittingTextArea
          label={text(isReasonNeeded ? 'domain:decide.reason' : 'domain:decide.reasonOptional')}
          hint={text('domain:decide.reasonHint')}
          value={reason.text}
          maxLength={4000}
          onChange={(event) => reason.setText(event.target.value)}
        />
        {preview.isLoading && (
          <output className={styles.note}>
            {text(isAsked ? 'domain:decide.savesOnceSeen' : 'domain:decide.previewing')}
          </output>
        )}
        <ProblemNotice error={preview.error ?? record.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('domain:cancel')}</Button>
          <Button weight={decision === 'revoke' ? 'danger' : 'primary'} submits disabled={!canSave}>
            {title}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}

function useSaving({
  chosen,
  covered,
  reason,
  isReasonNeeded,
  preview,
  record,
  onSave,
}: DecisionDialogProps) {
  const isSaid = !isReasonNeeded || reason.text.trim() !== '';
  const isReady = chosen === 1 || preview.seen !== null;
  const canSave = !record.isPending && isReady && covered > 0 && isSaid;
  const { isAsked, ask } = useSaveOnceSeen(preview.seen, () => canSave && onSave());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) onSave();
    else if (preview.isLoading && isSaid) ask();
  };
  return { isAsked, canSave, submit };
}
