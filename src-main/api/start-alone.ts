// Starts work of which there is one at a time: who asks for another meanwhile is told so, and not given the first one's result.
import { Problem } from '#shared/model/problem.ts';
import type { JobKind } from '#shared/model/workspace.ts';
import type { VerifyWatch } from '../evidence/verify.ts';
import type { JobContext, Jobs } from './jobs.ts';

/** @throws Problem `locked` while work of this kind is running */
export function startAlone(
  jobs: Jobs,
  kind: JobKind,
  work: (context: JobContext) => Promise<unknown>,
): string {
  if (jobs.list().some((job) => job.kind === kind && job.state === 'running'))
    throw new Problem(
      'locked',
      'The same is being done with another pack at the moment. Nothing was started.',
      {
        next: 'Wait for it to finish, or cancel it, then try again.',
      },
    );
  return jobs.start(kind, work);
}

const bytesPerMegabyte = 1_000_000;
const megabytes = (bytes: number): number => Math.round(bytes / bytesPerMegabyte);

/** A verification as a part of a job, which tells how far it is and can be cancelled. */
export function watchFor({ progress, signal }: JobContext): VerifyWatch {
  return {
    signal,
    onProgress: (step, done, total) => progress(step, megabytes(done), megabytes(total), 'MB'),
  };
}

/** For work that nobody watches: it goes to its end. */
export const unwatched: JobContext = { signal: new AbortController().signal, progress: () => {} };
