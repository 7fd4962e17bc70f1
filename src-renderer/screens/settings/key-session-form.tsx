// Unlocks the signing key for this session, so that daily and closing checkpoints are signed and exports need no passphrase.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { InstantText } from '../../domain/instant.tsx';
import { useKeySession } from '../../domain/key-session.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './key-panel.module.css';

export function KeySessionForm() {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const session = useKeySession();
  const [passphrase, setPassphrase] = useState('');
  const onSuccess = async () => {
    setPassphrase('');
    await refetchWorkspace(queryClient);
  };
  const unlock = useMutation(orpc.keys.unlock.mutationOptions({ onSuccess }));
  const lock = useMutation(orpc.keys.lock.mutationOptions({ onSuccess }));
  if (session.data?.needsPassphrase !== true) return null;
  const { isUnlocked, lockedAt, idleMinutes } = session.data;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (passphrase !== '') unlock.mutate({ passphrase });
  };
  return (
    <div className={styles.card}>
      {isUnlocked ? (
        <Notice
          tone="good"
          title={text('settings:session.unlocked')}
          action={
            <Button size="small" disabled={lock.isPending} onClick={() => lock.mutate({})}>
              {text('settings:session.lock')}
            </Button>
          }
        >
          <p>
            <Rich of="settings:session.until" parts={{ time: <InstantText instant={lockedAt} /> }} />
          </p>
        </Notice>
      ) : (
        <form className={styles.form} onSubmit={submit}>
          <TextField
            label={text('settings:session.field')}
            hint={text('settings:session.hint')}
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
          <Button submits disabled={passphrase === '' || unlock.isPending}>
            {text('settings:session.unlock')}
          </Button>
        </form>
      )}
      <ProblemNotice error={unlock.error ?? lock.error} />
      <IdleField key={idleMinutes} minutes={idleMinutes} />
    </div>
  );
}

function IdleField({ minutes }: { minutes: number }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(String(minutes));
  const save = useMutation(
    orpc.keys.setIdle.mutationOptions({ onSuccess: () => refetchWorkspace(queryClient) }),
  );
  const chosen = Number(typed);
  const isUsable = /^\d{1,3}$/.test(typed) && chosen >= 1 && chosen <= 480;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isUsable) save.mutate({ minutes: chosen });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text('settings:session.idle')}
        inputMode="numeric"
        value={typed}
        error={isUsable ? null : text('settings:session.idleError')}
        onChange={(event) => setTyped(event.target.value.trim())}
      />
      {isUsable && chosen !== minutes && (
        <Button submits disabled={save.isPending}>
          {text('settings:session.saveIdle')}
        </Button>
      )}
      <ProblemNotice error={save.error} />
    </form>
  );
}
