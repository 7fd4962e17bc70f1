// A job that one form of a screen started, followed until another takes its place.
import { useState } from 'react';
import type { Job } from '#shared/model/workspace.ts';
import { useJobs, useWatchJob } from './jobs.ts';

export function useStartedJob(): {
  job: Job | null;
  isRunning: boolean;
  follow: (started: { jobId: string }) => void;
} {
  const jobs = useJobs();
  const watch = useWatchJob();
  const [id, setId] = useState<string | null>(null);
  const job = jobs.find((one) => one.id === id) ?? null;
  return {
    job,
    // Between its start and the next look at the list it runs, too.
    isRunning: id !== null && (job === null || job.state === 'running'),
    follow: (started) => {
      setId(started.jobId);
      watch(started);
    },
  };
}
