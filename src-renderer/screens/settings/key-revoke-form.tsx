// Declares a key unsafe: why, and since when somebody else may have had it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { OwnKey } from '#shared/model/keys.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './key-panel.module.css';

type KeyRevokeFormProps = { signingKey: OwnKey; onClose: () => void };

export function KeyRevokeForm({ signingKey, onClose }: KeyRevokeFormProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [since, setSince] = useState('');
  const revoke = useMutation(
    orpc.keys.revoke.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const canSave = reason.trim() !== '' && !revoke.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!canSave) return;
    const { fingerprint } = signingKey;
    revoke.mutate({
      fingerprint,
      reason: reason.trim(),
      ...(since === '' ? {} : { compromisedSince: `${since}T00:00:00.000Z` }),
    });
  };
  return (
    <form className={styles.card} onSubmit={submit}>
      <Notice tone="warning" title={text('settings:revoke.title')}>
        <p>
          <Rich
            of="settings:revoke.meaning"
            values={{ fingerprint: signingKey.fingerprint }}
            parts={{ key: <code /> }}
          />
        </p>
      </Notice>
      <TextField
        label={text('settings:revoke.reason')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label={text('settings:revoke.since')}
        hint={text('settings:revoke.sinceHint')}
        type="date"
        value={since}
        onChange={(event) => setSince(event.target.value)}
      />
      <ProblemNotice error={revoke.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button weight="danger" submits disabled={!canSave}>
          {text('settings:revoke.save')}
        </Button>
      </div>
    </form>
  );
}
