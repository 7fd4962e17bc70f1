// Asks for the note that goes with a disposition.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Disposition } from '#shared/model/finding.ts';
import { Button } from '../../components/button.tsx';
import { SubmittingTextArea } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
import styles from './disposition-dialog.module.css';
import { dispositionWords } from './finding-rules.ts';

type DispositionDialogProps = {
  findings: readonly string[];
  disposition: Disposition;
  /** How one is put on record, where they are not findings of ours. */
  record?: (id: string, note: string) => Promise<unknown>;
  onClose: () => void;
};

export function DispositionDialog({ findings, disposition, record, onClose }: DispositionDialogProps) {
  const { client } = useApi();
  const put = record ?? ((id: string, note: string) => client.findings.dispose({ id, disposition, note }));
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const words = dispositionWords[disposition];
  const dispose = useMutation({
    // One after the other: each is an entry of its own in the ledger, and what was recorded before a refusal stays.
    mutationFn: (text: string) =>
      findings.reduce<Promise<unknown>>((before, id) => before.then(() => put(id, text)), Promise.resolve()),
    onSuccess: onClose,
    onSettled: () => refetchWorkspace(queryClient),
  });
  const canSave = note.trim() !== '' && !dispose.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) dispose.mutate(note.trim());
  };
  return (
    <Modal title={text('findings:disposition.sayWhy', { label: words.label })} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        <p>
          {words.meaning}
          {findings.length > 1 && ` ${text('findings:disposition.several', { count: findings.length })}`}
        </p>
        <SubmittingTextArea
          label={text('findings:disposition.note')}
          hint={text('findings:disposition.noteHint')}
          value={note}
          maxLength={4000}
          onChange={(event) => setNote(event.target.value)}
        />
        <ProblemNotice error={dispose.error} />
        <ModalActions>
          <ActingAs />
          <Button onClick={onClose}>{text('findings:disposition.cancel')}</Button>
          <Button weight="primary" submits disabled={!canSave}>
            {words.label}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
