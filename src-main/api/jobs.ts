// Long work in the background: one of each kind at a time, with progress, cancel and a result to fetch.
import type { Job, JobKind } from '#shared/model/workspace.ts';
import { Problem } from '#shared/model/problem.ts';
import type { Clock } from '../review/ledger.ts';
import { describeFailure } from '../store/database.ts';

export type JobContext = {
  readonly signal: AbortSignal;
  /** Tells what is being done and how far it is; `total` null when unknown. */
  readonly progress: (step: string, done: number, total: number | null, unit: string) => void;
};

export type Jobs = {
  /** Starts work, or returns the id of the same kind of work already running. */
  readonly start: (kind: JobKind, work: (context: JobContext) => Promise<unknown>) => string;
  /** Starts work in place of the same kind of work already running, which is cancelled: it asked something else. */
  readonly replace: (kind: JobKind, work: (context: JobContext) => Promise<unknown>) => Promise<string>;
  readonly get: (id: string) => Job;
  readonly list: () => Job[];
  readonly cancel: (id: string) => Job;
  /** Resolves with the result of a job, or rejects with what ended it. */
  readonly wait: (id: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

type Running = {
  job: Job;
  readonly abort: AbortController;
  settled: Promise<unknown>;
  stepStartedMs: number;
  stepStartedAt: number;
};

const keptJobs = 50;

export function createJobs(
  clock: Clock,
  newId: () => string,
  log: (message: string, error: unknown) => void,
): Jobs {
  const jobs = new Map<string, Running>();
  const now = () => new Date(clock.nowMs()).toISOString();

  function require(id: string): Running {
    const found = jobs.get(id);
    if (!found)
      throw new Problem('not-found', 'That piece of work is not known any more.', {
        next: 'Start it again.',
      });
    return found;
  }

  function progress(running: Running, step: string, done: number, total: number | null, unit: string): void {
    if (step !== running.job.step) {
      running.stepStartedMs = clock.monotonicMs();
      running.stepStartedAt = done;
    }
    const elapsedMs = clock.monotonicMs() - running.stepStartedMs;
    const perSecond = elapsedMs > 300 ? ((done - running.stepStartedAt) * 1000) / elapsedMs : null;
    const remainingMs =
      perSecond !== null && perSecond > 0 && total !== null && total >= done
        ? ((total - done) * 1000) / perSecond
        : null;
    running.job = { ...running.job, step, done, total, unit, perSecond, remainingMs };
  }

  function fail(running: Running, thrown: unknown): void {
    const { signal } = running.abort;
    const described = describeFailure('cache', thrown);
    if (!(described instanceof Problem)) log(`The ${running.job.kind} ended unexpectedly.`, thrown);
    // Work that is torn away ends in all sorts of errors; the person only asked it to stop.
    const error: unknown = described instanceof Problem || !signal.aborted ? described : signal.reason;
    const problem =
      error instanceof Problem
        ? { code: error.code, message: error.message, next: error.next }
        : {
            code: 'internal' as const,
            message: 'Something went wrong inside Countersign. What was saved before is kept.',
            next: 'Try again; the log has the details.',
          };
    const state = problem.code === 'cancelled' ? 'cancelled' : 'failed';
    running.job = { ...running.job, state, problem, endedAt: now() };
  }

  const made: Jobs = {
    replace: async (kind, work) => {
      const sameKind = () =>
        [...jobs.values()].find(({ job }) => job.kind === kind && job.state === 'running');
      // Another one may have been started while this one waited.
      for (let same = sameKind(); same; same = sameKind()) {
        same.abort.abort(
          new Problem('cancelled', 'Cancelled, because the same was asked anew. Nothing was changed.'),
        );
        await same.settled.catch(ignoreUntilAsked);
      }
      return made.start(kind, work);
    },
    start: (kind, work) => {
      const same = [...jobs.values()].find(({ job }) => job.kind === kind && job.state === 'running');
      if (same) return same.job.id;
      const abort = new AbortController();
      const job: Job = {
        id: newId(),
        kind,
        state: 'running',
        step: 'Starting',
        done: 0,
        total: null,
        unit: '',
        perSecond: null,
        remainingMs: null,
        startedAt: now(),
        endedAt: null,
        problem: null,
        result: null,
      };
      const running: Running = {
        job,
        abort,
        settled: Promise.resolve(),
        stepStartedMs: clock.monotonicMs(),
        stepStartedAt: 0,
      };
      running.settled = work({
        signal: abort.signal,
        progress: (...step) => progress(running, ...step),
      }).then(
        (result) => {
          running.job = { ...running.job, state: 'done', result, endedAt: now() };
          return result;
        },
        (error: unknown) => {
          fail(running, error);
          throw error;
        },
      );
      running.settled.catch(ignoreUntilAsked);
      jobs.set(job.id, running);
      forgetOldest(jobs);
      return job.id;
    },
    get: (id) => require(id).job,
    list: () => [...jobs.values()].map(({ job }) => job),
    cancel: (id) => {
      const running = require(id);
      running.abort.abort(new Problem('cancelled', 'Cancelled. What was already done is kept.'));
      return running.job;
    },
    wait: (id) => require(id).settled,
    close: async () => {
      for (const { abort } of jobs.values())
        abort.abort(new Problem('cancelled', 'The workstation is closing.'));
      await Promise.allSettled([...jobs.values()].map(({ settled }) => settled));
    },
  };
  return made;
}

/** A failed job keeps its problem for whoever asks; nobody asking is no error. */
function ignoreUntilAsked(): void {}

function forgetOldest(jobs: Map<string, Running>): void {
  for (const [id, { job }] of jobs) {
    if (jobs.size <= keptJobs) return;
    if (job.state !== 'running') jobs.delete(id);
  }
}
