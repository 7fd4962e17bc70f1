// Pins the root key that signs the organisation's lists.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './trust-panel.module.css';

export function RootForm() {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [publicKey, setPublicKey] = useState('');
  const pin = useMutation(
    orpc.trust.pinRoot.mutationOptions({ onSuccess: () => refetchWorkspace(queryClient) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    pin.mutate({ publicKey });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label="Public half of the root key"
        hint="One line, as in its .pub file: ssh-ed25519 AAAA…"
        value={publicKey}
        onChange={(event) => setPublicKey(event.target.value)}
      />
      <ProblemNotice error={pin.error} />
      <div>
        <Button submits disabled={publicKey.trim() === '' || pin.isPending}>
          Pin root key
        </Button>
      </div>
    </form>
  );
}
