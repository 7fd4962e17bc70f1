// Signs off a pack in a role, with words that are signed, too.
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { PackChoice } from '#shared/contract/pack-choice.ts';
import { changedPack, type ChangedPackFile, type SignOffRole } from '#shared/model/evidence.ts';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { TextArea } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { ActingAs } from '../../domain/acting-as.tsx';
import { useApi } from '../../domain/api.ts';
import { JobProgress } from '../../domain/job-progress.tsx';
import { useAsksPassphrase } from '../../domain/key-session.ts';
import { PassphraseField } from '../../domain/passphrase-field.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useStartedJob } from '../../domain/use-started-job.ts';
import { text } from '../../texts/text.ts';
import styles from './trust-panel.module.css';

const roles = ['preparer', 'approver'] as const satisfies readonly SignOffRole[];

type SignOffFormProps = {
  of: PackChoice;
  usualRole?: SignOffRole;
  onCancel: () => void;
  onSigned: (signed: ChangedPackFile) => void;
};

export function SignOffForm({ of, usualRole = 'preparer', onCancel, onSigned }: SignOffFormProps) {
  const { orpc } = useApi();
  const gate = useReviewerGate();
  const asksPassphrase = useAsksPassphrase();
  const [role, setRole] = useState(usualRole);
  const [note, setNote] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const { job, isRunning, follow } = useStartedJob();
  const sign = useMutation(orpc.evidence.startSignOff.mutationOptions({ onSuccess: follow }));
  useSigned(job, onSigned);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = { of, role, note: note.trim() === '' ? null : note.trim() };
    gate(() => sign.mutate(asksPassphrase ? { ...given, passphrase } : given));
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Segmented
        label={text('evidence:role.label')}
        value={role}
        choices={roles.map((one) => ({ value: one, label: text(`evidence:role.${one}`) }))}
        onChange={setRole}
      />
      <TextArea
        label={text('evidence:role.note')}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {asksPassphrase && <PassphraseField value={passphrase} onChange={setPassphrase} />}
      <ProblemNotice error={sign.error} />
      {job !== null && <JobProgress job={job}>{null}</JobProgress>}
      <div className={styles.buttons}>
        <Button size="small" disabled={isRunning} onClick={onCancel}>
          {text('domain:cancel')}
        </Button>
        <Button
          size="small"
          weight="primary"
          submits
          disabled={sign.isPending || isRunning || (asksPassphrase && passphrase === '')}
        >
          {text('evidence:pack.signOff')}
        </Button>
        <ActingAs />
      </div>
    </form>
  );
}

/** Tells once that the job is done. */
function useSigned(job: Job | null, onSigned: (signed: ChangedPackFile) => void): void {
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (job === null || job.state !== 'done' || told.current === job.id) return;
    told.current = job.id;
    const { data } = changedPack.safeParse(job.result);
    if (data !== undefined) onSigned(data);
  }, [job, onSigned]);
}
