import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { gap, gapDetector, gapParameters } from '../../../../src-main/analytics/detectors/gap.ts';
import { expectLaws, expectNumbersInEvidence, run } from './cube/laws.ts';
import { eventAt, firstDay, inHour, officeEvents, range, scopeOf } from './cube/office.ts';

const hourUs = 3_600_000_000;
const start = (day: number, hour: number) => ((firstDay + day) * 24 + hour) * hourUs;
/** About 40 events in a working hour, 8 in any other: dense enough for an hour to speak. */
const office = officeEvents({ seed: 21, days: 42, people: 8, services: 2, perHour: 4 });
const without = (events: readonly HistoryEvent[], from: number, to: number, keep = 0) =>
  events.filter(
    (event, at) =>
      event.createdAtMicroseconds < from ||
      event.createdAtMicroseconds >= to ||
      (keep > 0 && at % keep === 0),
  );

describe('too few events', () => {
  test('chance alone is quiet', () => {
    expect(run(gapDetector, office, scopeOf(range(0, 42)))).toEqual([]);
  });

  test('four hours without any are one hit of the account', () => {
    const [hit, ...others] = run(
      gapDetector,
      without(office, start(36, 9), start(36, 13)),
      scopeOf(range(0, 42)),
    );
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      detector: 'gap',
      sourceAccount: 'acme',
      actor: '',
      entity: { kind: 'account', value: 'acme' },
      startMicroseconds: start(36, 9),
      endMicroseconds: start(36, 13),
      count: 0,
      severity: 'high',
      events: [],
      evidence: { emptyHours: 4, lowHoursCount: 0, isOpen: false },
    });
    expect(hit!.evidence['expected']).toBeCloseTo(160, -1.5);
    expect(hit!.explanation.what).toBe(
      'No events of account acme on Tue 6 Oct 2026, 11:00–15:00 (Europe/Berlin; 09:00–13:00 UTC).',
    );
    expectNumbersInEvidence(hit!);
  });

  test('few are medium, and cited', () => {
    const [hit] = run(gapDetector, without(office, start(36, 9), start(36, 12), 16), scopeOf([36]));
    expect(hit).toMatchObject({
      severity: 'medium',
      startMicroseconds: start(36, 9),
      endMicroseconds: start(36, 12),
    });
    expect(hit!.count).toBeGreaterThan(0);
    expect(hit!.events).toHaveLength(hit!.count);
    expect(hit!.evidence['lowHoursCount']).toBe(3);
    expectNumbersInEvidence(hit!);
  });

  test('a quiet source shows after a day, by its empty hours together', () => {
    const sparse = officeEvents({ seed: 4, days: 42, people: 0, services: 1, perHour: 0.6 });
    expect(run(gapDetector, without(sparse, start(36, 6), start(36, 9)), scopeOf(range(0, 42)))).toEqual([]);
    const [hit, ...others] = run(
      gapDetector,
      without(sparse, start(36, 0), start(37, 12)),
      scopeOf(range(0, 42)),
    );
    expect(others).toEqual([]);
    expect(hit!.evidence['lowHoursCount']).toBe(0);
    expect(hit!.startMicroseconds).toBeLessThanOrEqual(start(36, 0));
    expect(hit!.endMicroseconds).toBeGreaterThanOrEqual(start(37, 12));
  });

  test('nobody’s events count as events', () => {
    const nobody = inHour(36, 9, 40, { actor: '' });
    const events = [...without(office, start(36, 9), start(36, 10)), ...nobody];
    expect(run(gapDetector, events, scopeOf([36]))).toEqual([]);
  });

  test('accounts are judged apart', () => {
    const other = office.map((event) => ({ ...event, id: `b-${event.id}`, sourceAccount: 'beta' }));
    const events = [...office, ...without(other, start(36, 9), start(36, 13))];
    expect(run(gapDetector, events, scopeOf([36])).map((hit) => hit.sourceAccount)).toEqual(['beta']);
  });

  test('a holiday is like a Sunday, if it is in the list', () => {
    const holiday = office.filter(
      ({ createdAtMicroseconds: at, actor }) =>
        at < start(36, 0) || at >= start(37, 0) || actor.startsWith('service'),
    );
    const hits = run(gapDetector, holiday, scopeOf([36]));
    expect(hits.length).toBeGreaterThan(0);
    expect(new Set(hits.map((hit) => hit.severity))).toEqual(new Set(['low']));
    expect(run(gapDetector, holiday, scopeOf([36], { holidays: new Set(['2026-10-06']) }))).toEqual([]);
  });

  test('before the first event nothing is missing, and with little history nothing is said', () => {
    expect(run(gapDetector, without(office, start(8, 9), start(8, 13)), scopeOf([8]))).toEqual([]);
  });
});

describe('stretches across days', () => {
  const events = without(office, start(35, 20), start(38, 11));
  const home = scopeOf([38], { untilMicroseconds: start(42, 0) });

  test('are one hit, keyed by where they began, listed when events come again', () => {
    const [hit, ...others] = run(gapDetector, events, home);
    expect(others).toEqual([]);
    expect(hit).toMatchObject({
      startMicroseconds: start(35, 20),
      endMicroseconds: start(38, 11),
      severity: 'high',
    });
    expect(run(gapDetector, events, { ...home, days: range(35, 37).map((day) => firstDay + day) })).toEqual(
      [],
    );
  });

  test('however long they lasted', () => {
    const long = [...office, ...range(100, 103).flatMap((day) => inHour(day, 9, 5))];
    const hits = run(gapDetector, long, scopeOf([100, 101, 102]));
    expect(hits[0]).toMatchObject({ startMicroseconds: start(42, 0) });
  });

  test('are listed by the newest day with events while none come', () => {
    const open = without(office, start(37, 9), start(42, 0));
    const scope = scopeOf([37], { untilMicroseconds: start(37, 14) });
    const stretch = run(gapDetector, open, scope).find((hit) => hit.evidence['kind'] === 'too few');
    expect(stretch).toMatchObject({
      startMicroseconds: start(37, 9),
      endMicroseconds: start(37, 14),
      evidence: { isOpen: true },
    });
    expect(run(gapDetector, open, { ...scope, days: [] })).toEqual(run(gapDetector, open, scope));
  });
});

describe('silent sources', () => {
  const last = start(37, 9) + 240_000_000;
  const events = [
    ...without(office, start(37, 9), start(42, 0)),
    eventAt(last, { actor: 'service-0' }, 'last'),
  ];
  const silentAt = (minutes: number) =>
    run(gapDetector, events, scopeOf([37], { untilMicroseconds: last + minutes * 60_000_000 })).filter(
      (hit) => hit.evidence['kind'] === 'silent',
    );

  test('are listed when so many usual spacings have passed', () => {
    // About 40 events an hour: 20 spacings are 30 minutes.
    expect(silentAt(20)).toEqual([]);
    const [hit] = silentAt(45);
    expect(hit).toMatchObject({
      entity: { kind: 'account', value: 'acme' },
      startMicroseconds: last + 1,
      endMicroseconds: last + 45 * 60_000_000,
      count: 0,
      severity: 'medium',
      evidence: { silentMinutes: 45 },
    });
    expect(hit!.evidence['expected']).toBeCloseTo(30, -1);
    expectNumbersInEvidence(hit!);
    expect(silentAt(240)).toMatchObject([{ severity: 'high', startMicroseconds: last + 1 }]);
  });

  test('not within a quarter of an hour, however busy they are', () => {
    const busy = range(0, 25).flatMap((day) => range(0, 24).flatMap((hour) => inHour(day, hour, 200)));
    const silent = (minutes: number) =>
      run(gapDetector, busy, scopeOf([24], { untilMicroseconds: start(25, 0) + minutes * 60_000_000 }))
        .length;
    expect(silent(14)).toBe(0);
    expect(silent(16)).toBe(1);
  });

  test('not when an event came in the hour that has not ended', () => {
    const alive = eventAt(last + 40 * 60_000_000, { actor: '' }, 'alive');
    const scope = scopeOf([37], { untilMicroseconds: last + 45 * 60_000_000 });
    expect(run(gapDetector, [...events, alive], scope)).toEqual([]);
  });
});

/** Empty hours and what was usual in them, over totals by hour alone; a stretch is where the empty hours reach 10⁻⁴ together. */
function emptyStretchesNaively(events: readonly HistoryEvent[], days: readonly number[]) {
  const totals = new Map<number, number>();
  for (const { createdAtMicroseconds } of events) {
    const hour = Math.floor(createdAtMicroseconds / hourUs);
    totals.set(hour, (totals.get(hour) ?? 0) + 1);
  }
  const first = Math.min(...totals.keys());
  const names = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Berlin',
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const name = (hour: number) => names.format(hour * 3_600_000);
  const usualAt = (hour: number) => {
    const day = Math.floor(hour / 24);
    const window = range(Math.max(first, (day - 28) * 24), day * 24).map((at) => ({
      name: name(at),
      y: totals.get(at) ?? 0,
    }));
    const cells = [...Map.groupBy(window, (one) => one.name).values()].map((cell) => cell.map(({ y }) => y));
    const own = window.filter((one) => one.name === name(hour)).map(({ y }) => y);
    const total = window.reduce((sum, { y }) => sum + y, 0);
    if (total < 100 || own.length < 2) return null;
    const mean = (values: readonly number[]) => values.reduce((sum, y) => sum + y, 0) / values.length;
    let excess = 0;
    let scale = 0;
    for (const cell of cells.filter((one) => one.length > 1)) {
      const variance = cell.reduce((sum, y) => sum + (y - mean(cell)) ** 2, 0) / (cell.length - 1);
      excess += cell.length * (variance - mean(cell));
      scale += cell.length * mean(cell) ** 2;
    }
    const alpha = mean(own) * own.length + 0.5;
    const usual = alpha / own.length;
    return {
      alpha,
      usual,
      phi: Math.min(2, Math.max(0.02, excess / scale)),
      isExpected: usual >= 0.1 * (total / window.length),
    };
  };
  const active = [...totals.keys()].toSorted((a, b) => a - b);
  return active.flatMap((hour, at) => {
    const before = active[at - 1];
    if (before === undefined || !days.includes(Math.floor(hour / 24)) || hour - before < 2) return [];
    const empty = range(before + 1, hour).map((one) => ({ hour: one, usual: usualAt(one) }));
    const known = empty.filter(({ usual }) => usual !== null);
    const from = known.find(({ usual }) => usual!.isExpected)?.hour;
    const to = known.findLast(({ usual }) => usual!.isExpected)?.hour;
    if (from === undefined || to === undefined) return [];
    const counted = known.filter((one) => one.hour >= from && one.hour <= to);
    const mean = counted.reduce((sum, { usual }) => sum + usual!.usual, 0);
    const alpha = counted.reduce((sum, { usual }) => sum + usual!.alpha, 0);
    const size = 1 / (counted[0]!.usual!.phi + 1 / alpha);
    const surprise = size * Math.log10(1 + mean / size);
    return surprise >= 4 ? [{ from, to: to + 1, surprise }] : [];
  });
}

test('agrees with adding up empty hours', () => {
  const outages = fc.array(
    fc.tuple(
      fc.integer({ min: 22, max: 33 }),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 1, max: 60 }),
    ),
    { minLength: 1, maxLength: 3 },
  );
  let compared = 0;
  fc.assert(
    fc.property(fc.integer(), outages, (seed, cases) => {
      let events = officeEvents({ seed, days: 35, people: 2, services: 1, perHour: 1.5 });
      for (const [day, hour, hours] of cases)
        events = without(events, start(day, hour), start(day, hour) + hours * hourUs);
      const days = [
        ...new Set(events.map((event) => Math.floor(event.createdAtMicroseconds / hourUs / 24))),
      ].filter((day) => day >= firstDay + 20);
      const scope = scopeOf([34], { days });
      const closed = run(gapDetector, events, scope).filter(
        (hit) => hit.evidence['isOpen'] === false && hit.evidence['lowHoursCount'] === 0,
      );
      const naive = emptyStretchesNaively(events, days);
      compared += naive.length;
      expect(closed.map((hit) => [hit.startMicroseconds / hourUs, hit.endMicroseconds / hourUs])).toEqual(
        naive.map(({ from, to }) => [from, to]),
      );
      for (const [at, hit] of closed.entries()) expect(hit.score).toBeCloseTo(naive[at]!.surprise, 6);
    }),
    { numRuns: 15 },
  );
  expect(compared).toBeGreaterThan(2);
});

test('the laws of all detectors', () => {
  const busyOutages = without(without(office, start(30, 22), start(31, 7)), start(36, 9), start(36, 12), 12);
  const events = without(without(busyOutages, start(38, 0), start(39, 0)), start(41, 10), start(42, 0));
  const days = range(25, 42).filter((day) => day !== 38);
  const scope = scopeOf(days, { untilMicroseconds: start(41, 18) + 1_000_000 });
  const hits = run(gap({ ...gapParameters }), events, scope);
  const kinds = Map.groupBy(hits, (hit) => hit.evidence['kind']);
  expect([kinds.get('silent')?.length, kinds.get('too few')?.length]).toEqual([1, 4]);
  expectLaws(gapDetector, events, scope, 13);
});
