import { describe, expect, test } from 'vitest';
import { gapsOf, obstaclesOf, type DayFacts } from '../../../../src-main/review/campaigns/daily-review.ts';
import { spanOfDay, watermarkOf } from '../../../../src-main/review/campaigns/daily-watermark.ts';
import { daysStanding } from '../../../../src-main/review/campaigns/days-standing.ts';
import { dayReviewOf, daysOnRecord, recordDay } from '../../../../src-main/review/campaigns/sign-day.ts';
import { disposeFinding } from '../../../../src-main/review/dispose-finding.ts';
import { recordCheckpoint } from '../../../../src-main/review/checkpoints.ts';
import { rebuildLedger } from '../../../../src-main/review/rebuild.ts';
import { insertRun } from '../../../../src-main/store/cache/runs.ts';
import { settleDay } from '../../../../src-main/store/cache/pending.ts';
import { mirroredHistory } from '../../../../src-main/store/cache/resident.ts';
import type { DatabaseHandle } from '../../../../src-main/store/database.ts';
import { ledgerWithReviewer, makeEvent, mirror, openCache } from '../../../support/workspace.ts';
import { insertFinding } from '../insert-finding.ts';

const us = (iso: string): number => Date.parse(iso) * 1000;
const monday = { date: '2026-11-02', zone: 'UTC' };

/** A refresh that ended: everything up to then was read and judged, and the counts of each day are these. */
function refreshed(cache: DatabaseHandle, asOf: string, server?: number): void {
  const days = new Map(
    mirroredHistory(cache).activity.map(({ day, counts }) => [
      day,
      counts.reduce((sum, count) => sum + count, 0),
    ]),
  );
  for (const day of mirroredHistory(cache).activity) settleDay(cache, day, us(asOf) / 3_600_000_000);
  const countsByDay = [...days].map(([day, mirrored]) => ({
    day: new Date(day * 86_400_000).toISOString().slice(0, 10),
    mirrored,
    server: server ?? mirrored,
  }));
  const nothing = {
    pulled: 0,
    duplicates: 0,
    events: 0,
    unattributed: 0,
    findings: 0,
    newFindings: 0,
    changedFindings: 0,
    reviews: 0,
    evaluated: 0,
    learning: 0,
    vanished: 0,
    ms: 1,
  };
  const provenance = {
    query: '',
    parameters: [],
    server: '18',
    database: 'audit',
    role: 'reader',
    serverTime: asOf,
    snapshot: null,
    countsByDay,
    serverCount: 0,
    clockOffsetMs: 0,
    fullCount: { at: asOf, ms: 1, modifications: null, storage: null, added: 0 },
    readBy: 'copy' as const,
  };
  insertRun(
    cache,
    { finishedMicroseconds: us(asOf), replay: false, report: { ...nothing, asOf }, provenance },
    us(asOf),
  );
}

const event = (iso: string) => makeEvent({ createdAtMicroseconds: us(iso) });

function scene() {
  const cache = openCache();
  const ledger = ledgerWithReviewer();
  mirror(cache, [
    event('2026-11-01T12:00:00Z'),
    event('2026-11-02T09:00:00Z'),
    event('2026-11-02T23:30:00Z'),
    event('2026-11-03T00:10:00Z'),
  ]);
  return { cache, ledger };
}

describe('a day of the log', () => {
  test('is put on record with its numbers where nothing was found, once, and the ledger rebuilds to the same', async () => {
    const { cache, ledger } = scene();
    refreshed(cache, '2026-11-04T00:00:00.000Z');
    const day = await recordDay({ cache, ledger }, monday);
    expect(day).toMatchObject({ events: 2, findings: 0, openFindings: 0, gaps: [], obstacles: [] });
    expect(day.recorded).toMatchObject([
      {
        statement: 'No findings. 2 events were read and judged.',
        isSigned: null,
        stillHolds: true,
        by: 'rita',
      },
    ]);
    expect(day.watermark).toMatchObject({
      since: '2026-11-02T00:00:00.000Z',
      through: '2026-11-03T00:00:00.000Z',
      missing: [],
    });
    await expect(recordDay({ cache, ledger }, monday)).rejects.toThrow(/on record already/);
    recordCheckpoint(ledger, 'demand', null);
    expect(daysOnRecord(ledger.state(), '2026-11-02', '2026-11-02')).toMatchObject([{ isSigned: false }]);
    expect(rebuildLedger(ledger).difference).toBeNull();
  });

  test('is refused while it was not read or judged to its end', async () => {
    const { cache, ledger } = scene();
    await expect(recordDay({ cache, ledger }, monday)).rejects.toThrow(
      /cannot be put on record.*Nothing was read/,
    );
    refreshed(cache, '2026-11-02T23:40:00.000Z');
    const day = await dayReviewOf({ cache, ledger }, monday);
    expect(day.gaps).toEqual([
      {
        from: '2026-11-02T23:00:00.000Z',
        to: '2026-11-02T23:40:00.000Z',
        why: 'It was read, and no detector judged it yet.',
        blocks: true,
      },
      {
        from: '2026-11-02T23:40:00.000Z',
        to: '2026-11-03T00:00:00.000Z',
        why: 'Nothing was read of it from the database yet.',
        blocks: true,
      },
    ]);
    await expect(recordDay({ cache, ledger }, monday)).rejects.toThrow(/cannot be put on record/);
    expect(ledger.state().campaigns.dailyReviews).toEqual([]);
  });

  test('is refused where the database counts other events than are here, or late ones were not judged', async () => {
    const { cache, ledger } = scene();
    refreshed(cache, '2026-11-04T00:00:00.000Z', 3);
    await expect(recordDay({ cache, ledger }, monday)).rejects.toThrow(/counted 3 events on 2026-11-02/);
    refreshed(cache, '2026-11-04T00:00:00.000Z');
    mirror(cache, [event('2026-11-02T10:00:00Z')]);
    await expect(recordDay({ cache, ledger }, monday)).rejects.toThrow(
      /2026-11-02T10:00:00.000Z to 2026-11-02T11:00:00.000Z: Events arrived/,
    );
  });

  test('is refused while a finding of it is open, and told apart once more events arrived', async () => {
    const { cache, ledger } = scene();
    refreshed(cache, '2026-11-04T00:00:00.000Z');
    insertFinding(cache, 'f1', { startMicroseconds: us('2026-11-02T09:00:00Z'), actor: 'dana' });
    await expect(recordDay({ cache, ledger }, monday)).rejects.toThrow(/1 finding of this day wait/);
    disposeFinding(cache, ledger, { id: 'f1', disposition: 'acknowledged', note: 'Known work.' });
    const day = await recordDay({ cache, ledger }, monday);
    expect(day.recorded[0]?.statement).toBe('1 finding, none open. 2 events were read and judged.');
    mirror(cache, [event('2026-11-02T10:00:00Z')]);
    refreshed(cache, '2026-11-05T00:00:00.000Z');
    expect((await dayReviewOf({ cache, ledger }, monday)).recorded).toMatchObject([{ stillHolds: false }]);
    expect((await recordDay({ cache, ledger }, monday)).recorded).toMatchObject([
      { stillHolds: false },
      { stillHolds: true },
    ]);
  });

  test('before the first event of the source nothing is known', async () => {
    const { cache, ledger } = scene();
    refreshed(cache, '2026-11-04T00:00:00.000Z');
    await expect(recordDay({ cache, ledger }, { date: '2026-10-31', zone: 'UTC' })).rejects.toThrow(
      /before the first event/,
    );
    const first = await recordDay({ cache, ledger }, { date: '2026-11-01', zone: 'UTC' });
    expect(first.gaps).toMatchObject([{ to: '2026-11-01T12:00:00.000Z', blocks: false }]);
    await expect(dayReviewOf({ cache, ledger }, { date: '2026-02-30', zone: 'UTC' })).rejects.toThrow(
      /not a day/,
    );
    await expect(dayReviewOf({ cache, ledger }, { date: '2026-11-01', zone: 'Mars/Base' })).rejects.toThrow(
      /time zone/,
    );
  });
});

test('a calendar tells of every day where it stands, and the hours of a day come to its events', async () => {
  const { cache, ledger } = scene();
  const nowMs = Date.parse('2026-11-06T08:00:00Z');
  const standing = async () => {
    const asked = { from: '2026-10-31', to: '2026-11-07', zone: 'UTC' };
    const { days, today, watermark } = await daysStanding({ cache, ledger }, asked, nowMs);
    expect(today).toBe('2026-11-06');
    return { days: days.map((day) => day.standing), events: days.map(({ events }) => events), watermark };
  };
  expect((await standing()).days).toEqual([...Array(6).fill('not-covered'), 'to-come', 'to-come']);
  refreshed(cache, '2026-11-04T12:00:00.000Z');
  insertFinding(cache, 'f1', { startMicroseconds: us('2026-11-03T00:00:00Z'), actor: 'dana' });
  await recordDay({ cache, ledger }, monday);
  const seen = await standing();
  expect(seen.days).toEqual([
    'before',
    'covered',
    'on-record',
    'findings-open',
    'not-covered',
    'not-covered',
    'to-come',
    'to-come',
  ]);
  expect(seen.events).toEqual([0, 1, 2, 1, 0, 0, 0, 0]);
  expect(seen.watermark?.through).toBe('2026-11-03T00:00:00.000Z');
  const { hours } = await dayReviewOf({ cache, ledger }, monday);
  expect(hours).toHaveLength(24);
  expect(hours.flatMap(({ events }, hour) => (events > 0 ? [[hour, events]] : []))).toEqual([
    [9, 1],
    [23, 1],
  ]);
  mirror(cache, [event('2026-11-02T10:00:00Z')]);
  expect((await standing()).days[2]).toBe('changed');
  // The night in which the clocks went back.
  const long = await dayReviewOf({ cache, ledger }, { date: '2026-10-25', zone: 'Europe/Berlin' });
  expect(long.hours).toHaveLength(25);
  const asked = { from: '2026-01-01', to: '2026-03-31', zone: 'UTC' };
  await expect(daysStanding({ cache, ledger }, asked, nowMs)).rejects.toThrow(/at once/);
});

test('silence of the source is named; one from an earlier day blocks until somebody said what it is', () => {
  const day = spanOfDay('2026-11-02', 'UTC');
  const facts: DayFacts = {
    day,
    readUpTo: day.to,
    judgedUpTo: day.to,
    unjudged: [],
    firstEvent: 0,
    countsByDay: [],
    silences: [
      { from: day.from - 5, to: day.from + 3_600_000_000, isOpen: false },
      { from: day.to, to: day.to + 1, isOpen: true },
    ],
    events: 0,
    findings: 0,
    openFindings: 0,
  };
  const gaps = gapsOf(facts);
  expect(gaps).toMatchObject([
    { from: '2026-11-02T00:00:00.000Z', to: '2026-11-02T01:00:00.000Z', blocks: false },
  ]);
  expect(obstaclesOf(facts, gaps)).toEqual([]);
  const begun = { from: day.from, to: day.to, isOpen: true };
  expect(gapsOf({ ...facts, silences: [begun] })).toMatchObject([{ blocks: false }]);
  // Several findings about one stretch: it is said once.
  expect(gapsOf({ ...facts, silences: [begun, begun] })).toHaveLength(1);
  const since = { ...facts, silences: [{ from: us('2026-10-30T12:00:00Z'), to: day.to, isOpen: true }] };
  expect(obstaclesOf(since, gapsOf(since))).toEqual([
    expect.stringMatching(/the finding about it, from 2026-10-30T12:00:00.000Z on, waits for a disposition/),
  ]);
});

test('a day within a silence cannot be put on record before the finding about the silence has a disposition', async () => {
  const { cache, ledger } = scene();
  mirror(cache, [event('2026-11-07T00:00:00Z')]);
  refreshed(cache, '2026-11-08T00:00:00.000Z');
  insertFinding(cache, 'gap-1', {
    detector: 'gap',
    startMicroseconds: us('2026-11-03T01:00:00Z'),
    endMicroseconds: us('2026-11-06T00:00:00Z'),
  });
  const wednesday = { date: '2026-11-04', zone: 'UTC' };
  await expect(recordDay({ cache, ledger }, wednesday)).rejects.toThrow(/from 2026-11-03T01:00/);
  disposeFinding(cache, ledger, { id: 'gap-1', disposition: 'acknowledged', note: 'Planned.' });
  expect(await recordDay({ cache, ledger }, wednesday)).toMatchObject({
    findings: 0,
    gaps: [{ from: '2026-11-04T00:00:00.000Z', to: '2026-11-05T00:00:00.000Z', blocks: false }],
  });
});

describe('reviewed through', () => {
  const sources = [{ source: 'audit' }];
  const on = (...dates: string[]) => dates.map((date) => ({ date, zone: 'Europe/Berlin', sources }));

  test('reaches to the first day that is missing, whatever order they were put on record in', () => {
    expect(watermarkOf([], 'audit')).toBeNull();
    expect(watermarkOf(on('2026-11-02'), 'other')).toBeNull();
    expect(watermarkOf(on('2026-11-05', '2026-11-02', '2026-11-03'), 'audit')).toEqual({
      source: 'audit',
      since: '2026-11-01T23:00:00.000Z',
      through: '2026-11-03T23:00:00.000Z',
      missing: [{ from: '2026-11-03T23:00:00.000Z', to: '2026-11-04T23:00:00.000Z' }],
    });
    expect(watermarkOf(on('2026-11-05', '2026-11-02', '2026-11-03', '2026-11-04'), 'audit')?.missing).toEqual(
      [],
    );
  });

  test('loses no hour where clocks change, nor where days of two zones meet', () => {
    const clocks = watermarkOf(on('2026-10-24', '2026-10-25', '2026-10-26'), 'audit');
    expect([clocks?.through, clocks?.missing]).toEqual(['2026-10-26T23:00:00.000Z', []]);
    expect(spanOfDay('2026-03-29', 'Europe/Berlin')).toEqual({
      from: us('2026-03-28T23:00:00Z'),
      to: us('2026-03-29T22:00:00Z'),
    });
    const zones = [...on('2026-11-02'), { date: '2026-11-03', zone: 'UTC', sources }];
    expect(watermarkOf(zones, 'audit')?.missing).toEqual([
      { from: '2026-11-02T23:00:00.000Z', to: '2026-11-03T00:00:00.000Z' },
    ]);
  });
});
