// Deletes a pack of the workspace, with the reason why.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

export function DeletePackForm({ name, onEnd }: { name: string; onEnd: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [reason, setReason] = useState('');
  const remove = useMutation(
    orpc.evidence.deletePack.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onEnd();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    gate(() => remove.mutate({ name, reason: reason.trim() }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text('evidence:reason')}
        hint={text('evidence:delete.hint')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={remove.error} />
      <div>
        <Button size="small" onClick={onEnd}>
          {text('domain:cancel')}
        </Button>{' '}
        <Button size="small" weight="danger" submits disabled={reason.trim() === '' || remove.isPending}>
          {text('evidence:delete.act')}
        </Button>
      </div>
    </form>
  );
}
