// While the sample database is being made: what is happening, how far it is, and a way out.
import type { Job } from '#shared/model/workspace.ts';
import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { progressShare, progressWords } from '../../domain/job-words.ts';
import { useCancelJob } from '../../domain/jobs.ts';
import { text } from '../../texts/text.ts';
import styles from './sample-progress.module.css';

export function SampleProgress({ job }: { job: Job }) {
  const cancel = useCancelJob();
  const words = progressWords(job);
  return (
    <section className={styles.screen} aria-label={text('welcome:sample.preparing')}>
      <h1>{text('welcome:sample.preparingTitle')}</h1>
      <output>{job.step}</output>
      <ProgressBar label={text('welcome:sample.preparing')} share={progressShare(job)} text={words} />
      <p className={styles.words}>{words}</p>
      <Button disabled={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
        {text('welcome:sample.cancel')}
      </Button>
    </section>
  );
}
