import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Hit, Scope } from '../../../../../src-main/analytics/detector.ts';
import { judgeAll, nb, nbDetector } from '../../../../../src-main/analytics/detectors/nb/nb-detector.ts';
import { surpriseAtLeast } from '../../../../../src-main/analytics/detectors/nb/negative-binomial.ts';
import { buildHistory, type HistoryEvent } from '../../../../../src-main/analytics/history/build-history.ts';
import type { History } from '../../../../../src-main/analytics/history/history.ts';
import { plain, recut, renumbered, scopeOf } from '../hours/told-otherwise.ts';
import { judgeNaively } from './naive.ts';
import { burst, event, firstHour, hourUs, staff, work } from './office.ts';

const dana = { actor: 'dana', actorType: 'user' };
/** Seven weeks of work; judged is Tuesday of the eighth. */
const ordinary = work(staff, 7);
const tuesday = 7 * 7 * 24 + 24;
const judgedDay = (firstHour + tuesday) / 24;
const at = (hourOfDay: number) => tuesday + hourOfDay;

const utc = (history: History, changes: Partial<Scope> = {}) =>
  scopeOf(history, { zone: 'UTC', days: [judgedDay], ...changes });

function find(events: readonly HistoryEvent[], changes: Partial<Scope> = {}): Hit[] {
  const history = buildHistory(events);
  return nbDetector.run(history, utc(history, changes));
}

const busyMorning = work(staff, 1, 9)
  .filter(({ createdAtMicroseconds }) => Math.floor(createdAtMicroseconds / hourUs / 24) === firstHour / 24)
  .map((one) => ({
    ...one,
    id: `m${one.id}`,
    createdAtMicroseconds: one.createdAtMicroseconds + tuesday * hourUs,
  }));
const atNight = burst(dana, 'document.read', at(3), 6);
const grants = burst({ actor: 'omar', actorType: 'user' }, 'role_grant', at(10), 6);
const flood = burst({ actor: 'sync', actorType: 'service' }, 'document.read', at(14), 90);
const scene = [...ordinary, ...busyMorning, ...atNight, ...grants, ...flood];

describe('nb', () => {
  let hits: Hit[] = [];
  beforeAll(() => {
    hits = find(scene);
  });

  test('finds work at night, a rare action among everyday ones, and a flood, and nothing else', () => {
    expect(hits.map(({ actor, action, count }) => ({ actor, action, count }))).toEqual([
      { actor: 'dana', action: '', count: 6 },
      { actor: 'omar', action: 'role_grant', count: 6 },
      { actor: 'sync', action: '', count: 90 + busy('sync', 14) },
    ]);
    expect(find([...ordinary, ...busyMorning])).toEqual([]);
  });

  test('cites the events of what it names', () => {
    const [night, rare] = plain(hits) as { events: string[] }[];
    expect(night!.events).toEqual(atNight.map(({ id }) => id));
    expect(rare!.events).toEqual(grants.map(({ id }) => id));
  });

  test.each([
    ['dana', null, 3],
    ['omar', 'role_grant', 10],
    ['sync', null, 14],
  ] as const)('computes for %s what the formulas say', (actor, action, hourOfDay) => {
    const users = ['dana', 'omar', 'lena', 'ravi', 'ines', 'tomo', 'nora'];
    // One service is no group: its peers are the whole account.
    const peersOf = (one: string) => (one === 'sync' ? [...users, 'sync'] : users);
    const hit = hits.find((one) => one.actor === actor)!;
    const expected = judgeNaively(scene, peersOf, actor, action, firstHour + at(hourOfDay));
    for (const [name, value] of Object.entries(expected))
      expect(hit.evidence[name], name).toBeCloseTo(value, name === 'surprise' ? 6 : 5);
    expect(hit.score).toBe(hit.evidence['surprise']);
    expect(hit.evidence['groupMembers']).toBe(peersOf(actor).length);
  });

  test('can be computed again from its evidence', () => {
    for (const { evidence } of hits) {
      const number = (name: string) => evidence[name] as number;
      const { kappa, priorFloor, peerShare } = evidence['parameters'] as Record<string, number>;
      expect(number('mu') * number('profile') + priorFloor!).toBeCloseTo(number('lambda0'), 12);
      expect(kappa! * number('lambda0') + number('weightedEvents')).toBeCloseTo(number('alpha'), 12);
      expect(kappa! + number('sumOfWeights')).toBeCloseTo(number('beta'), 12);
      expect(number('alpha') / number('beta')).toBeCloseTo(number('lambda'), 12);
      const peers = (evidence['peerDispersion'] as number | null) ?? number('ownDispersion');
      expect((1 - peerShare!) * number('ownDispersion') + peerShare! * peers).toBeCloseTo(
        number('dispersion'),
        12,
      );
      expect(1 / (number('dispersion') + 1 / number('alpha'))).toBeCloseTo(number('size'), 12);
      const raw = surpriseAtLeast(number('count'), number('lambda'), number('size'));
      expect(raw - Math.log10(number('looks'))).toBeCloseTo(number('surprise'), 10);
    }
  });

  test('explains itself in words', () => {
    const [night, rare] = hits;
    expect(night!.explanation.what).toBe(
      'document.read 6 times by dana, on Tue 25 Aug 2026, 03:00–04:00 UTC.',
    );
    expect(night!.explanation.expected).toMatch(
      /^Usually 0\.0\d+ in this hour of a weekday: 0 in 30 of 30 such hours, the highest 0\.$/,
    );
    expect(night!.explanation.unusual).toMatch(/once in [\d.]+ (thousand|million|billion) such hours/);
    expect(night!.explanation.comparedWith).toContain('7 actors of type “user”');
    expect(rare!.explanation.unusual).toContain('after allowing for 4 actions looked at');
    // The total is large enough to be judged, and nothing to tell about.
    expect(busy('omar', 10)).toBeGreaterThan(3);
    expect(rare!.explanation.alsoSeen).toBeNull();
    for (const hit of hits) expectNumbersFrom(hit);
  });

  test('lists from the count on that it says', () => {
    for (const [count, expected] of [
      [-1, 0],
      [0, 1],
    ] as const) {
      const smallest = hits[0]!.evidence['smallestListed'] as number;
      const some = atNight.slice(0, smallest + count);
      expect(find([...ordinary, ...some])).toHaveLength(expected);
    }
  });

  test('grades by surprise', () => {
    for (const { severity, score } of hits)
      expect(severity).toBe(score >= 10 ? 'critical' : score >= 6 ? 'high' : score >= 4 ? 'medium' : 'low');
  });

  test('says nothing about an actor in its cold start, and counts it', () => {
    const fresh = { actor: 'noor', actorType: 'user' };
    const days = (count: number) =>
      Array.from({ length: count }, (_, day) =>
        [8, 9, 10, 11].flatMap((hour) =>
          burst(fresh, 'document.read', tuesday - 24 - (day + 1) * 24 + hour, 2),
        ),
      ).flat();
    const night = burst(fresh, 'document.read', at(2), 9);
    const judge = (events: readonly HistoryEvent[]) => {
      const history = buildHistory([...ordinary, ...events, ...night]);
      return judgeAll(history, utc(history));
    };
    expect(judge(days(6))).toMatchObject({ hits: [], evaluated: 1, learning: 1 });
    // Four mornings are seen by then, but not seven days.
    const morning = burst(fresh, 'document.read', at(9), 90);
    expect(judge([...days(6), ...morning])).toMatchObject({ hits: [], evaluated: 2, learning: 2 });
    expect(judge([event(fresh, 'session.start', tuesday - 24 * 9, 0.5)])).toMatchObject({
      hits: [],
      learning: 1,
    });
    expect(judge([event(fresh, 'session.start', tuesday - 24 * 9, 0.5), ...days(6)])).toMatchObject({
      hits: [{ actor: 'noor', count: 9 }],
      evaluated: 1,
      learning: 0,
    });
  });

  test('says nothing about a kind of day it has seen too little of', () => {
    const sunday = burst(dana, 'document.read', tuesday - 2 * 24 + 14, 9);
    const day = judgedDay - 2;
    const since = (weeks: number) =>
      buildHistory([
        ...ordinary.filter(
          (one) =>
            one.actor !== 'dana' || one.createdAtMicroseconds >= (firstHour + tuesday - weeks * 168) * hourUs,
        ),
        ...sunday,
      ]);
    const judge = (weeks: number) => judgeAll(since(weeks), utc(since(weeks), { days: [day] }));
    expect(judge(7).hits.map(({ actor, count }) => ({ actor, count }))).toEqual([
      { actor: 'dana', count: 9 },
    ]);
    const short = judge(3);
    expect(short.hits.map(({ evidence }) => evidence['hoursInCell'])).toEqual([4]);
    expect(judge(2)).toMatchObject({ hits: [], learning: short.learning + 1 });
  });

  test('counts hours of the baseline from the first event on', () => {
    const since = (firstHour + tuesday - 21 * 24 + 12) * hourUs;
    const some = scene.filter((one) => one.actor !== 'dana' || one.createdAtMicroseconds >= since);
    const hit = find(some).find(({ actor }) => actor === 'dana')!;
    const users = ['dana', 'omar', 'lena', 'ravi', 'ines', 'tomo', 'nora'];
    const expected = judgeNaively(some, () => users, 'dana', null, firstHour + at(3));
    for (const [name, value] of Object.entries(expected))
      expect(hit.evidence[name], name).toBeCloseTo(value, 6);
    const first = Math.min(
      ...some.filter(({ actor }) => actor === 'dana').map((one) => one.createdAtMicroseconds),
    );
    expect(hit.evidence['baselineHours']).toBe(firstHour + tuesday - 24 - Math.floor(first / hourUs));
  });

  test('names the more surprising of two single actions, and of equal ones the first by name', () => {
    const omar = { actor: 'omar', actorType: 'user' };
    const more = [...grants, ...burst(omar, 'a.export', at(10), 5)];
    expect(find([...ordinary, ...busyMorning, ...more]).map(({ action }) => action)).toEqual(['role_grant']);
    const equal = [...grants, ...burst(omar, 'a.export', at(10), 6)];
    for (const told of [equal, equal.toReversed().map((one, index) => ({ ...one, id: `r${index}` }))])
      expect(find([...ordinary, ...busyMorning, ...told]).map(({ action }) => action)).toEqual(['a.export']);
    // Three known actions and one new one: another new one in the same hour is not counted for this.
    const [hit] = find([...ordinary, ...busyMorning, ...equal]);
    expect(hit!.evidence['looks']).toBe(4);
  });

  test('knows peers by the type that was named last within the baseline', () => {
    const typed = (type: string, when: (hour: number) => boolean) =>
      scene.map((one) =>
        one.actor === 'dana' && when(one.createdAtMicroseconds / hourUs - firstHour)
          ? { ...one, fields: { actorType: type } }
          : one,
      );
    const groupOf = (events: readonly HistoryEvent[]) => {
      // One segment, so that the end of the baseline lies within it.
      const history = recut(buildHistory(events), 1_000_000);
      const { evidence } = nbDetector.run(history, utc(history)).find(({ actor }) => actor === 'dana')!;
      return [evidence['group'], evidence['groupMembers']];
    };
    expect(groupOf(scene)).toEqual(['user', 7]);
    // Alone of its type: the whole account.
    expect(groupOf(typed('admin', (hour) => hour < tuesday - 24))).toEqual([null, 8]);
    expect(groupOf(typed('admin', (hour) => hour < 24))).toEqual(['user', 7]);
    expect(groupOf(typed('admin', (hour) => hour >= tuesday - 24))).toEqual(['user', 7]);
    expect(groupOf(scene.map((one) => ({ ...one, fields: {} })))).toEqual([null, 8]);
  });

  test('never judges what nobody is named for, and does not count it as a peer', () => {
    const nameless = scene.map((one) => (one.actor === 'dana' ? { ...one, actor: '' } : one));
    const found = find(nameless);
    expect(found.map(({ actor }) => actor)).toEqual(['omar', 'sync']);
    expect(found[0]!.evidence['groupMembers']).toBe(6);
  });

  test('names three actions of a busy hour and counts the rest', () => {
    const many = ['a', 'b', 'c', 'd', 'e'].flatMap((action, index) => burst(dana, action, at(3), 6 - index));
    const [hit] = find([...ordinary, ...many]);
    expect(hit!.explanation.what).toBe(
      '20 events by dana, on Tue 25 Aug 2026, 03:00–04:00 UTC: a 6, b 5, c 4 and 5 events of other kinds.',
    );
    expect(hit!.evidence['unnamedEvents']).toBe(5);
    expect(hit!.explanation.alsoSeen).toMatch(/^a alone: 6 events where [\d.]+ are usual, S = [\d.]+\.$/);
  });

  test('holidays count as weekend', () => {
    const [normal] = find([...ordinary, ...atNight]);
    const [free] = find([...ordinary, ...atNight], { holidays: new Set(['2026-08-25']) });
    expect([normal!.evidence['isWeekend'], free!.evidence['isWeekend']]).toEqual([false, true]);
    expect(free!.evidence['hoursInCell']).toBe(12);
  });

  test('hours confirmed as true positives teach nothing', () => {
    const earlier = burst(dana, 'document.read', tuesday - 14 * 24 + 3, 30);
    const history = buildHistory([...scene, ...earlier]);
    const [naive] = nbDetector.run(history, utc(history));
    const isConfirmed = (_account: string, actor: string, hour: number) =>
      actor === 'dana' && hour === firstHour + tuesday - 14 * 24 + 3;
    const [taught] = nb(undefined, isConfirmed).run(history, utc(history));
    expect(naive!.evidence).toMatchObject({ highestInCell: 30, hoursInCell: 30, confirmedHours: 0 });
    expect(taught!.evidence).toMatchObject({ highestInCell: 0, hoursInCell: 29, confirmedHours: 1 });
    expect(taught!.score).toBeGreaterThan(naive!.score);
  });

  test('one strange hour in the past counts for less', () => {
    const earlier = burst(dana, 'document.read', tuesday - 14 * 24 + 3, 30);
    const [hit] = find([...ordinary, ...earlier, ...atNight]);
    expect(hit!.evidence['weighedDownHours']).toBeGreaterThan(0);
    expect(hit!.evidence['sumOfWeights']).toBeLessThan(29.1);
    expect(hit!.evidence['weightedEvents']).toBeLessThan(2);
  });

  test('a hit says how it stands among all hours of all known actors so far that day', () => {
    // Eight actors, hours 0–3, 0–10 and 0–14.
    expect(hits.map(({ evidence }) => evidence['tests'])).toEqual([32, 88, 120]);
    expect(hits.map(({ evidence }) => evidence['survivesMultipleTesting'])).toEqual([true, true, true]);
  });

  test('does not judge an hour that has not ended', () => {
    const until = (hour: number) => ({ untilMicroseconds: (firstHour + at(hour)) * hourUs });
    expect(find(scene, until(3.999))).toEqual([]);
    expect(find(scene, until(4)).map(({ actor }) => actor)).toEqual(['dana']);
  });
});

function busy(actor: string, hourOfDay: number): number {
  return busyMorning.filter(
    (one) =>
      one.actor === actor && Math.floor(one.createdAtMicroseconds / hourUs) === firstHour + at(hourOfDay),
  ).length;
}

/** Every number of the sentences is a number of the evidence, whole or to three digits. */
function expectNumbersFrom(hit: Hit): void {
  const known = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'number')
      for (const text of [
        String(value),
        String(Number(value.toPrecision(3))),
        String(value / 1e3),
        String(value / 1e6),
        String(value / 1e9),
      ])
        known.add(text);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(hit.evidence);
  const { what, method, ...sentences } = hit.explanation;
  expect(what).toContain(String(hit.count));
  const said = [...Object.values(sentences), method.replace(/^nb\/1/, '')]
    .join(' ')
    .replaceAll(/(\d),(\d{3})/g, '$1$2');
  for (const number of said.match(/\d+(\.\d+)?/g) ?? []) expect([...known], said).toContain(number);
}

describe('whatever the history, nb', () => {
  const extra = fc.array(
    fc.record({
      actor: fc.constantFrom('dana', 'omar', 'nora', 'sync', 'guest', ''),
      action: fc.constantFrom('document.read', 'role_grant', 'secret.read'),
      hour: fc.integer({ min: tuesday - 10 * 24, max: tuesday + 47 }),
      count: fc.integer({ min: 1, max: 15 }),
    }),
    { minLength: 4, maxLength: 14 },
  );
  const drawn = extra.map((all) => [
    ...ordinary,
    ...all.flatMap(({ actor, action, hour, count }) =>
      burst({ actor, actorType: null }, action, hour, count),
    ),
  ]);
  const days = [judgedDay - 3, judgedDay - 1, judgedDay, judgedDay + 1];

  test('depends on the events only: not on their order, numbers, or segments', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 200 }), (events, length) => {
        const history = buildHistory(events);
        const scope = utc(history, { days });
        const hits = plain(nbDetector.run(history, scope));
        expect(plain(nbDetector.run(buildHistory(events.toReversed()), scope))).toEqual(hits);
        expect(plain(nbDetector.run(renumbered(history), scope))).toEqual(hits);
        expect(plain(nbDetector.run(recut(history, length), scope))).toEqual(hits);
      }),
      { numRuns: 12 },
    );
  });

  test('finds day by day what it finds at once, and of what was touched only that', () => {
    fc.assert(
      fc.property(drawn, fc.func(fc.boolean()), (events, isTouched) => {
        const history = buildHistory(events);
        const scope = utc(history, { days });
        const all = judgeAll(history, scope);
        const single = days.map((day) => judgeAll(history, { ...scope, days: [day] }));
        expect(plain(single.flatMap(({ hits }) => hits))).toEqual(plain(all.hits));
        expect(single.reduce((sum, { evaluated }) => sum + evaluated, 0)).toBe(all.evaluated);
        const touched = new Map(
          history.series.map(({ actor }, series) => [
            series,
            [...Array(24 * 14).keys()]
              .map((hour) => firstHour + tuesday - 11 * 24 + hour)
              .filter((hour) => isTouched(actor, hour)),
          ]),
        );
        const numberOf = (hit: Hit) => history.actors.findIndex(({ actor }) => actor === hit.actor);
        const some = judgeAll(history, { ...scope, touched });
        expect(plain(some.hits)).toEqual(
          plain(all.hits.filter((hit) => isTouched(numberOf(hit), hit.startMicroseconds / hourUs))),
        );
        expect(some.evaluated).toBeLessThanOrEqual(all.evaluated);
      }),
      { numRuns: 12 },
    );
  });

  test('finds of the past what it found before later events came', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 48 }), (events, hour) => {
        const end = (firstHour + tuesday + hour) * hourUs;
        const whole = buildHistory(events);
        const past = buildHistory(events.filter((one) => one.createdAtMicroseconds < end));
        const hits = nbDetector.run(past, utc(past, { days }));
        const asOf = utc(whole, { days, untilMicroseconds: end });
        expect(plain(nbDetector.run(whole, asOf))).toEqual(plain(hits));
        const before = nbDetector
          .run(whole, utc(whole, { days }))
          .filter((hit) => hit.endMicroseconds <= end);
        expect(plain(before)).toEqual(plain(hits));
      }),
      { numRuns: 12 },
    );
  });

  test('never names nobody, and lists only what meets all three conditions', () => {
    fc.assert(
      fc.property(drawn, (events) => {
        const history = buildHistory(events);
        for (const hit of nbDetector.run(history, utc(history, { days }))) {
          expect(hit.actor).not.toBe('');
          expect(hit.score).toBeGreaterThanOrEqual(2.87);
          expect(hit.count).toBeGreaterThanOrEqual(Math.max(3, 1.5 * (hit.evidence['lambda'] as number) + 2));
          expect(hit.events).toHaveLength(hit.count);
        }
      }),
      { numRuns: 12 },
    );
  });
});
