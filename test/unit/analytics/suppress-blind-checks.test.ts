import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microsecondsPerDay } from '../../../src-shared/time/instant.ts';
import { drawBlindChecks, isoWeekOf } from '../../../src-main/analytics/suppress-blind-checks.ts';

const at = (iso: string) => Date.parse(iso) * 1000;
const hidden = fc.uniqueArray(
  fc.record({ id: fc.string({ minLength: 1 }), day: fc.integer({ min: 20_000, max: 20_040 }) }),
  { selector: ({ id }) => id.toWellFormed(), maxLength: 60 },
);
const found = (list: readonly { id: string; day: number }[]) =>
  list.map(({ id, day }) => ({ id, startMicroseconds: day * microsecondsPerDay }));

test('every week in which something was hidden shows at least one of it, whatever the order', () => {
  fc.assert(
    fc.property(hidden, (list) => {
      const drawn = drawBlindChecks(found(list));
      const weeks = (of: typeof list) => new Set(of.map(({ day }) => isoWeekOf(day * microsecondsPerDay)));
      expect(weeks(list.filter(({ id }) => drawn.has(id)))).toEqual(weeks(list));
      expect(drawBlindChecks(found(list.toReversed()))).toEqual(drawn);
    }),
  );
});

test('what is hidden in one week draws nothing in another', () => {
  fc.assert(
    fc.property(hidden, fc.integer({ min: 20_000, max: 20_040 }), (list, day) => {
      const week = isoWeekOf(day * microsecondsPerDay);
      const own = found(list).filter(({ startMicroseconds }) => isoWeekOf(startMicroseconds) === week);
      const all = drawBlindChecks(found(list));
      expect(drawBlindChecks(own)).toEqual(new Set(own.map(({ id }) => id).filter((id) => all.has(id))));
    }),
  );
});

test('of many in one week about one in twenty comes back', () => {
  const many = Array.from({ length: 4_000 }, (_, index) => ({ id: `nb-${index}`, startMicroseconds: 0 }));
  const drawn = drawBlindChecks(many).size;
  expect(drawn).toBeGreaterThan(140);
  expect(drawn).toBeLessThan(260);
});

test('weeks begin on Mondays, also across New Year and before 1970', () => {
  const weekOf = (iso: string) => isoWeekOf(at(iso));
  expect(weekOf('2026-12-28T00:00:00Z')).toBe(weekOf('2027-01-03T23:59:59Z'));
  expect(weekOf('2027-01-04T00:00:00Z')).toBe(weekOf('2027-01-03T23:59:59Z') + 1);
  expect(weekOf('1969-12-29T00:00:00Z')).toBe(weekOf('1970-01-04T00:00:00Z'));
  expect(weekOf('1969-12-28T23:00:00Z')).toBe(weekOf('1970-01-04T00:00:00Z') - 1);
});
