// Asks for the reason why clocks that are too far apart are known to be so.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Button } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { text } from '../texts/text.ts';
import { ActingAs } from './acting-as.tsx';
import { refetchWorkspace, useApi } from './api.ts';
import styles from './clock-acknowledgement.module.css';
import { ProblemNotice } from './problem-notice.tsx';
import { useReviewerGate } from './reviewer-gate.ts';
import { useDraft } from './use-draft.ts';

type ClockAcknowledgementProps = {
  /** The difference on screen: another one by now is refused. */
  offsetMs: number;
  onDone?: (() => void) | undefined;
};

export function ClockAcknowledgement({ offsetMs, onDone }: ClockAcknowledgementProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  // A comparison that ends while somebody types draws this anew.
  const [reason, setReason, forget] = useDraft('clock');
  const acknowledge = useMutation(
    orpc.sync.acknowledgeClock.mutationOptions({
      onSuccess: () => {
        forget();
        onDone?.();
      },
      onSettled: () => void refetchWorkspace(queryClient),
    }),
  );
  const canSave = reason.trim() !== '' && !acknowledge.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) gate(() => acknowledge.mutate({ offsetMs, reason: reason.trim() }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={text('domain:acknowledge.why')}
        hint={text('domain:acknowledge.hint')}
        value={reason}
        maxLength={4000}
        onChange={(event) => setReason(event.target.value)}
      />
      <ActingAs />
      <Button submits disabled={!canSave}>
        {text('domain:acknowledge.act')}
      </Button>
      <ProblemNotice error={acknowledge.error} />
    </form>
  );
}
