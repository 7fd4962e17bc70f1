// Threads that judge for the engine find what the engine finds, and leave the file when they are done.
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { defaultDetection } from '#shared/model/detection.ts';
import { Problem } from '#shared/model/problem.ts';
import { buildDetectors } from '../../../../src-main/analytics/build-detectors.ts';
import { evaluatePending, type EvaluationOptions } from '../../../../src-main/analytics/evaluate.ts';
import { judgeInThreads } from '../../../../src-main/analytics/threads/judge-threads.ts';
import type { JudgeOrder } from '../../../../src-main/analytics/threads/judge-protocol.ts';
import { readFindings } from '../../../../src-main/store/cache/findings.ts';
import type { MirroredEvent } from '../../../../src-main/store/cache/mirrored-event.ts';
import type { DatabaseHandle } from '../../../../src-main/store/database.ts';
import { makeEvent, mirror, openCache } from '../../../support/workspace.ts';

const script = new URL('../../../../src-main/analytics/worker.ts', import.meta.url);
const hourUs = 3_600_000_000;
const startUs = Date.parse('2026-09-01T00:00:00Z') * 1000;
const detection = { settings: defaultDetection, shippedRules: [], locations: null };
const { detectors } = buildDetectors(detection);

const threads: Worker[] = [];
const startThread = () => {
  const thread = new Worker(script, { workerData: { role: 'judge' } });
  threads.push(thread);
  return thread;
};
afterEach(() => {
  // A thread that has ended has no number any more.
  expect(threads.splice(0).map(({ threadId }) => threadId)).not.toContainEqual(
    expect.toSatisfy((id) => id > 0),
  );
});

const at = (hour: number, count: number, changes: Partial<MirroredEvent> = {}): MirroredEvent[] =>
  Array.from({ length: count }, (_, index) =>
    makeEvent({
      id: `h${hour}-${index}-${changes.actor ?? 'dana'}-${changes.action ?? 'read'}`,
      createdAtMicroseconds: startUs + hour * hourUs + index * 1_000_000,
      ...changes,
    }),
  );

/** Seven weeks of office hours, with a busy night, a row of failures, and something new. */
const events = [
  ...Array.from({ length: 49 * 24 }, (_, hour) =>
    hour % 24 >= 8 && hour % 24 < 17 ? at(hour, 2) : [],
  ).flat(),
  ...at(45 * 24 + 3, 40),
  ...at(46 * 24 + 4, 30, { actor: 'mallory', action: 'user.login_failed', ip: '192.0.2.7' }),
  ...at(46 * 24 + 5, 1, { actor: 'mallory', action: 'user.login', ip: '192.0.2.7' }),
  ...at(48 * 24 + 9, 3, { action: 'role.grant', ip: '198.51.100.9', resourceType: 'role' }),
];

function options(threaded: EvaluationOptions['threads']): EvaluationOptions {
  return {
    detectors,
    asOfMicroseconds: startUs + 49 * 24 * hourUs,
    zone: 'UTC',
    privilegedActions: new Set(['role.grant']),
    holidays: new Set(),
    keepsCited: false,
    onProgress: () => undefined,
    breathe: async () => undefined,
    ...(threaded && { threads: threaded }),
  };
}

const byThreads = (database: DatabaseHandle, fromEvents = 0): EvaluationOptions['threads'] => ({
  fromEvents,
  judge: (history, scope, places, onJudged, meanwhile) => {
    const order = { cachePath: database.name, detection, scope };
    return judgeInThreads(startThread, 2, order, history, places, onJudged, meanwhile);
  },
});

const known = (database: DatabaseHandle) =>
  readFindings(database).toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

describe('threads that judge', () => {
  test('find what this thread finds, word for word', async () => {
    const here = openCache();
    mirror(here, events);
    const reportHere = await evaluatePending(here, options(undefined));
    const there = openCache();
    mirror(there, events);
    const steps: [number, number][] = [];
    const reportThere = await evaluatePending(there, {
      ...options(byThreads(there)),
      onProgress: (done, total) => steps.push([done, total]),
    });
    expect(reportThere).toEqual(reportHere);
    expect(reportHere.newFindings).toBeGreaterThan(3);
    expect(new Set(known(here).map(({ detector }) => detector)).size).toBeGreaterThan(2);
    expect(known(there)).toEqual(known(here));
    expect(steps.at(-1)![0]).toBe(steps.at(-1)![1]);
    expect(threads).toHaveLength(2);
  });

  test('are not begun while little is pending', async () => {
    const cache = openCache();
    mirror(cache, events);
    await evaluatePending(cache, options(byThreads(cache, events.length + 1)));
    expect(threads).toHaveLength(0);
    expect(known(cache).length).toBeGreaterThan(3);
  });

  test('end when judging is cancelled, and what was recorded stays', async () => {
    const cache = openCache();
    mirror(cache, events);
    let breaths = 0;
    const work = evaluatePending(cache, {
      ...options(byThreads(cache)),
      breathe: () =>
        (breaths += 1) > 2 ? Promise.reject(new Problem('cancelled', 'Enough.')) : Promise.resolve(),
    });
    await expect(work).rejects.toThrow('Enough.');
    const before = known(cache);
    await evaluatePending(cache, options(byThreads(cache)));
    expect(known(cache)).toEqual(expect.arrayContaining(before));
    expect(known(cache).length).toBeGreaterThan(before.length);
  });

  test('say it when the file cannot be read', async () => {
    const cache = openCache();
    mirror(cache, events);
    const nowhere: EvaluationOptions['threads'] = {
      fromEvents: 0,
      judge: (history, scope, places, onJudged) => {
        const nothing = async () => undefined;
        const order: JudgeOrder = { cachePath: `${cache.name}-elsewhere`, detection, scope };
        return judgeInThreads(startThread, 2, order, history, places, onJudged, nothing);
      },
    };
    await expect(evaluatePending(cache, options(nowhere))).rejects.toBeInstanceOf(Problem);
    expect(known(cache)).toEqual([]);
  });
});
