// One running job in the banner: what it does, how far it is, and a way to stop it.
import { Button } from '../components/button.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { jobNames, progressShare, progressWords } from '../domain/job-words.ts';
import { useCancelJob } from '../domain/jobs.ts';
import type { Job } from '#shared/model/workspace.ts';
import { text } from '../texts/text.ts';
import styles from './job-strip.module.css';

export function JobStrip({ job }: { job: Job }) {
  const cancel = useCancelJob();
  const words = progressWords(job);
  return (
    <div className={styles.strip}>
      <div className={styles.text}>
        <p className={styles.step}>
          <strong>{jobNames[job.kind]}</strong> {job.step}
        </p>
        <p className={styles.words}>{words}</p>
        <ProgressBar label={jobNames[job.kind]} share={progressShare(job)} text={words} />
      </div>
      <Button
        size="small"
        aria-label={text('app:cancelJob', { kind: jobNames[job.kind] })}
        disabled={cancel.isPending}
        onClick={() => cancel.mutate({ id: job.id })}
      >
        {text('app:cancel')}
      </Button>
    </div>
  );
}
