// Tries a change out, shows what would appear and vanish, and only then puts it on record with its reason.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FormEvent } from 'react';
import { dryRun } from '#shared/contract/detection.ts';
import type { DetectionSettings } from '#shared/model/detection.ts';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { refetchWorkspace, useApi } from '../../domain/api.ts';
import { progressWords } from '../../domain/job-words.ts';
import { useJobs, useWatchJob } from '../../domain/jobs.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { sameSettings } from './detection-draft.ts';
import styles from './detection-panel.module.css';
import { DryRunReport } from './dry-run-report.tsx';

type DetectionChangeProps = { before: DetectionSettings; after: DetectionSettings; onClose: () => void };

export function DetectionChange({ before, after, onClose }: DetectionChangeProps) {
  const { orpc } = useApi();
  const watch = useWatchJob();
  const [tried, setTried] = useState<DetectionSettings | null>(null);
  const [reason, setReason] = useState('');
  const preview = useMutation(orpc.detection.preview.mutationOptions({ onSuccess: watch }));
  const change = useMutation(orpc.detection.change.mutationOptions({ onSuccess: watch }));
  const trial = useJob(preview.data?.jobId);
  const saving = useJob(change.data?.jobId);
  useClosedWhenDone(saving, onClose);
  const isChanged = !sameSettings(before, after);
  const isTried = tried !== null && sameSettings(tried, after);
  const result = isTried && trial?.state === 'done' ? dryRun.safeParse(trial.result).data : undefined;
  const isBusy = trial?.state === 'running' || saving?.state === 'running' || change.isPending;
  const canSave = result !== undefined && result.confirmed.length === 0 && reason.trim() !== '' && !isBusy;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) change.mutate({ settings: after, reason: reason.trim() });
  };
  return (
    <form className={styles.change} onSubmit={submit}>
      <p className={styles.note}>
        {isChanged ? 'Try the change out: nothing is recorded by that.' : 'No change yet.'}
      </p>
      {trial?.state === 'running' && (
        <output className={styles.note}>{`${trial.step} ${progressWords(trial)}`}</output>
      )}
      <Failure job={isTried ? trial : undefined} error={preview.error} />
      {result !== undefined && <DryRunReport report={result} />}
      {tried !== null && !isTried && (
        <Notice tone="info">The change is another one by now. Try it out again before saving.</Notice>
      )}
      <TextField
        label="Reason of the change"
        hint="It goes into the ledger with the settings before and after."
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Failure job={saving} error={change.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          disabled={!isChanged || isBusy || preview.isPending}
          onClick={() => {
            setTried(after);
            preview.mutate({ settings: after });
          }}
        >
          Try it out
        </Button>
        <Button weight="primary" submits disabled={!canSave}>
          Save detection
        </Button>
      </div>
    </form>
  );
}

function useJob(id: string | undefined): Job | undefined {
  const jobs = useJobs();
  return jobs.find((job) => job.id === id);
}

function useClosedWhenDone(job: Job | undefined, onClose: () => void): void {
  const queryClient = useQueryClient();
  const isDone = job?.state === 'done';
  useEffect(() => {
    if (!isDone) return;
    void refetchWorkspace(queryClient);
    onClose();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once, when the job is done
  }, [isDone]);
}

function Failure({ job, error }: { job: Job | undefined; error: unknown }) {
  if (job?.state === 'failed' && job.problem !== null) {
    return (
      <Notice tone="danger" title={job.problem.message}>
        {job.problem.next !== null && <p>{job.problem.next}</p>}
      </Notice>
    );
  }
  return <ProblemNotice error={error} />;
}
