import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z3Evidence } from '#shared/model/finding.ts';
import { parseInstant } from '#shared/time/instant.ts';
import { explainZ3 } from '../../../../src-main/analytics/explain.ts';
import { judgeAll, z3Detector } from '../../../../src-main/analytics/detectors/z3-detector.ts';
import {
  highestInBaseline,
  judgeHours,
  scanHours,
  type HourlySeries,
} from '../../../../src-main/analytics/detectors/z3.ts';
import { buildHistory, type HistoryEvent } from '../../../../src-main/analytics/history/build-history.ts';
import { plain, recut, renumbered, scopeOf } from './hours/told-otherwise.ts';
import { burst, event, firstHour, hourUs } from './nb/office.ts';

const cells = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 1, max: 40 })), {
  selector: ([hour]) => hour,
  maxLength: 200,
});
const series = fc
  .tuple(cells, fc.nat({ max: 1600 }), fc.boolean())
  .map(([drawn, first, isLate]): HourlySeries => {
    const sorted = drawn.toSorted(([a], [b]) => a - b);
    return {
      hours: sorted.map(([hour]) => hour),
      counts: sorted.map(([, count]) => count),
      firstHour: isLate ? first : Math.min(first, sorted[0]?.[0] ?? first),
    };
  });

describe('scanning hours', () => {
  test('flags exactly what the definition flags, and counts what it calls learning', () => {
    fc.assert(
      fc.property(fc.array(series, { maxLength: 6 }), fc.func(fc.boolean()), (all, asked) => {
        const hours = all.flatMap((one) => one.hours);
        const offsets = Uint32Array.from([
          0,
          ...all.map((_, at) => all.slice(0, at + 1).flatMap((one) => one.hours).length),
        ]);
        const counts = Uint32Array.from(all.flatMap((one) => one.counts));
        const judged = Uint8Array.from(hours, (_, place) => (asked(place) ? 1 : 0));
        const flagged: string[] = [];
        const tally = scanHours(
          { offsets, hours: Int32Array.from(hours), counts },
          Int32Array.from(all, (one) => one.firstHour),
          judged,
          (group, place) => flagged.push(`${group}:${hours[place]}`),
        );
        const expected = all.flatMap((one, group) =>
          judgeHours(
            one,
            one.hours.filter((_, at) => judged[offsets[group]! + at] === 1),
          ).map((judgement) => ({ ...judgement, group })),
        );
        expect(flagged).toEqual(
          expected.filter(({ state }) => state === 'flagged').map(({ group, hour }) => `${group}:${hour}`),
        );
        expect(tally).toEqual({
          evaluated: expected.length,
          learning: expected.filter(({ state }) => state === 'learning').length,
        });
      }),
      { numRuns: 300 },
    );
  });

  test('forgets an hour that has left the window, with its square', () => {
    const hours = [0, ...Array.from({ length: 40 }, (_, index) => 700 + index), 900];
    const flagged: number[] = [];
    scanHours(
      {
        offsets: Uint32Array.of(0, hours.length),
        hours: Int32Array.from(hours),
        counts: Uint32Array.from(hours, (hour) => (hour === 0 ? 500 : hour === 900 ? 9 : 1)),
      },
      Int32Array.of(0),
      Uint8Array.from(hours, () => 1),
      (_, place) => flagged.push(hours[place]!),
    );
    expect(flagged).toEqual([900]);
  });

  test('a z of exactly 3 is not flagged, the next count is', () => {
    const hours = Array.from({ length: 672 }, (_, hour) => hour);
    for (const [count, isFlagged] of [
      [4, false],
      [5, true],
    ] as const) {
      const flagged: number[] = [];
      scanHours(
        {
          offsets: Uint32Array.of(0, 673),
          hours: Int32Array.of(...hours, 696),
          counts: Uint32Array.of(...hours.map(() => 1), count),
        },
        Int32Array.of(0),
        new Uint8Array(673).fill(1),
        (_, place) => flagged.push(place),
      );
      expect(flagged.includes(672)).toBe(isFlagged);
    }
  });
});

const dana = { actor: 'dana' };
const habit = Array.from({ length: 134 }, (_, index) => event(dana, 'document.read', index * 5, 0.5));
const loud = burst(dana, 'document.read', 700, 9);
const scene = [...habit, ...loud, ...burst({ actor: 'omar' }, 'document.read', 700, 4)];

describe('detector z3', () => {
  const history = buildHistory(scene);
  const [hit, ...others] = z3Detector.run(history, scopeOf(history));

  test('finds the hour, with the events it is about', () => {
    expect(others).toEqual([]);
    expect(plain([hit!])[0]).toMatchObject({
      detector: 'z3',
      methodVersion: 'z3/1',
      sourceAccount: 'primary',
      actor: 'dana',
      entity: { kind: 'actor', value: 'dana' },
      action: 'document.read',
      startMicroseconds: (firstHour + 700) * hourUs,
      endMicroseconds: (firstHour + 701) * hourUs,
      count: 9,
      threshold: 3,
      severity: 'critical',
      events: loud.map(({ id }) => id),
    });
  });

  test('says and computes what it always did', () => {
    const hourly = {
      hours: [...habit.map((_, index) => firstHour + index * 5), firstHour + 700],
      counts: [...habit.map(() => 1), 9],
      firstHour,
    };
    const judgement = judgeHours(hourly, [firstHour + 700])[0]!;
    const { what, expected, unusual } = hit!.explanation;
    expect([what, expected, unusual].join(' ')).toBe(
      explainZ3('dana', 'document.read', judgement, highestInBaseline(hourly, judgement), 'Europe/Berlin'),
    );
    expect(hit!.score).toBe(judgement.z);
    const evidence = z3Evidence.strict().parse(hit!.evidence);
    expect(evidence).toMatchObject({ n: 672, activeHours: judgement.activeHours, highest: 1 });
    expect(parseInstant(evidence.baselineEnd)).toBe((firstHour + 676) * hourUs);
  });

  test('judges an hour once it has ended, within the days asked about', () => {
    const until = (hour: number) => ({ untilMicroseconds: (firstHour + hour) * hourUs });
    expect(z3Detector.run(history, scopeOf(history, until(700.99)))).toEqual([]);
    expect(z3Detector.run(history, scopeOf(history, until(701)))).toHaveLength(1);
    const day = Math.floor((firstHour + 700) / 24);
    expect(z3Detector.run(history, scopeOf(history, { days: [day - 1] }))).toEqual([]);
    expect(plain(z3Detector.run(history, scopeOf(history, { days: [day] })))).toEqual(plain([hit!]));
  });

  test('counts the actor from its first event of any kind', () => {
    const older = [event(dana, 'session.start', 0, 0), ...scene.map((one) => later(one, 600))];
    const known = buildHistory(older);
    const [found] = z3Detector.run(known, scopeOf(known));
    expect(found!.evidence).toMatchObject({ n: 672 });
    expect(judgeAll(known, scopeOf(known)).evaluated).toBe(134 + 2 + 1);
  });

  test('an event nobody is named for is never judged', () => {
    const nameless = buildHistory(scene.map((one) => ({ ...one, actor: '' })));
    expect(judgeAll(nameless, scopeOf(nameless))).toEqual({ hits: [], evaluated: 0, learning: 0 });
  });

  test('the same actor in two accounts is two', () => {
    const split = buildHistory(
      scene.map((one) => (loud.includes(one) ? { ...one, sourceAccount: 'other' } : one)),
    );
    expect(z3Detector.run(split, scopeOf(split))).toEqual([]);
  });
});

const later = (one: HistoryEvent, hours: number): HistoryEvent => ({
  ...one,
  createdAtMicroseconds: one.createdAtMicroseconds + hours * hourUs,
});

const actors = ['dana', 'omar', ''];
const drawn = fc
  .array(
    fc.record({
      actor: fc.constantFrom(...actors),
      action: fc.constantFrom('read', 'write'),
      hour: fc.integer({ min: 0, max: 900 }),
      count: fc.integer({ min: 1, max: 12 }),
    }),
    { minLength: 20, maxLength: 120 },
  )
  .map((bursts) => bursts.flatMap(({ actor, action, hour, count }) => burst({ actor }, action, hour, count)));

describe('whatever the history, z3', () => {
  test('depends on the events only: not on their order, numbers, or segments', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 40 }), (events, length) => {
        const history = buildHistory(events);
        const scope = scopeOf(history);
        const hits = plain(z3Detector.run(history, scope));
        expect(plain(z3Detector.run(buildHistory(events.toReversed()), scope))).toEqual(hits);
        expect(plain(z3Detector.run(renumbered(history), scope))).toEqual(hits);
        expect(plain(z3Detector.run(recut(history, length), scope))).toEqual(hits);
      }),
      { numRuns: 60 },
    );
  });

  test('finds day by day what it finds at once, and of what was touched only that', () => {
    fc.assert(
      fc.property(drawn, fc.func(fc.boolean()), (events, isTouched) => {
        const history = buildHistory(events);
        const scope = scopeOf(history);
        const hits = z3Detector.run(history, scope);
        expect(
          scope.days.flatMap((day) => plain(z3Detector.run(history, { ...scope, days: [day] }))),
        ).toEqual(plain(hits));
        const touched = new Map(
          history.series.map((_, series) => [
            series,
            [...Array(901).keys()].map((hour) => firstHour + hour).filter((hour) => isTouched(series, hour)),
          ]),
        );
        const nameOf = (series: number) => {
          const { actor, action } = history.series[series]!;
          return `${history.actors[actor]!.actor}:${history.actions.valueOf(action)}`;
        };
        const asked = new Set(
          [...touched].flatMap(([series, hours]) => hours.map((hour) => `${nameOf(series)}:${hour}`)),
        );
        expect(plain(z3Detector.run(history, { ...scope, touched }))).toEqual(
          plain(
            hits.filter((hit) => asked.has(`${hit.actor}:${hit.action}:${hit.startMicroseconds / hourUs}`)),
          ),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('finds of the past what it found before later events came', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 900 }), (events, hour) => {
        const end = (firstHour + hour) * hourUs;
        const whole = buildHistory(events);
        const past = buildHistory(events.filter((one) => one.createdAtMicroseconds < end));
        const hits = z3Detector.run(past, scopeOf(past));
        expect(plain(z3Detector.run(whole, scopeOf(whole, { untilMicroseconds: end })))).toEqual(plain(hits));
        const before = z3Detector.run(whole, scopeOf(whole)).filter((hit) => hit.endMicroseconds <= end);
        expect(plain(before)).toEqual(plain(hits));
      }),
      { numRuns: 60 },
    );
  });
});
