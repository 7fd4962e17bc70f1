// The rules of the campaigns' oversight: who is shown as at work, which delegations hold, how what is due is put in order, weeks of a month.
import { describe, expect, it } from 'vitest';
import type { DueEntry } from '../../../../src-shared/model/campaign-calendar.ts';
import type { ReviewerCourse } from '../../../../src-shared/model/campaign-indicators.ts';
import { dayHourColumns } from '../../../../src-renderer/charts/day-hours-layout.ts';
import { decisionStrip, stripDate } from '../../../../src-renderer/charts/decision-strip-layout.ts';
import { placedMarks } from '../../../../src-renderer/charts/time-marks-layout.ts';
import { dueDayWords, tellingWords } from '../../../../src-renderer/domain/due-words.ts';
import {
  faultOf,
  inOrder,
  isWhole,
  stateOfDelegation,
} from '../../../../src-renderer/screens/campaigns/oversight/delegation-state.ts';
import { dueGroups, nextOpenings } from '../../../../src-renderer/screens/campaigns/oversight/due-groups.ts';
import {
  dayOf,
  monthAfter,
  weeksOf,
} from '../../../../src-renderer/screens/campaigns/oversight/local-date.ts';
import { peopleAtWork, spanOf } from '../../../../src-renderer/screens/campaigns/oversight/people-at-work.ts';
import { makeDefinition } from '../../../support/campaign.ts';

const course = (reviewer: string, days: ReviewerCourse['days'] = []): ReviewerCourse => ({
  reviewer,
  name: reviewer,
  decisions: 1,
  bulk: 0,
  bulkShare: 0,
  largestBulk: 0,
  medianDwellMs: null,
  perActiveMinute: null,
  mostInAMinute: 1,
  openedShare: 0,
  certifiedShare: 1,
  imported: 0,
  sentences: [],
  days,
});

describe('people at work', () => {
  it('are those with something open or decided, over all stages, and whoever decided without being named', () => {
    const shares = [
      { person: 'rita', stage: 0, open: 3, decided: 0, inConflict: 1 },
      { person: 'rita', stage: 1, open: 2, decided: 0, inConflict: 0 },
      { person: null, stage: 0, open: 9, decided: 0, inConflict: 0 },
    ];
    const people = peopleAtWork(makeDefinition(), [course('otto'), course('gone')], shares);
    expect(people.map(({ id, open, inConflict, isNamed }) => [id, open, inConflict, isNamed])).toEqual([
      ['rita', 5, 1, true],
      ['otto', 0, 0, true],
      ['gone', 0, 0, false],
    ]);
    expect(peopleAtWork(makeDefinition(), [], null).map(({ id, open }) => [id, open])).toEqual([
      ['rita', null],
      ['otto', null],
    ]);
  });

  it('share one span and one scale', () => {
    const days = [{ date: '2026-11-04', alone: 2, together: 5 }];
    const open = { openedAt: '2026-11-01T23:30:00.000Z', dueOn: '2026-11-16', zone: 'Europe/Berlin' };
    const people = [{ course: course('rita', days) }];
    expect(spanOf({ ...open, state: 'open' }, people, '2026-11-10')).toEqual({
      from: '2026-11-02',
      to: '2026-11-16',
      top: 7,
    });
    expect(spanOf({ ...open, state: 'open' }, [], '2026-11-20').to).toBe('2026-11-20');
    expect(spanOf({ ...open, state: 'closed' }, [], '2026-11-20').to).toBe('2026-11-16');
  });

  it('are drawn with what was decided together above what was not, to scale', () => {
    const span = { from: '2026-11-01', to: '2026-11-10', top: 8 };
    const box = { width: 100, height: 40 };
    const [column] = decisionStrip([{ date: '2026-11-04', alone: 2, together: 6 }], span, box);
    expect(column).toMatchObject({ aloneHeight: 10, aloneY: 30, togetherHeight: 30, togetherY: 0 });
    expect(decisionStrip([{ date: '2026-12-04', alone: 2, together: 6 }], span, box)).toEqual([]);
    expect([stripDate('2026-11-10', span, 100), stripDate('2026-11-05', span, 100)]).toEqual([100, 50]);
    expect(stripDate('2026-11-11', span, 100)).toBeNull();
  });
});

describe('a delegation', () => {
  const span = { validFrom: '2026-11-10T00:00:00.000Z', validTo: '2026-11-12T00:00:00.000Z' };

  it('is in force from its first moment until its last', () => {
    const at = (now: string) => stateOfDelegation(span, Date.parse(now));
    expect(at('2026-11-09T23:59:59Z')).toBe('later');
    expect(at('2026-11-10T00:00:00Z')).toBe('now');
    expect(at('2026-11-12T00:00:00Z')).toBe('ended');
  });

  it('stands before those that are over; with the campaign all are', () => {
    const one = { from: 'a', to: 'b', by: 'a', reason: 'r', entry: null, ...span };
    const later = { ...one, validFrom: '2026-11-11T12:00:00.000Z' };
    const over = { ...one, validTo: '2026-11-10T12:00:00.000Z' };
    const now = Date.parse('2026-11-11T00:00:00Z');
    const order = (state: 'open' | 'closed') =>
      inOrder({ delegations: [over, later, one], state }, now).map((line) => [line.place, line.state]);
    expect(order('open')).toEqual([
      [2, 'now'],
      [1, 'later'],
      [0, 'ended'],
    ]);
    expect(order('closed').map(([, state]) => state)).toEqual(['ended', 'ended', 'ended']);
  });

  it('needs two people, days in order and a reason', () => {
    const draft = { from: 'a', to: 'b', firstDay: '2026-11-10', lastDay: '2026-11-10', reason: 'away' };
    const today = '2026-11-10';
    expect([faultOf(draft, today), isWhole(draft, today)]).toEqual([null, true]);
    expect(faultOf({ ...draft, to: 'a' }, today)).toBe('same');
    expect(faultOf({ ...draft, lastDay: '2026-11-09' }, today)).toBe('backwards');
    // It may begin in the past, and counts from now on; what would be over is refused.
    expect(faultOf(draft, '2026-11-11')).toBe('past');
    expect(isWhole({ ...draft, reason: ' ' }, today)).toBe(false);
    expect(isWhole({ ...draft, lastDay: '' }, today)).toBe(false);
  });
});

const entry = (changes: Partial<DueEntry>): DueEntry => ({
  uid: 'u',
  kind: 'decisions',
  campaign: 'c',
  campaignName: 'C',
  title: 't',
  detail: '',
  date: '2026-11-16',
  zone: 'UTC',
  from: '2026-11-16T00:00:00.000Z',
  until: '2026-11-17T00:00:00.000Z',
  standing: 'upcoming',
  overdueDays: 0,
  overdueStep: 0,
  ...changes,
});

describe('what is due', () => {
  it('stands with the longest overdue first, then by month, and what is done apart', () => {
    const late = (days: number) => entry({ uid: `l${days}`, standing: 'overdue', overdueDays: days });
    const groups = dueGroups([
      late(2),
      late(9),
      entry({ uid: 'a', date: '2026-11-20', standing: 'due-soon' }),
      entry({ uid: 'b', date: '2026-12-01' }),
      entry({ uid: 'd', standing: 'done' }),
    ]);
    expect(groups.overdue.map(({ uid }) => uid)).toEqual(['l9', 'l2']);
    expect(groups.months.map(({ month, entries }) => [month, entries.map(({ uid }) => uid)])).toEqual([
      ['2026-11', ['a']],
      ['2026-12', ['b']],
    ]);
    expect(groups.done.map(({ uid }) => uid)).toEqual(['d']);
  });

  it('lets the next date of each series be started', () => {
    const opening = (uid: string, campaign: string) => entry({ uid, campaign, kind: 'open-campaign' });
    expect([...nextOpenings([opening('1', 'a'), opening('2', 'a'), entry({}), opening('3', 'b')])]).toEqual([
      '1',
      '3',
    ]);
  });

  it('says how near or late it is, and when it is told', () => {
    expect(dueDayWords(entry({}), '2026-11-15')).toBe('due tomorrow');
    expect(dueDayWords(entry({}), '2026-11-16')).toBe('due today');
    expect(dueDayWords(entry({}), '2026-11-10')).toBe('due in 6 days');
    expect(dueDayWords(entry({ standing: 'overdue', overdueDays: 1 }), '2026-11-17')).toBe(
      'overdue for 1 day',
    );
    expect([0, 1, 3, 7].map((overdueStep) => tellingWords({ overdueStep }))).toEqual([
      '',
      'told after 1 day, told again after 3 days',
      'told after 3 days, told again after 7 days',
      'told for the last time after 7 days',
    ]);
  });

  it('is drawn at its day, one above the other, and at the edge where it is older', () => {
    const span = { from: '2026-11-01', to: '2026-11-10' };
    const mark = (id: string, date: string) => ({ id, date, isLate: false, title: '' });
    const marks = [mark('a', '2026-11-05'), mark('b', '2026-11-05'), mark('c', '2026-01-01')];
    expect(placedMarks(marks, span, 100, 1).map(({ id, x, level }) => [id, x, level])).toEqual([
      ['a', 45, 0],
      ['c', 0, 0],
    ]);
    expect(placedMarks(marks, span, 100, 2)).toHaveLength(3);
  });
});

describe('a month', () => {
  it('is shown in whole weeks from Monday', () => {
    const weeks = weeksOf('2026-11');
    expect([weeks[0]?.[0], weeks.at(-1)?.at(-1), weeks.length]).toEqual(['2026-10-26', '2026-12-06', 6]);
    // 1 February 2027 is a Monday.
    expect(weeksOf('2027-02')).toHaveLength(4);
    expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
  });

  it('tells the day a span ends with', () => {
    expect(dayOf('2026-11-15T23:00:00.000Z', 'Europe/Berlin')).toBe('2026-11-16');
    expect(dayOf('2026-11-15T23:00:00.000Z', 'Europe/Berlin', 'last')).toBe('2026-11-15');
  });

  it('draws the hours of a day and what is missing of them to scale', () => {
    const hour = (number: number, events: number) => ({
      from: `2026-11-16T0${number}:00:00.000Z`,
      to: `2026-11-16T0${number + 1}:00:00.000Z`,
      events,
    });
    const gap = {
      from: '2026-11-16T01:00:00.000Z',
      to: '2026-11-16T03:00:00.000Z',
      why: '',
      blocks: true,
    };
    const box = { width: 40, height: 10 };
    const { columns, stretches } = dayHourColumns(
      [hour(0, 10), hour(1, 0), hour(2, 5), hour(3, 1)],
      [gap],
      box,
    );
    expect(columns.map(({ height }) => height)).toEqual([10, 0, 5, 2]);
    expect(stretches).toMatchObject([{ x: 10, width: 20 }]);
    expect(dayHourColumns([], [gap], box)).toEqual({ columns: [], stretches: [] });
  });
});
