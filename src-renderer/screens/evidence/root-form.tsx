// Pins the root key that signs the organisation's lists, or another in its place.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './trust-panel.module.css';

function PublicKeyField({ value, onChange }: { value: string; onChange: (line: string) => void }) {
  return (
    <TextField
      label="Public half of the root key"
      hint="One line, as in its .pub file: ssh-ed25519 AAAA…"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

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
      <PublicKeyField value={publicKey} onChange={setPublicKey} />
      <ProblemNotice error={pin.error} />
      <div>
        <Button submits disabled={publicKey.trim() === '' || pin.isPending}>
          Pin root key
        </Button>
      </div>
    </form>
  );
}

/** For an organisation that lost its root key; a planned change is announced in a list instead. */
export function ReplaceRoot({ hasList }: { hasList: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) return <ReplaceRootForm hasList={hasList} onEnd={() => setIsOpen(false)} />;
  return (
    <div>
      <Button size="small" weight="quiet" onClick={() => setIsOpen(true)}>
        Replace the root key
      </Button>
    </div>
  );
}

function ReplaceRootForm({ hasList, onEnd }: { hasList: boolean; onEnd: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [publicKey, setPublicKey] = useState('');
  const [reason, setReason] = useState('');
  const pin = useMutation(
    orpc.trust.pinRoot.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onEnd();
      },
    }),
  );
  const isComplete = publicKey.trim() !== '' && reason.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) pin.mutate({ publicKey, replacement: reason.trim() });
  };
  return (
    <form className={styles.form} aria-label="Replace the root key" onSubmit={submit}>
      <Notice tone="warning" title="Nothing vouches for the new root key but you.">
        <p>
          Whoever has it decides from then on whom this workspace believes.
          {hasList && ' The list held now is given up, and verdicts go without one until a newer comes.'} Get
          the key by another way than the list, and compare it by its fingerprint. When the old key still
          signs, let a list of it announce the new one instead.
        </p>
      </Notice>
      <PublicKeyField value={publicKey} onChange={setPublicKey} />
      <TextField
        label="Reason for another root key"
        hint="It goes into the ledger with both keys."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={pin.error} />
      <div className={styles.buttons}>
        <Button onClick={onEnd}>Cancel</Button>
        <Button weight="danger" submits disabled={!isComplete || pin.isPending}>
          Believe the new root key
        </Button>
      </div>
    </form>
  );
}
