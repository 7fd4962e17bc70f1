// Asks for the note with which a conflict is closed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { ConflictKind } from '#shared/model/conflict-list.ts';
import { Button } from '../../components/button.tsx';
import { SubmittingTextArea } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useDraft } from '../../domain/use-draft.ts';
import { text } from '../../texts/text.ts';
import styles from './close-dialog.module.css';

type CloseDialogProps = {
  closing: { id: string; kind: ConflictKind; shown: { decision: string; row: string | null } };
  onClose: () => void;
};

export function CloseDialog({ closing: { id, kind, shown }, onClose }: CloseDialogProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [note, setNote, forget] = useDraft(kind === 'review' ? `conflict.${id}` : `conflict.anomaly.${id}`);
  const close = useMutation(
    orpc.conflicts.close.mutationOptions({
      onSuccess: () => {
        forget();
        onClose();
      },
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  const canSave = note.trim() !== '' && !close.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) close.mutate({ id, kind, note: note.trim(), shown });
  };
  return (
    <Modal title={text('conflicts:close.title')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>{text(`conflicts:close.${kind}`)}</p>
        <SubmittingTextArea
          label={text('conflicts:close.note')}
          hint={text('conflicts:close.hint')}
          value={note}
          maxLength={4000}
          onChange={(event) => setNote(event.target.value)}
        />
        <ProblemNotice error={close.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('domain:cancel')}</Button>
          <Button weight="primary" submits disabled={!canSave}>
            {text('conflicts:close.title')}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
