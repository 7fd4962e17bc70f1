// What is done with a pack after its export: signing it off, asking for a timestamp, and deleting it with the reason why.
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { useApi } from '../../domain/api.ts';
import { JobProgress } from '../../domain/job-progress.tsx';
import { ProblemNotice } from '../../domain/problem-notice.tsx';
import { useReviewerGate } from '../../domain/reviewer-gate.ts';
import { useStartedJob } from '../../domain/use-started-job.ts';
import { text } from '../../texts/text.ts';
import { DeletePackForm } from './delete-pack-form.tsx';
import styles from './pack-list.module.css';
import { isSignable } from './pack-kinds.ts';
import { SignOffForm } from './sign-off-form.tsx';
import { timestampWords } from './timestamp-words.ts';

export function PackActs({ name }: { name: string }) {
  const [open, setOpen] = useState<'sign-off' | 'delete' | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const end = (words: string | null) => {
    setDone(words);
    setOpen(null);
  };
  if (open === 'sign-off')
    return (
      <SignOffForm
        of={{ pack: name }}
        onCancel={() => end(null)}
        onSigned={({ timestamp }) =>
          end(text('evidence:pack.signedOff', { timestamp: timestamp ?? '' }).trim())
        }
      />
    );
  if (open === 'delete') return <DeletePackForm name={name} onEnd={() => end(null)} />;
  return (
    <>
      {done !== null && <Notice tone="info" title={done} />}
      <div className={styles.acts}>
        {isSignable(name) && (
          <Button
            size="small"
            weight="quiet"
            aria-label={text('evidence:pack.signOffWhat', { name })}
            onClick={() => setOpen('sign-off')}
          >
            {text('evidence:pack.signOff')}
          </Button>
        )}
        <Button
          size="small"
          weight="quiet"
          aria-label={text('evidence:pack.deleteWhat', { name })}
          onClick={() => setOpen('delete')}
        >
          {text('evidence:pack.delete')}
        </Button>
        <TimestampAct name={name} />
      </div>
    </>
  );
}

/** Only where a service is set: nobody is asked otherwise. */
function TimestampAct({ name }: { name: string }) {
  const { orpc } = useApi();
  const trust = useQuery(orpc.trust.get.queryOptions());
  const gate = useReviewerGate();
  const { job, isRunning, follow } = useStartedJob();
  const ask = useMutation(orpc.trust.startTimestamp.mutationOptions({ onSuccess: follow }));
  if (trust.data === undefined || trust.data.timestamps === null) return null;
  return (
    <>
      <Button
        size="small"
        weight="quiet"
        aria-label={text('evidence:pack.timestampWhat', { name })}
        disabled={isRunning || ask.isPending}
        onClick={() => gate(() => ask.mutate({ name }))}
      >
        {text('evidence:pack.timestamp')}
      </Button>
      {(ask.isError || job !== null) && (
        <div className={styles.outcome}>
          <ProblemNotice error={ask.error} />
          {job !== null && (
            <JobProgress job={job}>
              <Notice tone="good" title={timestampWords(job.result)} />
            </JobProgress>
          )}
        </div>
      )}
    </>
  );
}
