import { expect, test } from 'vitest';
import { noveltiesOf } from '../../../../../src-main/analytics/detectors/events/novelty.ts';
import { Trail } from '../../../../../src-main/analytics/detectors/events/trail.ts';

const day = 86_400_000_000;
const parameters = {
  minimumKnownDays: 1,
  minimumActiveDays: 1,
  maximumValues: 2,
  dailyDecay: 0.5,
  probability: 0.99,
};

/** “day value” in time order, of one subject. */
function judge(sightings: [number, number][], changes: Partial<typeof parameters> = {}, until = 100) {
  const trail = new Trail(100);
  trail.reserve(1);
  for (const [on, value] of sightings) {
    trail.marks[0] = 1;
    trail.see(0, value, on * day);
    trail.endStretch(Math.floor(on));
  }
  const judged = new Set(sightings.map(([on]) => Math.floor(on)));
  return noveltiesOf(trail, () => true, judged, until * day, { ...parameters, ...changes });
}

test('the limit of values counts those of the day before too', () => {
  const sightings: [number, number][] = [
    [0, 0],
    [1, 0],
    [2, 1],
    [2, 2],
    [3, 3],
  ];
  expect(judge(sightings).map((novelty) => novelty.day)).toEqual([2]);
  expect(judge(sightings, { maximumValues: 3 }).map((novelty) => novelty.day)).toEqual([2, 3]);
});

test('the rate is that of the days before, by hand', () => {
  const [first, second] = judge(
    [
      [0, 0],
      [1, 0],
      [2, 1],
      [4, 2],
    ],
    { maximumValues: 9 },
  );
  // Day 1 had nothing new: 0 / 0.5.
  expect(first).toMatchObject({
    day: 2,
    knownDays: 2,
    activeDays: 1,
    valuesBefore: 1,
    rate: 0,
    probability: 0,
  });
  // Day 2 had one: (0.5³·0 + 0.5²·1) / (0.5³ + 0.5²) = 2/3.
  expect(second!.weightedNew).toBeCloseTo(0.25, 15);
  expect(second!.weightedDays).toBeCloseTo(0.375, 15);
  expect(second!.probability).toBeCloseTo(1 - Math.exp(-2 / 3), 15);
  expect(second!.values).toEqual([{ value: 2, microseconds: 4 * day }]);
});

test('a day is one novelty with all that was new before the as-of', () => {
  const sightings: [number, number][] = [
    [0, 0],
    [1, 0],
    [2.25, 1],
    [2.5, 2],
    [2.75, 3],
  ];
  const valuesUntil = (until: number) => judge(sightings, {}, until).map(({ values }) => values.length);
  expect(valuesUntil(3)).toEqual([3]);
  expect(valuesUntil(2.75)).toEqual([2]);
  expect(valuesUntil(2.25)).toEqual([]);
});
