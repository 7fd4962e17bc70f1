// Days of the log put on record, as a pack tells them: which are missing, and which are not as they were then.
import { describe, expect, test } from 'vitest';
import type { LedgerEntry, LedgerEntryType } from '#shared/model/evidence.ts';
import { collectDaily, daysOf } from '../../../../src-main/evidence/report/daily-days.ts';
import { sampleFinding, sampleInput } from '../sample-input.ts';

const entry = (type: LedgerEntryType, payload: Record<string, unknown>): LedgerEntry => ({
  v: 1,
  seq: 1,
  id: 'E',
  type,
  tenant: null,
  subject: null,
  actor: 'rita',
  wall_time: '2026-11-20T08:00:00.000Z',
  offset_ms: 0,
  mono: 0,
  hlc: '',
  payload,
  prev: '',
});

type Day = { date: string; zone?: string; events?: number; findings?: number; source?: string };
const review = ({ date, zone = 'UTC', events = 0, findings = 0, source = 'db' }: Day): LedgerEntry =>
  entry('daily-review', {
    date,
    zone,
    sources: [{ source, reviewedThrough: null, events, findings, openFindings: 0, gaps: [] }],
    statement: 'Looked at.',
    byName: 'Rita Reviewer',
  });

const period = { from: '2026-11-10T05:00:00.000Z', to: '2026-11-16T23:00:00.000Z' };
const predicate = { period, zone: 'UTC', asOf: null, generatedAt: '2026-11-20T10:00:00.000Z' };
const { ipe } = sampleInput();

function judged(entries: readonly LedgerEntry[], changes: Partial<typeof predicate> | { asOf: string } = {}) {
  const collector = collectDaily();
  for (const one of entries) collector.addEntry(one);
  collector.addFinding({ ...sampleFinding, start: '2026-11-12T10:00:00.000Z', disposition: 'acknowledged' });
  collector.addFinding({
    ...sampleFinding,
    start: '2026-11-13T10:00:00.000Z',
    disposition: null,
    suppressedBy: null,
  });
  const days = [{ day: '2026-11-11', mirrored: 5, server: 5 }];
  const found = daysOf(collector.rows()!, { predicate: { ...predicate, ...changes }, ipe: { ...ipe, days } });
  return {
    missing: found.missing?.map(({ from, to, days: number }) => `${from} ${to} ${number}`),
    standings: found.rows.map(({ day, standing }) => `${day.date} ${standing}`),
    replaced: found.replaced,
  };
}

test('days that nobody put on record are told in stretches, up to the last that had ended', () => {
  const some = ['2026-11-10', '2026-11-12', '2026-11-15'].map((date) => review({ date }));
  expect(judged(some).missing).toEqual([
    '2026-11-11 2026-11-11 1',
    '2026-11-13 2026-11-14 2',
    '2026-11-16 2026-11-16 1',
  ]);
  expect(judged(some, { generatedAt: '2026-11-16T12:00:00.000Z' }).missing).toHaveLength(2);
});

test('a day of another zone covers two days of the workspace in part, and neither as a whole', () => {
  expect(judged([review({ date: '2026-11-13', zone: 'Asia/Tokyo' })]).missing).toEqual([
    '2026-11-10 2026-11-12 3',
    '2026-11-13 2026-11-16 4',
  ]);
});

describe('a day', () => {
  test.each<[string, Day]>([
    ['holds', { date: '2026-11-11', events: 5 }],
    ['changed', { date: '2026-11-11', events: 4 }],
    ['changed', { date: '2026-11-12', findings: 0 }],
    ['holds', { date: '2026-11-12', findings: 1 }],
    ['changed', { date: '2026-11-13', findings: 1 }],
    // The events of a day of another zone are not in a pack; its findings are.
    ['holds', { date: '2026-11-11', zone: 'Asia/Tokyo', events: 3 }],
    ['unknown', { date: '2026-11-11', zone: 'Moon/Crater', events: 5 }],
  ])('%s: %j', (standing, day) =>
    expect(judged([review(day)]).standings).toEqual([`${day.date} ${standing}`]),
  );

  test('is told by its newest entry', () => {
    const found = judged([
      review({ date: '2026-11-11', events: 4 }),
      review({ date: '2026-11-11', events: 5 }),
    ]);
    expect(found).toMatchObject({ standings: ['2026-11-11 holds'], replaced: 1 });
  });

  test('is unknown where the pack looks back to a moment before its end, or the connection was changed since', () => {
    const day = review({ date: '2026-11-11', events: 5 });
    expect(judged([day], { asOf: '2026-11-11T12:00:00.000Z' }).standings).toEqual(['2026-11-11 unknown']);
    expect(judged([day, entry('connection-changed', {})]).standings).toEqual(['2026-11-11 unknown']);
    expect(judged([entry('connection-changed', {}), day]).standings).toEqual(['2026-11-11 holds']);
  });

  test('outside of the period is left out', () => {
    expect(judged([review({ date: '2026-10-01' })]).standings).toEqual([]);
  });
});

test('nothing is said where no day was ever put on record, nor of days in a zone nobody knows', () => {
  expect(collectDaily().rows()).toBeNull();
  expect(judged([review({ date: '2026-11-11' })], { zone: 'Moon/Crater' }).missing).toBeUndefined();
});
