// Ends an exception before its day, with the reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './exception-dialog.module.css';

export function EndExceptionDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const end = useMutation(
    orpc.detection.endException.mutationOptions({
      onSuccess: onClose,
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const canEnd = reason.trim() !== '' && !end.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canEnd) end.mutate({ id, reason: reason.trim() });
  };
  return (
    <Modal title={text('findings:exception.endTitle')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>{text('findings:exception.endWords')}</p>
        <TextField
          label={text('findings:exception.reason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <ProblemNotice error={end.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('findings:disposition.cancel')}</Button>
          <Button weight="primary" submits disabled={!canEnd}>
            {text('findings:exception.endNow')}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
