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
import styles from './checks.module.css';
import { occasionWords } from './ledger-words.ts';

export function CheckpointsPanel() {
  const { orpc } = useApi();
  const checkpoints = useQuery(orpc.ledger.checkpoints.queryOptions());
  const newestFirst = checkpoints.data?.toReversed() ?? [];
  return (
    <Panel title="Checkpoints" note="how many entries there were, and one hash over all of them">
      <ProblemNotice error={checkpoints.error} />
      <RecordForm />
      {checkpoints.data?.length === 0 && (
        <p>None yet. One is recorded each day, at each export, and on request.</p>
      )}
      {newestFirst.length > 0 && (
        <>
          <p className={styles.note}>{countWords(newestFirst.length, 'checkpoint')}, newest first.</p>
          <ScrollRegion label="Checkpoints on record">
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Entries</th>
                  <th scope="col">Occasion</th>
                  <th scope="col">Signature</th>
                  <th scope="col">Root</th>
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
                        <Chip title="The key could not be used without asking for its passphrase.">
                          not signed
                        </Chip>
                      ) : (
                        <Chip tone="good" title={fingerprint}>
                          signed
                        </Chip>
                      )}
                    </td>
                    <td>
                      <code title={root}>{root.slice(0, 12)}…</code>{' '}
                      <CopyButton text={root} label={`Copy the root over ${size} entries`} />
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
            label="Passphrase of the signing key"
            type="password"
            autoComplete="current-password"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        ) : (
          <p>Signed with the reviewer’s key.</p>
        )}
        <Button submits disabled={!canRecord}>
          Record one now
        </Button>
      </form>
      <ProblemNotice error={record.error} />
    </>
  );
}
