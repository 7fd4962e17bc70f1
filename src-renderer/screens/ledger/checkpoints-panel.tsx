// The checkpoints on record, newest first, and a way to record one more.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TextField } from '../../components/field.tsx';
import { Panel } from '../../components/panel.tsx';
import { ScrollRegion } from '../../components/scroll-region.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { countWords, formatCount } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { useAsksPassphrase } from '../../domain/key-session.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { text } from '../../texts/text.ts';
import styles from './checks.module.css';
import { occasionWords } from './ledger-words.ts';

export function CheckpointsPanel() {
  const { orpc } = useApi();
  const checkpoints = useQuery(orpc.ledger.checkpoints.queryOptions());
  const newestFirst = checkpoints.data?.toReversed() ?? [];
  return (
    <Panel title={text('ledger:checkpoints.title')} note={text('ledger:checkpoints.note')}>
      <ProblemNotice error={checkpoints.error} />
      <RecordForm />
      {checkpoints.data?.length === 0 && <p>{text('ledger:checkpoints.none')}</p>}
      {newestFirst.length > 0 && (
        <>
          <p className={styles.note}>
            {text('ledger:checkpoints.count', { count: countWords(newestFirst.length, 'checkpoint') })}
          </p>
          <ScrollRegion label={text('ledger:checkpoints.list')}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{text('ledger:column.when')}</th>
                  <th scope="col">{text('ledger:column.entries')}</th>
                  <th scope="col">{text('ledger:column.occasion')}</th>
                  <th scope="col">{text('ledger:column.signature')}</th>
                  <th scope="col">{text('ledger:column.root')}</th>
                </tr>
              </thead>
              <tbody>
                {newestFirst.map(({ seq, at, size, occasion, fingerprint, root }) => (
                  <tr key={seq}>
                    <td>
                      <InstantText instant={at} />
                    </td>
                    <td>{formatCount(size)}</td>
                    <td>{occasionWords(occasion)}</td>
                    <td>
                      {fingerprint === null ? (
                        <Chip title={text('ledger:checkpoints.unsignedMeaning')}>
                          {text('ledger:checkpoints.unsigned')}
                        </Chip>
                      ) : (
                        <Chip tone="good" title={fingerprint}>
                          {text('ledger:checkpoints.signed')}
                        </Chip>
                      )}
                    </td>
                    <td>
                      <code title={root}>{root.slice(0, 12)}…</code>{' '}
                      <CopyButton text={root} label={text('ledger:checkpoints.copyRoot', { size })} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
    </Panel>
  );
}

function RecordForm() {
  const { orpc } = useApi();
  const gate = useReviewerGate();
  const queryClient = useQueryClient();
  const [passphrase, setPassphrase] = useState('');
  const record = useMutation(
    orpc.ledger.checkpoint.mutationOptions({
      onSuccess: () => setPassphrase(''),
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  const asksPassphrase = useAsksPassphrase();
  const canRecord = !record.isPending && (!asksPassphrase || passphrase !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canRecord) gate(() => record.mutate(asksPassphrase ? { passphrase } : {}));
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit}>
        {asksPassphrase ? (
          <TextField
            label={text('domain:passphrase')}
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        ) : (
          <p>{text('ledger:checkpoints.signedWith')}</p>
        )}
        <Button submits disabled={!canRecord}>
          {text('ledger:checkpoints.record')}
        </Button>
      </form>
      <ProblemNotice error={record.error} />
    </>
  );
}
