// Looks behind one pseudonym, or all, for a time and with a reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
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
        label="Pseudonym"
        hint="As a list shows it; empty is everybody."
        value={actor}
        onChange={(event) => setActor(event.target.value)}
      />
      <TextField
        label="For how many minutes"
        hint="480 at most."
        inputMode="numeric"
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
      />
      <TextField
        label="Reason for looking"
        hint="Who looked, behind which pseudonym, why and until when goes into the ledger."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <PrivacyButtons
        label="Look behind"
        canSave={reason.trim() !== '' && /^[1-9]\d*$/.test(minutes) && !save.isPending}
        onClose={onClose}
      />
    </form>
  );
}
