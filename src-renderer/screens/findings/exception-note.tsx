// The exception that lets a finding pass: until when, whose it is, why, and the way to end it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { Notice } from '../../components/notice.tsx';
import { Verbatim } from '../../components/verbatim.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { countWords } from '../../domain/count-words.ts';
import { InstantText } from '../../domain/instant.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import styles from './exception-dialog.module.css';

export function ExceptionNote({ id }: { id: string }) {
  const { orpc } = useApi();
  const exceptions = useQuery(orpc.detection.exceptions.queryOptions());
  const gate = useReviewerGate();
  const [isEnding, setIsEnding] = useState(false);
  const found = exceptions.data?.find((one) => one.id === id);
  if (exceptions.isError) return <ProblemNotice error={exceptions.error} />;
  if (found === undefined) return null;
  return (
    <Notice
      tone="warning"
      title="Let pass by an exception"
      action={
        <Button size="small" onClick={() => gate(() => setIsEnding(true))}>
          End it…
        </Button>
      }
    >
      <p>
        Up to {countWords(found.maximumCount, 'event')}, until <InstantText instant={found.expiresAt} />.
        Owner: <Verbatim value={found.owner} most={60} />. Reason:{' '}
        <Verbatim value={found.reason} most={200} />. It hides {countWords(found.hides, 'finding')} now.
      </p>
      {isEnding && <EndDialog id={id} onClose={() => setIsEnding(false)} />}
    </Notice>
  );
}

function EndDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const end = useMutation(
    orpc.detection.endException.mutationOptions({
      onSuccess: onClose,
      onSettled: () => refetchWorkspace(queryClient),
    }),
  );
  const canEnd = reason.trim() !== '' && !end.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canEnd) end.mutate({ id, reason: reason.trim() });
  };
  return (
    <Modal title="End the exception: say why" onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>What it hides shows again at once.</p>
        <TextField label="Reason" value={reason} onChange={(event) => setReason(event.target.value)} />
        <ProblemNotice error={end.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>Cancel</Button>
          <Button weight="primary" submits disabled={!canEnd}>
            End the exception
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
