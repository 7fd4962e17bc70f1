// Writes a work paper about something.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { WorkPaperSubject } from '#shared/model/work-papers.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import styles from './audit-screen.module.css';

type NoteFormProps = { about: WorkPaperSubject; label: string; isBlocked?: boolean };

export function NoteForm({ about, label, isBlocked = false }: NoteFormProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [text, setText] = useState('');
  const [reference, setReference] = useState('');
  const add = useMutation(
    orpc.audit.addPaper.mutationOptions({
      onSuccess: () => {
        setText('');
        setReference('');
        return refetchWorkspace(queryClient);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const own = reference.trim();
    gate(() => add.mutate({ about, text, ...(own === '' ? {} : { reference: own }) }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea label={label} value={text} onChange={(event) => setText(event.target.value)} />
      <TextField
        label="Reference (optional)"
        hint="Letters, digits, - and _; without one it gets the next number"
        value={reference}
        onChange={(event) => setReference(event.target.value)}
      />
      <ProblemNotice error={add.error} />
      <div>
        <Button submits disabled={isBlocked || text.trim() === '' || add.isPending}>
          Add work paper
        </Button>
      </div>
    </form>
  );
}
