// What is done with a pack after its export: signing it off, and deleting it with the reason why.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { SignOffRole } from '#shared/model/evidence.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { useAsksPassphrase } from '../../domain/key-session.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import styles from './trust-panel.module.css';

const roles: readonly { value: SignOffRole; label: string }[] = [
  { value: 'preparer', label: 'As preparer' },
  { value: 'approver', label: 'As approver' },
];

export function PackActs({ name }: { name: string }) {
  const [open, setOpen] = useState<'sign-off' | 'delete' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const end = (words: string | null) => {
    setDone(words);
    setOpen(null);
  };
  if (open === 'sign-off') return <SignOffForm name={name} onEnd={end} />;
  if (open === 'delete') return <DeleteForm name={name} onEnd={end} />;
  return (
    <>
      {done !== null && <Notice tone="info" title={done} />}
      <div>
        <Button
          size="small"
          weight="quiet"
          aria-label={`Sign off: ${name}`}
          onClick={() => setOpen('sign-off')}
        >
          Sign off
        </Button>{' '}
        <Button size="small" weight="quiet" aria-label={`Delete: ${name}`} onClick={() => setOpen('delete')}>
          Delete
        </Button>
      </div>
    </>
  );
}

type FormProps = { name: string; onEnd: (words: string | null) => void };

function SignOffForm({ name, onEnd }: FormProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const asksPassphrase = useAsksPassphrase();
  const [role, setRole] = useState<SignOffRole>('preparer');
  const [note, setNote] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const sign = useMutation(
    orpc.evidence.signOff.mutationOptions({
      onSuccess: async ({ timestamp }) => {
        await refetchWorkspace(queryClient);
        onEnd(`The pack was signed off. ${timestamp ?? ''}`.trim());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = { name, role, note: note.trim() === '' ? null : note.trim() };
    gate(() => sign.mutate(asksPassphrase ? { ...given, passphrase } : given));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Segmented label="Role" value={role} choices={roles} onChange={setRole} />
      <TextArea label="Note (signed, too)" value={note} onChange={(event) => setNote(event.target.value)} />
      {asksPassphrase && (
        <TextField
          label="Passphrase of the signing key"
          type="password"
          autoComplete="current-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
      )}
      <ProblemNotice error={sign.error} />
      <div>
        <Button size="small" onClick={() => onEnd(null)}>
          Cancel
        </Button>{' '}
        <Button
          size="small"
          weight="primary"
          submits
          disabled={sign.isPending || (asksPassphrase && passphrase === '')}
        >
          Sign off
        </Button>
      </div>
    </form>
  );
}

function DeleteForm({ name, onEnd }: FormProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [reason, setReason] = useState('');
  const remove = useMutation(
    orpc.evidence.deletePack.mutationOptions({
      onSuccess: async () => {
        await refetchWorkspace(queryClient);
        onEnd(null);
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
        label="Reason"
        hint="That it was deleted, its SHA-256 and the reason stay in the ledger."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <ProblemNotice error={remove.error} />
      <div>
        <Button size="small" onClick={() => onEnd(null)}>
          Cancel
        </Button>{' '}
        <Button size="small" weight="danger" submits disabled={reason.trim() === '' || remove.isPending}>
          Delete the pack
        </Button>
      </div>
    </form>
  );
}
