// How far a job is that this screen started, with a way to stop it, and how it ended where that is not what was wanted.
import type { ReactNode } from 'react';
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { text } from '../texts/text.ts';
import styles from './job-progress.module.css';
import { endingWords, jobNames, progressShare, progressWords } from './job-words.ts';
import { useCancelJob } from './jobs.ts';
import { ProblemNotice } from './problem-notice.tsx';

/** @param children is shown once the job is done; it reads the result */
export function JobProgress({ job, children }: { job: Job; children: ReactNode }) {
  const cancel = useCancelJob();
  if (job.state === 'done') return children;
  if (job.state !== 'running') {
    const { tone, message, next } = endingWords(job);
    return (
      <Notice tone={tone === 'danger' ? 'danger' : 'info'} title={message}>
        {next !== null && <p>{next}</p>}
      </Notice>
    );
  }
  const words = progressWords(job);
  return (
    <div className={styles.job}>
      <div className={styles.text}>
        <output>
          {job.step}
          {words !== '' && ` · ${words}`}
        </output>
        <ProgressBar label={jobNames[job.kind]} share={progressShare(job)} text={words} />
      </div>
      <Button size="small" disabled={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
        {text('domain:cancel')}
      </Button>
      <ProblemNotice error={cancel.error} />
    </div>
  );
}
