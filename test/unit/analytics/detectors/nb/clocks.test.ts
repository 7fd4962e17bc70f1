import { describe, expect, test } from 'vitest';
import { nbDetector } from '../../../../../src-main/analytics/detectors/nb/nb-detector.ts';
import {
  cellOf,
  clocksChanged,
  steadyCalendar,
  windowOf,
} from '../../../../../src-main/analytics/detectors/nb/window.ts';
import { whyNot } from '../../../../../src-main/analytics/detectors/nb/why-not.ts';
import { buildHistory, type HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import { localCalendar } from '../../../../../src-main/analytics/local-calendar.ts';
import { scopeOf } from '../hours/told-otherwise.ts';
import { burst, firstHour, hourUs, staff, work } from './office.ts';

const hourAt = (text: string) => Date.parse(text) / 3_600_000;
const berlin = localCalendar('Europe/Berlin', new Set());

describe('clocks', () => {
  test('a steady calendar is the wall clock of its hour, all year', () => {
    const winter = steadyCalendar(berlin, new Set(['2026-10-24']), hourAt('2026-10-26T23:00Z'));
    expect(winter(hourAt('2026-10-26T07:00Z'))).toEqual(berlin(hourAt('2026-10-26T07:00Z')));
    expect(berlin(hourAt('2026-10-23T07:00Z'))).toMatchObject({ hour: 9, weekday: 4 });
    expect(winter(hourAt('2026-10-23T07:00Z'))).toMatchObject({ hour: 8, weekday: 4, isWeekend: false });
    expect(winter(hourAt('2026-10-23T22:30Z'))).toMatchObject({ hour: 23.5, date: '2026-10-23' });
    expect(winter(hourAt('2026-10-23T23:00Z'))).toEqual({
      hour: 0,
      date: '2026-10-24',
      weekday: 5,
      isWeekend: true,
    });
  });

  test('a change is seen from the day it happens until it has left the window', () => {
    const day = (text: string) => hourAt(`${text}T00:00Z`) / 24;
    const changed = (text: string) => {
      const window = windowOf(day(text), 42, berlin);
      return clocksChanged(window, day(text) * 24 + 23, berlin);
    };
    expect(['2026-10-24', '2026-10-25', '2026-12-06', '2026-12-08'].map(changed)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(windowOf(day('2026-10-25'), 42, berlin).cells[0]).toBe(
      cellOf(berlin(hourAt('2026-09-12T00:00Z'))),
    );
  });
});

/** Events moved so that the eighth week begins on Monday 26 October 2026, the day after the clocks were put back. */
const shift = hourAt('2026-10-26T00:00Z') - firstHour - 49 * 24;
const moved = (events: readonly HistoryEvent[], hours: number) =>
  events.map((one) => ({ ...one, createdAtMicroseconds: one.createdAtMicroseconds + hours * hourUs }));
const isWinter = ({ createdAtMicroseconds }: HistoryEvent) =>
  createdAtMicroseconds / hourUs >= firstHour + 49 * 24;

/** Eight weeks by the wall clock: an hour later in UTC from the change on. */
const people = work(staff, 8, 5)
  .filter(({ actor }) => actor !== 'sync')
  .map((one) => (isWinter(one) ? moved([one], 1)[0]! : one));
/** Every night at 02:00 UTC, summer and winter. */
const job = { actor: 'backup', actorType: 'service' };
const nightly = Array.from({ length: 8 * 7 }, (_, day) => burst(job, 'report.run', day * 24 + 2, 25)).flat();
const around = Array.from({ length: 8 * 7 * 24 }, (_, hour) => burst(job, 'ping', hour, 2)).flat();
const monday = 49 * 24;

function find(extra: readonly HistoryEvent[]) {
  const history = buildHistory(moved([...people, ...nightly, ...around, ...extra], shift));
  const days = [0, 1, 2].map((day) => (firstHour + shift) / 24 + 49 + day);
  const scope = scopeOf(history, { days });
  return { history, scope, hits: nbDetector.run(history, scope) };
}

describe('when the clocks are put back', () => {
  test('neither who follows the wall clock nor what follows UTC is unusual', () => {
    expect(find([]).hits).toEqual([]);
  });

  test('what is unusual by both is listed, and says so', () => {
    const { history, scope, hits } = find(burst({ actor: 'omar' }, 'document.read', monday + 26, 7));
    expect(hits.map(({ actor, count }) => [actor, count])).toEqual([['omar', 7]]);
    expect(hits[0]!.evidence).toMatchObject({ clocksChanged: true });
    expect(hits[0]!.explanation.confidence).toContain('Clocks were changed');
    const asked = { sourceAccount: 'primary', actor: 'omar', hour: hits[0]!.startMicroseconds / hourUs };
    const answer = whyNot(history, scope, asked);
    expect(answer).toMatchObject({ state: 'flagged', numbers: { surprise: hits[0]!.score } });
  });

  test('a job is explained by the steady clock', () => {
    const { history, scope } = find([]);
    const hour = firstHour + shift + monday + 26;
    const answer = whyNot(history, scope, { sourceAccount: 'primary', actor: 'backup', hour });
    expect(answer).toMatchObject({ state: 'usual', count: 27, single: null });
    expect(answer.numbers!.lambda).toBeGreaterThan(20);
  });
});
