import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellCalendar } from '../../../../../src-main/analytics/detectors/cube/cell-calendar.ts';
import type { DayRows } from '../../../../../src-main/analytics/detectors/cube/day-rows.ts';
import { daysWithRareShare } from '../../../../../src-main/analytics/detectors/cube/rare-sieve.ts';
import { rareTimeParameters } from '../../../../../src-main/analytics/detectors/rare-time.ts';
import { firstDay, localHour, range, zone } from './office.ts';

const actors = 3;

/** Events of an actor in an hour. */
const anyHours = fc.uniqueArray(
  fc.record({
    actor: fc.nat({ max: actors - 1 }),
    hour: fc.nat({ max: 14 * 24 - 1 }),
    count: fc.integer({ min: 1, max: 9 }),
  }),
  { selector: ({ actor, hour }) => actor * 1000 + hour, minLength: 30, maxLength: 150 },
);
type Hours = typeof anyHours extends fc.Arbitrary<infer Value> ? Value : never;

function rowsOf(all: Hours, day: number): DayRows {
  const own = all
    .filter(({ hour }) => Math.floor(hour / 24) === day)
    .toSorted((a, b) => a.actor - b.actor || a.hour - b.hour);
  const byActor = [...Map.groupBy(own, ({ actor }) => actor).values()];
  const ends = byActor.map((_, at) => byActor.slice(0, at + 1).flat().length);
  return {
    day: firstDay + day,
    members: Int32Array.from(byActor, ([one]) => one!.actor),
    offsets: Uint32Array.from([0, ...ends]),
    hours: Uint8Array.from(own, ({ hour }) => hour % 24),
    counts: Uint32Array.from(own, ({ count }) => count),
    totals: Uint32Array.from(byActor, (hours) => hours.reduce((sum, { count }) => sum + count, 0)),
  };
}

/** Whether an hour and the two beside it have so few of the events of the window before its day. */
function isRareNaively(all: Hours, asked: Hours[number], windowDays: number, share: number, minimum: number) {
  const day = Math.floor(asked.hour / 24);
  const window = all.filter(({ actor, hour }) => {
    return actor === asked.actor && hour < day * 24 && hour >= (day - windowDays) * 24;
  });
  const at = localHour(firstDay * 24 + asked.hour);
  const near = window.filter(({ hour }) => {
    const other = localHour(firstDay * 24 + hour);
    const distance = Math.abs(other.hour - at.hour);
    return other.isWeekend === at.isWeekend && Math.min(distance, 24 - distance) <= 1;
  });
  const sum = (hours: Hours) => hours.reduce((total, { count }) => total + count, 0);
  return sum(window) >= minimum && (sum(near) + 0.5) / (sum(window) + 1) <= share;
}

test('the days on which an hour holds few events of the window before, however the window slides', () => {
  let found = 0;
  const parameters = fc.record({
    windowDays: fc.integer({ min: 1, max: 9 }),
    share: fc.constantFrom(0.02, 0.1, 0.2, 0.5),
    minimumEvents: fc.integer({ min: 0, max: 60 }),
  });
  const asked = fc.uniqueArray(fc.nat({ max: 13 }), { minLength: 1 });
  const until = fc.integer({ min: 0, max: 14 * 24 });
  fc.assert(
    fc.property(
      anyHours,
      parameters,
      asked,
      until,
      (all, { windowDays, share, minimumEvents }, days, ended) => {
        const judged = days.filter((day) => day * 24 < ended).toSorted((a, b) => a - b);
        const active = range(0, 14)
          .map((day) => rowsOf(all, day))
          .filter(
            ({ members, day }) => members.length > 0 && day >= firstDay + (judged[0] ?? 0) - windowDays,
          );
        const rare = daysWithRareShare(
          active,
          {
            days: judged.map((day) => firstDay + day),
            groupOf: Int32Array.from([1, -1, 0]),
            groups: 2,
            endedHour: firstDay * 24 + ended,
          },
          new CellCalendar(zone, new Set()),
          { ...rareTimeParameters, windowDays, share, minimumEvents },
        );
        for (const [group, actor] of [2, 0].entries()) {
          const own = all.filter((one) => one.actor === actor && one.hour < ended);
          const expected = judged.filter((day) =>
            own.some((one) => {
              return (
                Math.floor(one.hour / 24) === day && isRareNaively(all, one, windowDays, share, minimumEvents)
              );
            }),
          );
          found += expected.length;
          expect(rare.get(group) ?? []).toEqual(expected.map((day) => firstDay + day));
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(50);
});
