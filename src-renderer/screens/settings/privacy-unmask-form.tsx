// Looks behind one pseudonym, or all, for a time and with a reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './independence-panel.module.css';
import { PrivacyButtons } from './privacy-buttons.tsx';

export function UnmaskForm({ onClose }: { onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [actor, setActor] = useState('');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('15');
  const save = useMutation(
    orpc.privacy.unmask.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const whom = actor.trim() === '' ? null : actor.trim();
    save.mutate({ actor: whom, reason: reason.trim(), minutes: Number(minutes) });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text('settings:unmask.actor')}
        hint={text('settings:unmask.actorHint')}
        value={actor}
        onChange={(event) => setActor(event.target.value)}
      />
      <TextField
        label={text('settings:unmask.minutes')}
        hint={text('settings:unmask.minutesHint')}
        inputMode="numeric"
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
      />
      <TextField
        label={text('settings:unmask.reason')}
        hint={text('settings:unmask.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <PrivacyButtons
        label={text('settings:unmask.save')}
        canSave={reason.trim() !== '' && /^[1-9]\d*$/.test(minutes) && !save.isPending}
        onClose={onClose}
      />
    </form>
  );
}
