// Long-running work: polled quickly while something runs, slowly otherwise, and announced when it ends.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Job } from '#shared/model/workspace.ts';
import {
  announce,
  dismissFailures,
  dismissNotice,
  unwatchJobs,
  useDialogs,
  watchJob,
} from '../state/dialogs.ts';
import { refetchWorkspace, useApi } from './api.ts';
import { endingWords } from './job-words.ts';
import { pollAfterMs } from './poll-after.ts';
import { describeProblem } from './problem-text.ts';

const runningEveryMs = 300;
const idleEveryMs = 2000;

const noJobs: readonly Job[] = [];

export function useJobs(): readonly Job[] {
  const { orpc } = useApi();
  const query = useQuery(
    orpc.jobs.list.queryOptions({
      refetchInterval: ({ state }) =>
        pollAfterMs(
          state,
          state.data?.some((job) => job.state === 'running') === true ? runningEveryMs : idleEveryMs,
        ),
    }),
  );
  return query.data ?? noJobs;
}

/** Remembers a job this window started and looks at the list at once. */
export function useWatchJob(): (started: { jobId: string }) => void {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return ({ jobId }) => {
    // Whoever tries again has read why it could not be started before.
    dismissNotice(refusedStart);
    watchJob(jobId);
    void queryClient.invalidateQueries({ queryKey: orpc.jobs.list.key() });
  };
}

export function useCancelJob() {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  return useMutation(
    orpc.jobs.cancel.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.jobs.list.key() }),
    }),
  );
}

/** Starts a refresh; a refusal is announced like the end of one. */
export function useRefresh() {
  const { orpc } = useApi();
  const watch = useWatchJob();
  return useMutation(orpc.refresh.start.mutationOptions({ onSuccess: watch, onError: announceFailure }));
}

/** Sends everything that waits; the report opens when the job ends. */
export function useSendDecisions() {
  const { orpc } = useApi();
  const watch = useWatchJob();
  return useMutation(orpc.sync.start.mutationOptions({ onSuccess: watch }));
}

const refusedStart = 'failure';

export function announceFailure(error: unknown): void {
  announce({ id: refusedStart, tone: 'danger', ...describeProblem(error) });
}

/** Announces jobs as they end and fetches everything they may have changed. Mounted once. */
export function useJobEndings(jobs: readonly Job[]): void {
  const { orpc } = useApi();
  const queryClient = useQueryClient();
  const watched = useDialogs((state) => state.watchedJobs);
  useEffect(() => {
    for (const job of jobs) {
      if (job.state !== 'running') continue;
      // How the one before ended is news no more.
      dismissNotice(job.kind);
      if (!watched.has(job.id)) watchJob(job.id);
    }
    const ended = jobs.filter((job) => job.state !== 'running' && watched.has(job.id));
    if (ended.length === 0) return;
    unwatchJobs(ended.map((job) => job.id));
    for (const job of ended) announceEnd(job);
    void refetchWorkspace(queryClient);
    // Whether the database answers was found out just now; the window asks at once instead of saying what held before.
    if (ended.some(talksToDatabase))
      void queryClient.invalidateQueries({ queryKey: orpc.source.probe.key() });
  }, [jobs, watched, queryClient, orpc]);
}

const talksToDatabase = ({ kind }: Job): boolean => kind === 'refresh' || kind === 'sync';

/** Kinds of failure that are over when the database answers. */
const awayCodes = ['source-unreachable'];

/** Takes away what says that the database does not answer, once it does. Mounted once. */
export function useFailuresOver(isOnline: boolean): void {
  useEffect(() => {
    if (isOnline) dismissFailures(awayCodes);
  }, [isOnline]);
}

const isTrial = ({ kind }: Job): boolean => kind === 'dry-run' || kind === 'replay';

function announceEnd(job: Job): void {
  if (job.kind === 'sync' && job.state === 'done') {
    dismissNotice(job.kind);
    useDialogs.setState({ syncReportJob: job.id, sending: false });
    return;
  }
  // Whoever watches it being sent reads it there.
  if (job.kind === 'sync' && useDialogs.getState().sending) return;
  if (job.kind === 'export-table' && useDialogs.getState().exporting) return;
  if (job.kind === 'campaign-file' && useDialogs.getState().takingUp) return;
  // The screen shows the verdict, which may be bad news.
  if (job.kind === 'open-pack' && job.state === 'done') return;
  // Whoever tried something out looks at the result already.
  if (isTrial(job) && job.state !== 'failed') return;
  const { tone, message, next } = endingWords(job);
  announce({
    id: job.kind,
    tone: tone === 'neutral' ? 'info' : tone,
    message,
    next,
    ...(job.problem !== null && { code: job.problem.code }),
  });
}
