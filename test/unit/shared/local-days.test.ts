// Local days against a clock that is asked every quarter of an hour.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timeBuckets } from '../../../src-shared/charts/time-buckets.ts';
import { dateAfter, localDaysOf } from '../../../src-shared/time/local-days.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Beirut', 'Pacific/Apia'];
const quarter = 900_000_000;

/** Local date by another way than the one that is tested. */
function dateIn(zone: string, microseconds: number): string {
  return new Date(microseconds / 1000).toLocaleDateString('sv-SE', { timeZone: zone });
}

test.each([
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  // Midnight is skipped: the day begins at 01:00.
  ['Asia/Beirut', '2026-03-29', 23],
])('in %s, %s has %i hours', (zone, date, hours) => {
  const { startOf } = localDaysOf(zone);
  expect((startOf(dateAfter(date, 1)) - startOf(date)) / 3_600_000_000).toBe(hours);
});

test('a day starts with the first quarter hour of its date', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 6000 }), (zone, days) => {
      const { startOf, dateAt } = localDaysOf(zone);
      const date = dateAfter('2014-01-01', days);
      const start = startOf(date);
      expect(start % quarter).toBe(0);
      expect(dateIn(zone, start)).toBe(date);
      expect(dateAt(start)).toBe(date);
      expect(dateIn(zone, start - quarter) < date).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('buckets cover the range without a hole, are as many as asked for at most, and hours begin with the day', () => {
  const minute = 60_000_000;
  const from = fc.integer({ min: Date.parse('2020-01-01') / 60_000, max: Date.parse('2027-01-01') / 60_000 });
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      from,
      fc.integer({ min: 1, max: 3 * 366 * 1440 }),
      fc.integer({ min: 40, max: 300 }),
      (zone, start, length, most) => {
        const [begin, end] = [start * minute, (start + length) * minute];
        const { edges, width } = timeBuckets(begin, end, most, zone);
        expect(edges[0]!).toBeLessThanOrEqual(begin);
        expect(edges.at(-1)!).toBeGreaterThanOrEqual(end);
        // No bucket lies outside of the range.
        expect(edges[1]!).toBeGreaterThan(begin);
        expect(edges.at(-2)!).toBeLessThan(end);
        for (let at = 1; at < edges.length; at += 1) expect(edges[at]!).toBeGreaterThan(edges[at - 1]!);
        expect(edges.length - 1).toBeLessThanOrEqual(most);
        if (width === '1 day' || width === '1 week' || width === '1 month')
          for (const edge of edges) expect(dateIn(zone, edge - 1)).not.toBe(dateIn(zone, edge));
      },
    ),
    { numRuns: 150 },
  );
});
