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
import { text } from '../../texts/text.ts';
import styles from './audit-screen.module.css';

type NoteFormProps = { about: WorkPaperSubject; label: string; isBlocked?: boolean };

export function NoteForm({ about, label, isBlocked = false }: NoteFormProps) {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const gate = useReviewerGate();
  const [note, setNote] = useState('');
  const [reference, setReference] = useState('');
  const add = useMutation(
    orpc.audit.addPaper.mutationOptions({
      onSuccess: () => {
        setNote('');
        setReference('');
        return refetchWorkspace(queryClient);
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const own = reference.trim();
    gate(() => add.mutate({ about, text: note, ...(own === '' ? {} : { reference: own }) }));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextArea label={label} value={note} onChange={(event) => setNote(event.target.value)} />
      <TextField
        label={text('audit:note.reference')}
        hint={text('audit:note.referenceHint')}
        value={reference}
        onChange={(event) => setReference(event.target.value)}
      />
      <ProblemNotice error={add.error} />
      <div>
        <Button submits disabled={isBlocked || note.trim() === '' || add.isPending}>
          {text('audit:note.add')}
        </Button>
      </div>
    </form>
  );
}
