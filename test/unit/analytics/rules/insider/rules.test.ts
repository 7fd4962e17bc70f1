import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import { usualHours } from '../../../../../src-main/analytics/rules/insider/habits.ts';
import { insiderScore } from '../../../../../src-main/analytics/rules/insider/rules.ts';
import {
  dayUs,
  event,
  hitsOf,
  hourUs,
  minuteUs,
  monday,
  mondayUs,
  plain,
  repeat,
  scopeOf,
} from '../rule-history.ts';

/** The published scenario on one day, its last events at the given hour. */
function scenario(hour: number): HistoryEvent[] {
  const start = mondayUs + hour * hourUs;
  const success = { outcome: 'success', bytes: null, ip: null };
  return [
    ...repeat(5, start - 40 * minuteUs, minuteUs, (at) => ({
      action: 'file.download',
      fields: { ...success, bytes: '20000000', resourceId: `file-${at}` },
    })),
    ...repeat(50, start - 30 * minuteUs, 10_000_000, (at) => ({
      fields: { ...success, bytes: '100000', resourceId: `doc-${at}` },
    })),
    ...repeat(5, start - 15 * minuteUs, minuteUs, (at) => ({
      action: 'api.call',
      fields: { ...success, resourceId: `api-${at}` },
    })),
    ...repeat(8, start, minuteUs, (at) => ({
      action: 'api.call',
      fields: { outcome: 'failure', bytes: null, ip: `198.51.100.${at + 1}`, resourceId: null },
    })),
  ];
}

const partsOf = (hit: { evidence: Readonly<Record<string, unknown>> }) =>
  hit.evidence['contributions'] as {
    ruleId: string;
    points: number;
    currentValue: number;
    baselineValue: number | null;
  }[];

describe('the insider score', () => {
  test('the published scenario earns 73 within usual hours, and is medium', () => {
    const [hit, ...others] = hitsOf('insider.score', scenario(14));
    expect(others).toEqual([]);
    expect(hit).toMatchObject({ score: 73, threshold: 60, severity: 'medium', actor: 'dana' });
    expect(partsOf(hit!).map(({ ruleId, points }) => [ruleId, points])).toEqual([
      ['insider.new_ip', 15],
      ['insider.volume_spike', 25],
      ['insider.scope_expansion', 20],
      ['insider.failure_burst', 13],
    ]);
    expect(partsOf(hit!)[1]).toMatchObject({ currentValue: 105_000_000, baselineValue: 10_000_000 });
    expect(partsOf(hit!)[2]).toMatchObject({ currentValue: 60, baselineValue: 10 });
    expect(hit!.evidence).toMatchObject({ areDefaultsUsed: true, baselineEvents: 0 });
  });

  test('outside usual hours it earns 88 and is high', () => {
    const [hit] = hitsOf('insider.score', scenario(21));
    expect(hit).toMatchObject({ score: 88, severity: 'high' });
    expect(partsOf(hit!)[0]).toMatchObject({ ruleId: 'insider.off_hours', points: 15 });
  });

  test('usual hours are those of the workspace zone', () => {
    // 14:00 UTC is 23:00 in Tokyo.
    const [hit] = hitsOf('insider.score', scenario(14), scopeOf([monday], { zone: 'Asia/Tokyo' }));
    expect(hit!.score).toBe(88);
    expect(hit!.explanation.what).toContain('Asia/Tokyo');
  });

  test('nothing is found in nothing, nor of nobody', () => {
    expect(
      hitsOf('insider.score', [event(mondayUs, { fields: { ip: null, bytes: null, resourceId: null } })]),
    ).toEqual([]);
    const unattributed = scenario(14).map((one) => ({ ...one, actor: '' }));
    expect(hitsOf('insider.score', unattributed)).toEqual([]);
  });

  test('contributions sum to the score', () => {
    const [hit] = hitsOf('insider.score', scenario(21));
    expect(partsOf(hit!).reduce((sum, { points }) => sum + points, 0)).toBe(hit!.score);
  });

  test('the score does not depend on the order of events', () => {
    const events = scenario(14);
    const forwards = hitsOf('insider.score', events).map((hit) => plain(hit));
    expect(hitsOf('insider.score', events.toReversed()).map((hit) => plain(hit))).toEqual(forwards);
  });

  test('a later event changes nothing that was found', () => {
    const before = hitsOf('insider.score', scenario(14)).map((hit) => plain(hit));
    const later = [...scenario(14), event(mondayUs + 20 * hourUs, { fields: { ip: '203.0.113.9' } })];
    const after = hitsOf('insider.score', later);
    expect(
      after.slice(0, before.length).map(({ startMicroseconds, score }) => [startMicroseconds, score]),
    ).toEqual(
      hitsOf('insider.score', scenario(14)).map(({ startMicroseconds, score }) => [startMicroseconds, score]),
    );
  });

  test('nothing at or after the as-of is looked at', () => {
    const untilMicroseconds = mondayUs + 14 * hourUs + 3 * minuteUs;
    const hits = hitsOf('insider.score', scenario(14), scopeOf([monday], { untilMicroseconds }));
    // Three failures from three addresses: 15 + 25 + 20 and no burst yet.
    expect(hits.map(({ score }) => score)).toEqual([60]);
  });

  test('it keeps alerting in one finding, until it has been quiet for the cooldown', () => {
    const twice = [...scenario(11), ...scenario(14)];
    expect(hitsOf('insider.score', twice)).toHaveLength(2);
    const longer = { values: { 'insider.score': { cooldownMinutes: 24 * 60 } } };
    const [hit, ...others] = hitsOf('insider.score', twice, scopeOf([monday]), longer);
    expect(others).toEqual([]);
    expect(hit!.endMicroseconds).toBe(mondayUs + 14 * hourUs + 7 * minuteUs + 1);
  });

  test('what happens at one instant is judged once, and of equal scores the earliest is explained', () => {
    const events = scenario(14).map((one) =>
      one.fields?.outcome === 'failure' ? { ...one, createdAtMicroseconds: mondayUs + 14 * hourUs } : one,
    );
    const failures = events.filter((one) => one.fields?.outcome === 'failure').map(({ id }) => id);
    const later = event(mondayUs + 14 * hourUs + minuteUs, { fields: { outcome: 'success' } });
    const [hit] = hitsOf('insider.score', [...events, later]);
    expect(hit).toMatchObject({ score: 73, evidence: { momentsAtOrAboveThreshold: 2 } });
    const cited = hit!.events.map(({ segment, index }) => segment.idAt(index));
    expect(cited).toEqual(expect.arrayContaining(failures));
    expect(cited).not.toContain(later.id);
  });

  test('it alerts from the threshold on, and the threshold can be changed', () => {
    const at = (alertAt: number) =>
      hitsOf('insider.score', scenario(14), scopeOf([monday]), { values: { 'insider.score': { alertAt } } })
        .length;
    expect([73, 74].map(at)).toEqual([1, 0]);
  });

  test('a rule without weight is left out, with what only it needs', () => {
    const settings = { values: { 'insider.volume_spike': { weight: 0 } } };
    expect(insiderScore.detector({}).needs).toEqual(['ip', 'bytes', 'resourceId']);
    expect(insiderScore.detector(settings).needs).toEqual(['ip', 'resourceId']);
    const lower = { values: { ...settings.values, 'insider.score': { alertAt: 40 } } };
    const [hit] = hitsOf('insider.score', scenario(14), scopeOf([monday]), lower);
    expect(hit!.score).toBe(48);
    expect(hit!.explanation.method).not.toContain('bytes');
  });

  test('every rule listens to its weight, threshold and window', () => {
    const scoreWith = (rule: string, change: Record<string, number>) =>
      hitsOf('insider.score', scenario(21), scopeOf([monday]), {
        values: { [rule]: change, 'insider.score': { alertAt: 1 } },
      }).reduce((highest, { score }) => Math.max(highest, score), 0);
    expect(scoreWith('insider.off_hours', { weight: 5 })).toBe(78);
    expect(scoreWith('insider.off_hours', { threshold: 1000 })).toBe(73);
    expect(scoreWith('insider.new_ip', { threshold: 9 })).toBe(73);
    expect(scoreWith('insider.new_ip', { windowMinutes: 1 })).toBe(83);
    expect(scoreWith('insider.volume_spike', { threshold: 10.6 })).toBe(63);
    expect(scoreWith('insider.scope_expansion', { weight: 0 })).toBe(68);
    expect(scoreWith('insider.failure_burst', { windowMinutes: 3 })).toBe(75);
  });
});

/** One event an hour from 9 to 16 on each of the days before the judged Monday, ending so many days before it. */
function habits(days: number, endDaysBefore: number, bytes = 1_000_000): HistoryEvent[] {
  return Array.from({ length: days }, (_, at) => mondayUs - (at + endDaysBefore) * dayUs).flatMap((start) =>
    repeat(8, start + 9 * hourUs, hourUs, (hour) => ({
      fields: { ip: '192.0.2.1', bytes: String(bytes / 8), resourceId: `own-${hour}`, outcome: 'success' },
    })),
  );
}

describe('what is usual', () => {
  const download = (bytes: number) =>
    event(mondayUs + 12 * hourUs, { fields: { ip: '192.0.2.1', bytes: String(bytes), resourceId: 'own-0' } });
  const volumeOf = (events: HistoryEvent[]) => hitsOf('insider.volume_spike', events)[0];

  test('a mean of the days since the first event, days without events included', () => {
    // 14 days are looked at, the last two days before Monday are the gap and a day of rest.
    const [hit] = [volumeOf([...habits(4, 2), download(3_000_000)])];
    expect(hit!.evidence).toMatchObject({ observedDays: 4, usualBytesPerDay: 1_000_000 });
    const rested = volumeOf([...habits(4, 4), download(3_000_000)]);
    expect(rested!.evidence).toMatchObject({ observedDays: 6, usualBytesPerDay: (4 / 6) * 1_000_000 });
  });

  test('what is judged is not part of it: neither the day nor the day before', () => {
    const known = [...habits(10, 2)];
    const fresh = (at: number) =>
      event(at, { fields: { ip: '203.0.113.7', bytes: '0', resourceId: 'own-0' } });
    const yesterday = mondayUs - dayUs + 12 * hourUs;
    const atNoon = hitsOf('insider.new_ip', [...known, fresh(yesterday), fresh(mondayUs + 12 * hourUs)]);
    expect(atNoon).toHaveLength(1);
    const longAgo = hitsOf('insider.new_ip', [
      ...known,
      fresh(yesterday - dayUs),
      fresh(mondayUs + 12 * hourUs),
    ]);
    expect(longAgo).toEqual([]);
  });

  test('too few events are no habit: the published defaults stand in, and the finding says so', () => {
    const few = repeat(4, mondayUs - 5 * dayUs, hourUs, () => ({ fields: { bytes: '1', ip: '192.0.2.1' } }));
    const hit = volumeOf([...few, download(30_000_000)]);
    expect(hit!.evidence).toMatchObject({
      areDefaultsUsed: true,
      usualBytesPerDay: 10_000_000,
      baselineEvents: 4,
    });
    expect(hit!.explanation.expected).toContain('defaults stand in');
  });

  test('somebody who works around the clock is not off hours all day', () => {
    const everyHour = Array.from({ length: 10 }, (_, at) => at + 2).flatMap((back) =>
      repeat(24, mondayUs - back * dayUs, hourUs, () => ({})),
    );
    const night = repeat(6, mondayUs + 3 * hourUs, minuteUs);
    expect(hitsOf('insider.off_hours', [...everyHour, ...night])).toEqual([]);
    const office = habits(10, 2);
    expect(hitsOf('insider.off_hours', [...office, ...night])).toHaveLength(1);
  });

  test('usual hours hold nine tenths of the events, equally busy ones together', () => {
    const limits = {
      baselineDays: 14,
      minimumEvents: 5,
      usualHourPercent: 10,
      usualHoursTogetherPercent: 90,
    };
    const hours = (counts: Record<number, number>) => {
      const row = Array.from({ length: 24 }, (_, hour) => counts[hour] ?? 0);
      const isUsual = usualHours(
        row,
        row.reduce((sum, count) => sum + count, 0),
        limits,
      );
      return [...isUsual.keys()].filter((hour) => isUsual[hour] === 1);
    };
    expect(hours({ 9: 40, 10: 40, 11: 15, 3: 5 })).toEqual([9, 10, 11]);
    expect(hours({ 9: 60, 10: 20, 3: 10, 4: 10 })).toEqual([3, 4, 9, 10]);
    expect(hours(Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [hour, 7])))).toHaveLength(24);
    expect(hours({})).toEqual([]);
  });
});
