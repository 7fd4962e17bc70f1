import { describe, expect, test } from 'vitest';
import { Problem } from '../../../src-shared/model/problem.ts';
import { createJobs, type JobContext } from '../../../src-main/api/jobs.ts';
import { stoppedClock } from '../../support/workspace.ts';

function setUp() {
  const clock = stoppedClock('2026-11-16T00:00:00Z');
  const logged: unknown[] = [];
  let made = 0;
  const jobs = createJobs(
    clock,
    () => `job-${(made += 1)}`,
    (_, error) => void logged.push(error),
  );
  return { clock, jobs, logged };
}

/** Work that waits to be told how to end. */
function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let context: JobContext | undefined;
  const work = (given: JobContext) => {
    context = given;
    return promise;
  };
  return { work, resolve, reject, context: () => context! };
}

describe('jobs', () => {
  test('one of a kind at a time: a second start joins the first, another kind does not', async () => {
    const { jobs } = setUp();
    const first = controlled();
    const id = jobs.start('refresh', first.work);
    expect(jobs.start('refresh', controlled().work)).toBe(id);
    const sync = controlled();
    expect(jobs.start('sync', sync.work)).not.toBe(id);
    first.resolve('report');
    sync.resolve(null);
    await expect(jobs.wait(id)).resolves.toBe('report');
    expect(jobs.get(id)).toMatchObject({
      state: 'done',
      result: 'report',
      endedAt: '2026-11-16T00:00:00.000Z',
    });
    expect(jobs.start('refresh', async () => 1)).not.toBe(id);
  });

  test('tells rate and time left from the start of the step, and neither when it cannot know', () => {
    const { clock, jobs } = setUp();
    const { work, context } = controlled();
    const id = jobs.start('refresh', work);
    context().progress('Reading', 100, 1000, 'events');
    expect(jobs.get(id)).toMatchObject({ perSecond: null, remainingMs: null });
    clock.advance(1000);
    context().progress('Reading', 400, 1000, 'events');
    expect(jobs.get(id)).toMatchObject({ perSecond: 300, remainingMs: 2000 });
    context().progress('Reading', 400, null, 'events');
    expect(jobs.get(id)).toMatchObject({ perSecond: 300, remainingMs: null });
    context().progress('Reading', 400, 300, 'events');
    expect(jobs.get(id)).toMatchObject({ remainingMs: null });
    context().progress('Judging', 0, 10, 'series');
    clock.advance(1000);
    context().progress('Judging', 0, 10, 'series');
    expect(jobs.get(id)).toMatchObject({ step: 'Judging', perSecond: 0, remainingMs: null });
  });

  test('work that was cancelled counts as cancelled whatever it dies of, and what nobody foresaw is logged', async () => {
    const { jobs, logged } = setUp();
    const { work, reject, context } = controlled();
    const id = jobs.start('sync', work);
    expect(jobs.cancel(id).state).toBe('running');
    expect(context().signal.aborted).toBe(true);
    const torn = new TypeError('socket hang up');
    reject(torn);
    await expect(jobs.wait(id)).rejects.toBe(torn);
    expect(jobs.get(id)).toMatchObject({ state: 'cancelled', problem: { code: 'cancelled' } });
    expect(logged).toEqual([torn]);
  });

  test('a problem of its own is told as it is, also after a cancel', async () => {
    const { jobs, logged } = setUp();
    const { work, reject } = controlled();
    const id = jobs.start('export', work);
    jobs.cancel(id);
    reject(new Problem('locked', 'The disk is full.', { next: 'Free some space.' }));
    await jobs.wait(id).catch(() => undefined);
    expect(jobs.get(id)).toMatchObject({
      state: 'failed',
      problem: { code: 'locked', message: 'The disk is full.', next: 'Free some space.' },
    });
    expect(logged).toEqual([]);
  });

  test('an unforeseen error becomes a sentence without its text', async () => {
    const { jobs, logged } = setUp();
    const id = jobs.start('refresh', async () => {
      throw new Error('SELECT secret');
    });
    await jobs.wait(id).catch(() => undefined);
    const { problem, state } = jobs.get(id);
    expect(state).toBe('failed');
    expect(problem?.code).toBe('internal');
    expect(JSON.stringify(problem)).not.toContain('SELECT');
    expect(logged).toHaveLength(1);
  });

  test('cancelling what has ended changes nothing; an unknown job is said to be one', async () => {
    const { jobs } = setUp();
    const id = jobs.start('refresh', async () => 7);
    await jobs.wait(id);
    expect(jobs.cancel(id)).toMatchObject({ state: 'done', result: 7 });
    expect(() => jobs.get('nothing')).toThrow(/not known any more/);
  });

  test('replacing cancels what runs of the same kind, waits for it, and leaves other kinds alone', async () => {
    const { jobs } = setUp();
    const [first, other] = [controlled(), controlled()];
    const before = jobs.start('dry-run', first.work);
    const untouched = jobs.start('refresh', other.work);
    let isReplaced = false;
    const replaced = jobs.replace('dry-run', async () => 'new').finally(() => (isReplaced = true));
    await Promise.resolve();
    expect(isReplaced).toBe(false);
    first.reject(first.context().signal.reason);
    const after = await replaced;
    expect(after).not.toBe(before);
    expect(await jobs.wait(after)).toBe('new');
    expect(jobs.get(before).state).toBe('cancelled');
    expect(jobs.get(untouched).state).toBe('running');
    expect(await jobs.wait(await jobs.replace('dry-run', async () => 'newest'))).toBe('newest');
  });

  test('closing cancels what runs and waits for it', async () => {
    const { jobs } = setUp();
    const { work, reject, context } = controlled();
    const id = jobs.start('refresh', work);
    let closed = false;
    const closing = jobs.close().then(() => (closed = true));
    await Promise.resolve();
    expect(closed).toBe(false);
    expect(context().signal.aborted).toBe(true);
    reject(context().signal.reason);
    await closing;
    expect(jobs.get(id).state).toBe('cancelled');
  });

  test('keeps the latest fifty and never forgets what still runs', async () => {
    const { jobs } = setUp();
    const running = jobs.start('sync', controlled().work);
    for (let index = 0; index < 60; index += 1) await jobs.wait(jobs.start('refresh', async () => index));
    expect(jobs.list()).toHaveLength(50);
    expect(jobs.get(running).state).toBe('running');
    expect(jobs.list().at(-1)?.result).toBe(59);
  });
});
