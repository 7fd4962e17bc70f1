// Shows actors as pseudonyms, or by name again, with what it is for.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './independence-panel.module.css';
import { PrivacyButtons } from './privacy-buttons.tsx';

export function MaskForm({ isMasked, onClose }: { isMasked: boolean; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [purpose, setPurpose] = useState('');
  const save = useMutation(
    orpc.privacy.setMask.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onClose();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ isMasked: !isMasked, purpose: purpose.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text(isMasked ? 'settings:mask.needed' : 'settings:mask.purpose')}
        hint={text('settings:mask.hint')}
        value={purpose}
        onChange={(event) => setPurpose(event.target.value)}
      />
      <ProblemNotice error={save.error} />
      <PrivacyButtons
        label={text(isMasked ? 'settings:mask.show' : 'settings:mask.mask')}
        canSave={purpose.trim() !== '' && !save.isPending}
        onClose={onClose}
      />
    </form>
  );
}
