// Erases a person from the local copy, with a reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './independence-panel.module.css';
import { PrivacyButtons } from './privacy-buttons.tsx';
import type { ErasureReport } from './privacy-erased.tsx';

export function EraseForm({
  onClose,
  onErased,
}: {
  onClose: () => void;
  onErased: (report: ErasureReport) => void;
}) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [actor, setActor] = useState('');
  const [reason, setReason] = useState('');
  const save = useMutation(
    orpc.privacy.erase.mutationOptions({
      onSuccess: async (report) => {
        await refetchWorkspace(queryClient);
        onErased(report);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ actor: actor.trim(), reason: reason.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text('settings:erase.actor')}
        hint={text('settings:erase.actorHint')}
        spellCheck={false}
        value={actor}
        onChange={(event) => setActor(event.target.value)}
      />
      <TextField
        label={text('settings:erase.reason')}
        hint={text('settings:erase.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <PrivacyButtons
        label={text('settings:erase.save')}
        canSave={actor.trim() !== '' && reason.trim() !== '' && !save.isPending}
        onClose={onClose}
      />
    </form>
  );
}
