import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Trail, type TrailMark } from '../../../../../src-main/analytics/detectors/events/trail.ts';

interface Sight {
  readonly day: number;
  readonly subject: number;
  readonly value: number;
}

/** Follows sightings as they come; `day` is the day of the last. */
function follow(trail: Trail, sights: readonly Sight[], from = -1): void {
  let day = from;
  for (const sight of sights) {
    if (sight.day > day) {
      if (day >= 0) trail.endStretch(day);
      trail.beginDay();
    }
    day = sight.day;
    if (trail.isLost[sight.subject] === 1) continue;
    trail.marks[sight.subject] = 1;
    trail.see(sight.subject, sight.value, sight.day * 1000);
  }
  if (day >= 0) trail.endStretch(day);
}

function newTrail(limit: number): Trail {
  const trail = new Trail(limit);
  trail.reserve(4);
  return trail;
}

const pairsOf = ({ pairs }: Trail) =>
  Array.from({ length: pairs.length }, (_, place) =>
    [pairs.subjects, pairs.values, pairs.microseconds].map((column) => column[place]!),
  );

test('whoever had more values than the limit is not followed from the next day on', () => {
  const trail = newTrail(2);
  const day = (on: number, values: number[]) => values.map((value) => ({ day: on, subject: 0, value }));
  follow(trail, [...day(0, [1, 2]), ...day(1, [3, 4, 5]), ...day(2, [6]), { day: 2, subject: 1, value: 6 }]);
  expect(pairsOf(trail).map(([subject, value]) => `${subject} ${value}`)).toEqual([
    '0 1',
    '0 2',
    '0 3',
    '0 4',
    '0 5',
    '1 6',
  ]);
  expect([...trail.isLost]).toEqual([1, 0, 0, 0]);
});

test('has room for subjects that come later, and forgets none', () => {
  const trail = newTrail(0);
  follow(trail, [{ day: 0, subject: 3, value: 1 }]);
  trail.beginDay();
  trail.reserve(100);
  expect(trail.isLost.length).toBeGreaterThanOrEqual(100);
  expect(trail.isLost[3]).toBe(1);
});

const sights = fc
  .array(fc.record({ day: fc.nat(5), subject: fc.nat(3), value: fc.nat(6) }), { maxLength: 60 })
  .map((list) => list.toSorted((a, b) => a.day - b.day));

test('what was taken back leaves nothing behind, also in the middle of a day', () => {
  fc.assert(
    fc.property(sights, sights, fc.nat(60), fc.nat(3), (first, other, cut, limit) => {
      const kept = first.slice(0, cut);
      const lastDay = kept.at(-1)?.day ?? -1;
      const next = other.filter(({ day }) => day >= lastDay);
      const [once, twice] = [newTrail(limit), newTrail(limit)];
      follow(once, kept);
      follow(twice, kept);
      const mark: TrailMark = twice.mark();
      follow(twice, first.slice(cut), lastDay);
      twice.returnTo(mark);
      for (const trail of [once, twice]) follow(trail, next, lastDay);
      expect(pairsOf(twice)).toEqual(pairsOf(once));
      expect(twice.isLost).toEqual(once.isLost);
      expect(twice.mark()).toEqual(once.mark());
      for (const subject of [0, 1, 2, 3])
        expect(twice.active.between(subject, -1, 9)).toEqual(once.active.between(subject, -1, 9));
    }),
    { numRuns: 300 },
  );
});
