// The counts of days on both sides, and what they say: when to count again, which days to read again, what went away.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import {
  carryForward,
  compareDays,
  dayNumber,
  doubtfulDays,
  isFullCountDue,
  missing,
  sum,
} from '../../../src-main/analytics/completeness.ts';
import type { DayCount } from '../../../src-main/store/cache/runs.ts';

const countedUs = Date.parse('2026-11-02T09:00:00Z') * 1000;
const last = { at: formatInstant(countedUs), ms: 900, modifications: 100, storage: 'a', added: 5 };
const later = { serverMicroseconds: countedUs + 3_600_000_000, modifications: 105, storage: 'a', added: 0 };

describe('a full count', () => {
  test('is due at first, where counting is quick, a day later, and when the database changed more than was read', () => {
    expect(isFullCountDue(null, later)).toBe(true);
    expect(isFullCountDue({ ...last, ms: 250 }, later)).toBe(true);
    expect(isFullCountDue(last, later)).toBe(false);
    expect(isFullCountDue(last, { ...later, serverMicroseconds: countedUs + microsecondsPerDay })).toBe(true);
    expect(isFullCountDue(last, { ...later, serverMicroseconds: countedUs + microsecondsPerDay - 1 })).toBe(
      false,
    );
  });

  test('is due for every late commit and every deletion that the counters show', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 50 }), (before, added, unseen) => {
        const counted = { ...last, added: before };
        const modifications = 100 + before + added;
        expect(isFullCountDue(counted, { ...later, added, modifications })).toBe(false);
        expect(isFullCountDue(counted, { ...later, added, modifications: modifications + unseen })).toBe(
          true,
        );
      }),
      { seed: 3 },
    );
    // Counters that went back were reset, and say nothing.
    expect(isFullCountDue(last, { ...later, modifications: 99 })).toBe(true);
    expect(isFullCountDue(last, { ...later, modifications: null })).toBe(false);
    expect(isFullCountDue(last, { ...later, storage: 'b' })).toBe(true);
  });
});

const days = fc.uniqueArray(fc.integer({ min: -3, max: 12 }), { maxLength: 12 });
const eventsOfDays = days.chain((chosen) =>
  fc.tuple(...chosen.map((day) => fc.tuple(fc.constant(day), fc.integer({ min: 1, max: 9 })))),
);
const nameOf = (day: number) => formatInstant(day * microsecondsPerDay).slice(0, 10);

describe('counts carried forward', () => {
  test('are what a full count would have said, when nothing changed before the instant', () => {
    const event = fc.record({
      at: fc.integer({ min: -2 * microsecondsPerDay, max: 9 * microsecondsPerDay }),
      isMirrored: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.array(event, { maxLength: 20 }),
        fc.integer({ min: -microsecondsPerDay, max: 8 * microsecondsPerDay }),
        (old, young, from) => {
          const countBy = (events: readonly { at: number }[]) =>
            new Map(
              [...Map.groupBy(events, ({ at }) => Math.floor(at / microsecondsPerDay))].map(
                ([day, members]) => [day, members.length] as const,
              ),
            );
          // From the instant on everything has been read; before it some of the events may have vanished from the source.
          const known = old.map(({ at, isMirrored }) => ({ at, isMirrored: isMirrored || at >= from }));
          const { countsByDay } = compareDays(
            countBy(known),
            countBy(known.filter(({ isMirrored }) => isMirrored)),
          );
          const now = [...known, ...young.filter(({ at }) => at >= from)];
          const mirroredBefore = countBy(known.filter(({ at, isMirrored }) => isMirrored && at < from));
          const carried = carryForward(
            countsByDay,
            countBy(now.filter(({ at }) => at >= from)),
            mirroredBefore,
            from,
          );
          const wanted = countBy(now);
          for (const day of new Set([...carried.keys(), ...wanted.keys()]))
            expect(carried.get(day) ?? 0, `day ${day}`).toBe(wanted.get(day) ?? 0);
        },
      ),
      { seed: 4, numRuns: 500 },
    );
  });
});

describe('doubtful days', () => {
  test('are those that differ, unless they differed just so before', () => {
    fc.assert(
      fc.property(
        eventsOfDays,
        eventsOfDays,
        fc.array(fc.integer({ min: -3, max: 12 })),
        (here, there, settled) => {
          const [mirrored, server] = [new Map(here), new Map(there)];
          const before = settled.map((day): DayCount => ({
            day: nameOf(day),
            mirrored: mirrored.get(day) ?? 0,
            server: server.get(day) ?? 0,
          }));
          const doubtful = doubtfulDays(server, mirrored, before);
          const expected = [...server.keys()]
            .filter((day) => server.get(day) !== (mirrored.get(day) ?? 0) && !settled.includes(day))
            .toSorted((a, b) => a - b);
          expect(doubtful).toEqual(expected);
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  });

  test('are doubtful again once either side changed', () => {
    const before = [{ day: nameOf(3), mirrored: 10, server: 8 }];
    expect(doubtfulDays(new Map([[3, 8]]), new Map([[3, 10]]), before)).toEqual([]);
    expect(doubtfulDays(new Map([[3, 9]]), new Map([[3, 10]]), before)).toEqual([3]);
    expect(doubtfulDays(new Map([[3, 8]]), new Map([[3, 11]]), before)).toEqual([3]);
  });
});

test('every event is either on both sides, vanished from the database, or not here yet', () => {
  fc.assert(
    fc.property(eventsOfDays, eventsOfDays, (here, there) => {
      const [mirrored, server] = [new Map(here), new Map(there)];
      const { vanished, countsByDay } = compareDays(server, mirrored);
      const total = sum(mirrored.values()) - vanished + missing(server, mirrored);
      expect(total).toBe(sum(server.values()));
      expect(sum(countsByDay.map((day) => day.mirrored))).toBe(sum(mirrored.values()));
      expect(sum(countsByDay.map((day) => day.server))).toBe(sum(server.values()));
      expect(countsByDay.map(({ day }) => dayNumber(day))).toEqual(
        [...new Set([...mirrored.keys(), ...server.keys()])].toSorted((a, b) => a - b),
      );
    }),
    { seed: 6 },
  );
});
