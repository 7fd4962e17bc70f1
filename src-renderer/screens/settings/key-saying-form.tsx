// Puts on record that a key is not to be relied on: why, and since when somebody else may have had it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { OwnKey } from '#shared/model/keys.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { Rich } from '../../texts/rich.tsx';
import { text } from '../../texts/text.ts';
import styles from './key-panel.module.css';
import type { KeySaying } from './key-saying.ts';

type KeySayingFormProps = { signingKey: OwnKey; saying: KeySaying; onClose: () => void };

export function KeySayingForm({ signingKey, saying, onClose }: KeySayingFormProps) {
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
    <form className={styles.card} aria-label={text(`settings:${saying}.act`)} onSubmit={submit}>
      <Notice tone="warning" title={text(`settings:${saying}.title`)}>
        <p>
          <Rich
            of={`settings:${saying}.meaning`}
            values={{ fingerprint: signingKey.fingerprint }}
            parts={{
              key: <code />,
              holder: (
                <Verbatim
                  value={signingKey.holder?.name ?? signingKey.holder?.id ?? null}
                  missing={text('settings:report.unknownHolder')}
                />
              ),
            }}
          />
        </p>
      </Notice>
      <TextField
        label={text(`settings:${saying}.reason`)}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <TextField
        label={text('settings:revoke.since')}
        hint={text(`settings:${saying}.sinceHint`)}
        type="date"
        value={since}
        onChange={(event) => setSince(event.target.value)}
      />
      <ProblemNotice error={revoke.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button weight="danger" submits disabled={!canSave}>
          {text(`settings:${saying}.save`)}
        </Button>
      </div>
    </form>
  );
}
