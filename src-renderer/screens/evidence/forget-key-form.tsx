// Forgets a compared key, with the reason why.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

export function ForgetKeyForm({ identity }: { identity: string }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState<string | null>(null);
  const forget = useMutation(
    orpc.trust.removeFirstUse.mutationOptions({ onSuccess: () => refetchWorkspace(queryClient) }),
  );
  if (reason === null) {
    return (
      <Button
        size="small"
        weight="quiet"
        aria-label={text('evidence:forget.whose', { identity })}
        onClick={() => setReason('')}
      >
        {text('evidence:forget.act')}
      </Button>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    forget.mutate({ identity, reason: reason.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text('evidence:reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={forget.error} />
      <div>
        <Button size="small" onClick={() => setReason(null)}>
          {text('domain:cancel')}
        </Button>{' '}
        <Button size="small" weight="danger" submits disabled={reason.trim() === '' || forget.isPending}>
          {text('evidence:forget.act')}
        </Button>
      </div>
    </form>
  );
}
