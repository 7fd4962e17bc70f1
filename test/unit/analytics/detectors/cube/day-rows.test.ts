import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DayFolder,
  daysOfGroups,
  hoursOfGroups,
  type DayRows,
} from '../../../../../src-main/analytics/detectors/cube/day-rows.ts';
import type { ActivityDay } from '../../../../../src-main/analytics/history/activity.ts';

const seriesCount = 12;
const memberCount = 6;

const cell = fc.record({
  series: fc.nat({ max: seriesCount - 1 }),
  slot: fc.nat({ max: 95 }),
  count: fc.integer({ min: 1, max: 2_000_000 }),
});
type Cell = typeof cell extends fc.Arbitrary<infer Value> ? Value : never;

/** Days with their cells in any order. */
const anyDays = fc.uniqueArray(
  fc.record({
    day: fc.integer({ min: -3, max: 3 }),
    cells: fc.uniqueArray(cell, { selector: ({ series, slot }) => series * 96 + slot, maxLength: 60 }),
  }),
  { selector: ({ day }) => day, maxLength: 5 },
);
const anyMembers = fc.array(fc.integer({ min: -1, max: memberCount - 1 }), {
  minLength: seriesCount,
  maxLength: seriesCount,
});

function activityOf({ day, cells }: { day: number; cells: readonly Cell[] }): ActivityDay {
  return {
    day,
    series: Uint32Array.from(cells, ({ series }) => series),
    slots: Uint8Array.from(cells, ({ slot }) => slot),
    counts: Uint32Array.from(cells, ({ count }) => count),
  };
}

/** Sums by member and hour, of plain cells. */
function sumsOf(days: readonly { day: number; cells: readonly Cell[] }[], memberOf: readonly number[]) {
  const sums = new Map<string, { member: number; hour: number; count: number }>();
  for (const { day, cells } of days) {
    for (const { series, slot, count } of cells) {
      const member = memberOf[series]!;
      const hour = day * 24 + Math.floor(slot / 4);
      const sum = sums.get(`${member} ${hour}`) ?? { member, hour, count: 0 };
      if (member >= 0) sums.set(`${member} ${hour}`, { member, hour, count: sum.count + count });
    }
  }
  return [...sums.values()].toSorted((a, b) => a.member - b.member || a.hour - b.hour);
}

function unfold(days: readonly DayRows[]) {
  return days
    .flatMap(({ day, members, offsets, hours, counts }) =>
      [...members].flatMap((member, row) =>
        [...hours.subarray(offsets[row], offsets[row + 1])].map((hour, at) => {
          return { member, hour: day * 24 + hour, count: counts[offsets[row]! + at]! };
        }),
      ),
    )
    .toSorted((a, b) => a.member - b.member || a.hour - b.hour);
}

test('days folded one after the other hold the sums of their cells', () => {
  fc.assert(
    fc.property(anyDays, anyMembers, (days, memberOf) => {
      const folder = new DayFolder(Int32Array.from(memberOf), memberCount);
      const folded = days.map((day) => folder.fold(activityOf(day)));
      expect(unfold(folded)).toEqual(sumsOf(days, memberOf));
      for (const { members, offsets, hours, counts, totals } of folded) {
        expect([...members]).toEqual([...new Set(members)].toSorted((a, b) => a - b));
        for (const [row, total] of totals.entries()) {
          const own = counts.subarray(offsets[row], offsets[row + 1]);
          expect(total).toBe(own.reduce((sum, count) => sum + count, 0));
          const ownHours = hours.subarray(offsets[row], offsets[row + 1]);
          expect(ownHours).toEqual(ownHours.toSorted());
        }
      }
    }),
  );
});

test('hours and days of groups are those before the hour that had not ended', () => {
  const until = fc.integer({ min: -3 * 24, max: 4 * 24 });
  fc.assert(
    fc.property(anyDays, anyMembers, anyMembers, until, (days, memberOf, groupOf, untilHour) => {
      const inOrder = days.toSorted((a, b) => a.day - b.day);
      const folder = new DayFolder(Int32Array.from(memberOf), memberCount);
      const folded = inOrder.map((day) => folder.fold(activityOf(day)));
      // Two members never share a group.
      const groups = Int32Array.from({ length: memberCount }, (_, member) =>
        groupOf[member]! < 0 ? -1 : member,
      );
      const expected = sumsOf(inOrder, memberOf).filter(
        ({ member, hour }) => groups[member]! >= 0 && hour < untilHour,
      );
      const hourly = hoursOfGroups(folded, groups, memberCount, untilHour);
      const daily = daysOfGroups(folded, groups, memberCount, untilHour);
      for (let group = 0; group < memberCount; group += 1) {
        const own = expected.filter(({ member }) => member === group);
        const [from, to] = [hourly.offsets[group]!, hourly.offsets[group + 1]!];
        expect([...hourly.hours.subarray(from, to)]).toEqual(own.map(({ hour }) => hour));
        expect([...hourly.counts.subarray(from, to)]).toEqual(own.map(({ count }) => count));
        const byDay = [...Map.groupBy(own, ({ hour }) => Math.floor(hour / 24))];
        const [first, end] = [daily.offsets[group]!, daily.offsets[group + 1]!];
        expect([...daily.days.subarray(first, end)]).toEqual(byDay.map(([day]) => day));
        expect([...daily.counts.subarray(first, end)]).toEqual(
          byDay.map(([, members]) => members.reduce((sum, { count }) => sum + count, 0)),
        );
      }
    }),
  );
});
