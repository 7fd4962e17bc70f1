// Asks for the note with which a conflict is closed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { ConflictKind } from '#shared/model/conflict-list.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useDraft } from '../../domain/use-draft.ts';
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
    <Modal title="Close the conflict" onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>
          Nothing is sent: the row of the audit database stays as it is, and so does our{' '}
          {kind === 'review' ? 'decision' : 'disposition'} in the ledger. Should the row change, the conflict
          opens again.
        </p>
        <TextArea
          label="What came of it"
          hint="It goes into the ledger and the evidence pack. Ctrl+Enter saves."
          value={note}
          maxLength={4000}
          onChange={(event) => setNote(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }
          }}
        />
        <ProblemNotice error={close.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>Cancel</Button>
          <Button weight="primary" submits disabled={!canSave}>
            Close the conflict
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
