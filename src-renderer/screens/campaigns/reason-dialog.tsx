// Asks why, for an act that stays on record: what it means, the reason, and who acts.
import type { FormEvent } from 'react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { SubmittingTextArea } from '../../components/field.tsx';
import { Modal, ModalActions } from '../../components/modal.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import styles from './definition-form.module.css';

type ReasonDialogProps = {
  /** Names the act; stands on its button, too. */
  title: string;
  meaning: string;
  label: string;
  error: Error | null;
  isPending: boolean;
  onAct: (reason: string) => void;
  onClose: () => void;
};

export function ReasonDialog({ title, meaning, label, error, isPending, onAct, onClose }: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const isGiven = reason.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isGiven && !isPending) onAct(reason.trim());
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form className={styles.parts} onSubmit={submit}>
        <p>{meaning}</p>
        <SubmittingTextArea
          label={label}
          rows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <ProblemNotice error={error} />
        <ActingAs />
        <ModalActions>
          <Button weight="primary" submits disabled={!isGiven || isPending}>
            {title}
          </Button>
        </ModalActions>
      </form>
    </Modal>
  );
}
