// Puts one covered day on record, signed; said again only where its numbers are others by now.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { DayReview } from '#shared/model/daily-review.ts';
import { Button } from '../../../components/button.tsx';
import { SubmittingTextArea } from '../../../components/field.tsx';
import { ActingAs } from '../../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../../domain/api.ts';
import { useAsksPassphrase } from '../../../domain/key-session.ts';
import { PassphraseField } from '../../../domain/passphrase-field.tsx';
import { ProblemNotice } from '../../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../../domain/reviewer-gate.ts';
import { text } from '../../../texts/text.ts';
import styles from './daily-section.module.css';

export function RecordDay({ day }: { day: DayReview }) {
  const { orpc } = useApi();
  const gate = useReviewerGate();
  const queryClient = useQueryClient();
  const asksPassphrase = useAsksPassphrase();
  const [statement, setStatement] = useState<string | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const record = useMutation(
    orpc.campaignOversight.recordDay.mutationOptions({
      onSuccess: () => {
        setPassphrase('');
        setStatement(null);
      },
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  const { date, zone, source, obstacles, recorded } = day;
  if (source === null || obstacles.length > 0 || recorded.at(-1)?.stillHolds === true) return null;
  const canRecord = !record.isPending && (!asksPassphrase || passphrase !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!canRecord) return;
    const said = statement?.trim() ?? '';
    gate(() =>
      record.mutate({
        date,
        zone,
        ...(said !== '' && { statement: said }),
        ...(asksPassphrase && { passphrase }),
      }),
    );
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <SubmittingTextArea
        label={text('campaignOversight:daily.statement')}
        hint={text('campaignOversight:daily.statementHint')}
        rows={2}
        maxLength={4000}
        value={statement ?? day.statement}
        onChange={(event) => setStatement(event.target.value)}
      />
      {asksPassphrase && <PassphraseField value={passphrase} onChange={setPassphrase} />}
      <ProblemNotice error={record.error} />
      <ActingAs />
      <div>
        <Button weight="primary" submits disabled={!canRecord}>
          {recorded.length === 0
            ? text('campaignOversight:daily.record')
            : text('campaignOversight:daily.recordAnew')}
        </Button>
      </div>
    </form>
  );
}
