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
import { JobProgress } from '../../domain/job-progress.tsx';
import { useJobs, useWatchJob } from '../../domain/jobs.ts';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { text } from '../../texts/text.ts';
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
      <p className={styles.note}>{text(isChanged ? 'settings:detection.tryFirst' : 'settings:noChange')}</p>
      <Running job={trial} />
      <Running job={saving} />
      <Failure job={isTried ? trial : undefined} error={preview.error} />
      {result !== undefined && <DryRunReport report={result} />}
      {tried !== null && !isTried && <Notice tone="info">{text('settings:detection.tryAgain')}</Notice>}
      <TextField
        label={text('settings:detection.reason')}
        hint={text('settings:detection.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Failure job={saving} error={change.error} />
      <div className={styles.buttons}>
        <Button onClick={onClose}>{text('settings:cancel')}</Button>
        <Button
          disabled={!isChanged || isBusy || preview.isPending}
          onClick={() => {
            setTried(after);
            preview.mutate({ settings: after });
          }}
        >
          {text('settings:detection.tryOut')}
        </Button>
        <Button weight="primary" submits disabled={!canSave}>
          {text('settings:detection.save')}
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

/** How far it is, with a way to stop it. */
function Running({ job }: { job: Job | undefined }) {
  if (job?.state !== 'running') return null;
  return <JobProgress job={job}>{null}</JobProgress>;
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
