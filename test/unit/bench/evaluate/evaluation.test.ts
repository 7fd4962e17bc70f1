import { describe, expect, test } from 'vitest';
import type { Detector, Hit } from '../../../../src-main/analytics/detector.ts';
import type { HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { microsecondsPerHour } from '../../../../src-shared/time/instant.ts';
import { evaluate } from '../../../bench/evaluate/evaluation.ts';
import { eventSetOf } from '../../../bench/evaluate/event-set.ts';
import { printEvaluation } from '../../../bench/evaluate/print-evaluation.ts';
import { incident } from './listed-hits.ts';

const event = (id: string, hour: number, changes: Partial<HistoryEvent> = {}): HistoryEvent => ({
  id,
  createdAtMicroseconds: hour * microsecondsPerHour,
  sourceAccount: 'primary',
  actor: 'dana',
  action: 'record.read',
  ...changes,
});

const events = [
  event('a', 10),
  event('b', 10.5, { action: 'role_grant' }),
  event('c', 30, { actor: 'eli', fields: { severity: 'critical' } }),
  event('d', 31, { actor: '' }),
];

/** Lists the first event of the history, as it is told. */
function pointing(id: string, changes: Partial<Hit> = {}): Detector {
  return {
    id,
    version: `${id}/1`,
    title: 'A thing',
    needs: [],
    reachDays: 1,
    run: ({ segments }) => [
      {
        detector: id,
        methodVersion: `${id}/1`,
        sourceAccount: 'primary',
        actor: 'dana',
        entity: { kind: 'actor', value: 'dana' },
        action: '',
        startMicroseconds: 10 * microsecondsPerHour,
        endMicroseconds: 11 * microsecondsPerHour,
        count: 1,
        score: 4,
        threshold: 3,
        severity: 'low',
        evidence: {},
        explanation: {
          what: '',
          expected: null,
          unusual: '',
          comparedWith: null,
          alsoSeen: null,
          confidence: null,
          method: '',
          wouldChange: null,
        },
        events: [{ segment: segments[0]!, index: 0 }],
        ...changes,
      },
    ],
  };
}

const failing: Detector = {
  ...pointing('failing'),
  run: () => {
    throw new RangeError('of its own');
  },
};
const blind: Detector = { ...pointing('blind'), needs: ['ip', 'bytes'] };

const night = incident({
  fromMicroseconds: 10 * microsecondsPerHour,
  toMicroseconds: 11 * microsecondsPerHour,
  eventIds: ['a', 'b', 'gone'],
});
const run = (...detectors: Detector[]) =>
  evaluate({
    set: eventSetOf(events),
    incidents: [night],
    labels: [{ id: 'nowhere', label: 'quiet' }],
    zone: 'UTC',
    detectors,
    nowMs: () => 0,
  });

describe('an evaluation', () => {
  test('judges z3 alone, nb alone, and all together', () => {
    const { totals } = run(pointing('z3'), pointing('nb'), pointing('mass'), pointing('sigma:x'));
    expect([totals.z3.hits, totals.nb.hits, totals.builtIn.hits, totals.all.hits]).toEqual([1, 1, 3, 4]);
    expect(totals.all.cases).toBe(1);
    expect(totals.z3).toMatchObject({ alertsFound: '1/1', hitsPerActorDay: 0.5, hitsPerDay: 0.5 });
  });

  test('counts actor-days of people only, and what waits in the privileged queue', () => {
    expect(run()).toMatchObject({ period: { days: 2, actorDays: 2 }, actors: 2, queue: 2 });
  });

  test('says which detectors could not look, and which failed, and goes on', () => {
    const { runs } = run(blind, failing, pointing('nb'));
    expect(runs.map(({ detector, state, detail }) => [detector, state, detail])).toEqual([
      ['blind', 'not evaluable', 'needs ip, bytes'],
      ['failing', 'failed', 'RangeError: of its own'],
      ['nb', 'ran', ''],
    ]);
  });

  test('says what is wrong with the hits themselves', () => {
    const details = [
      { endMicroseconds: 10 * microsecondsPerHour },
      { score: 2.9 },
      { startMicroseconds: 400 * microsecondsPerHour, endMicroseconds: 401 * microsecondsPerHour },
    ].map((changes) => run(pointing('nb', changes)).runs[0]!.detail);
    expect(details).toEqual([
      '1 end before they start',
      '1 are below their threshold',
      '1 begin at or after the as-of; 1 begin on a day without events',
    ]);
    const twice: Detector = {
      ...pointing('nb'),
      run: (...all) => [0, 1].flatMap(() => pointing('nb').run(...all)),
    };
    expect(run(twice).runs[0]!.detail).toBe('1 share their name with another');
  });

  test('looks no further than the end of the hour of the last event', () => {
    let until = 0;
    run({
      ...pointing('nb'),
      run: (_, scope) => {
        until = scope.untilMicroseconds;
        expect(scope).toMatchObject({ days: [0, 1], touched: null, zone: 'UTC' });
        return [];
      },
    });
    expect(until).toBe(32 * microsecondsPerHour);
  });

  test('names what the truth speaks of and the events do not hold', () => {
    expect(run().strangers).toEqual({ labels: 1, incidentEvents: 1 });
  });

  test('prints every section, and nothing that steers a terminal', () => {
    const hostile = incident({ incident: 'esc\u{1b}[2J', expect: 'quiet', actors: ['dana'] });
    const set = eventSetOf(events);
    const evaluation = evaluate({
      set,
      incidents: [night, hostile],
      labels: [],
      zone: 'Europe/Berlin',
      detectors: [pointing('nb'), blind],
      nowMs: () => 0,
    });
    const text = printEvaluation(evaluation, set, []);
    for (const part of [
      'Coverage',
      'needs ip, bytes',
      'In total',
      'By detector',
      'by kind',
      'Europe/Berlin',
      '1/3',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('\u{1b}');
  });
});
