// Pins the root key that signs the organisation's lists, or another in its place.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

function PublicKeyField({ value, onChange }: { value: string; onChange: (line: string) => void }) {
  return (
    <TextField
      label={text('evidence:root.publicKey')}
      hint={text('evidence:root.publicKeyHint')}
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
          {text('evidence:root.pin')}
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
        {text('evidence:root.replace')}
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
    <form className={styles.form} aria-label={text('evidence:root.replace')} onSubmit={submit}>
      <Notice tone="warning" title={text('evidence:root.warning')}>
        <p>{text('evidence:root.meaning')}</p>
        {hasList && <p>{text('evidence:root.givesUpList')}</p>}
      </Notice>
      <PublicKeyField value={publicKey} onChange={setPublicKey} />
      <TextField
        label={text('evidence:root.reason')}
        hint={text('evidence:root.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={pin.error} />
      <div className={styles.buttons}>
        <Button onClick={onEnd}>{text('domain:cancel')}</Button>
        <Button weight="danger" submits disabled={!isComplete || pin.isPending}>
          {text('evidence:root.believe')}
        </Button>
      </div>
    </form>
  );
}
