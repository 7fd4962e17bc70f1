import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hourOfWeekIn, microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { heatmapCells, heatmapRows } from '../../../src-main/analytics/heatmap.ts';
import { buildHistory, type HistoryEvent } from '../../../src-main/analytics/history/build-history.ts';
import { buildWeekIndex } from '../../../src-main/analytics/week-index.ts';
import type { WeekRow } from '../../../src-main/analytics/week-rows.ts';
import { sumWeek } from '../../../src-main/analytics/week.ts';

const first = Date.parse('2026-10-20T00:00:00Z') * 1000;

const events = fc.array(
  fc.record({
    sourceAccount: fc.constantFrom('one', 'two'),
    actor: fc.constantFrom('', 'ana', 'bo', 'cy'),
    action: fc.constantFrom('read', 'write'),
    // Three weeks, with the end of summer time in Berlin among them: anywhere, or in the same few hours of each.
    slot: fc.oneof(
      fc.integer({ min: 0, max: 21 * 96 - 1 }),
      fc.tuple(fc.nat(2), fc.nat(7)).map(([week, slot]) => week * 672 + slot),
    ),
  }),
  { maxLength: 80, size: 'max' },
);
type Drawn = { sourceAccount: string; actor: string; action: string; slot: number };

function historyOf(drawn: readonly Drawn[]) {
  const made = drawn.map(({ slot, ...rest }, place): HistoryEvent => {
    const createdAtMicroseconds = first + slot * microsecondsPerSlot + place;
    return { ...rest, id: `event-${place}`, createdAtMicroseconds };
  });
  return buildHistory(made);
}

function indexOf(history: ReturnType<typeof historyOf>, zone: string) {
  const building = buildWeekIndex(history, zone, hourOfWeekIn(zone));
  for (;;) {
    const step = building.next();
    if (step.done === true) return step.value;
  }
}

const firstSlot = first / microsecondsPerSlot;
const whole = { firstSlot, endSlot: firstSlot + 21 * 96 };
const sorted = (lines: readonly unknown[]) => lines.map((line) => JSON.stringify(line)).toSorted();

test.each(['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/New_York'])(
  'a week in %s counts every event of the range once, whatever is asked',
  (zone) => {
    const query = fc.record({
      rows: fc.constantFrom<WeekRow>('actor', 'action', 'series'),
      actor: fc.option(fc.constantFrom('', 'ana', 'bo', 'nobody'), { nil: undefined }),
      action: fc.option(fc.constantFrom('read', 'write', 'never'), { nil: undefined }),
      from: fc.integer({ min: -100, max: 22 * 96 }),
      slots: fc.integer({ min: 0, max: 22 * 96 }),
    });
    fc.assert(
      fc.property(events, query, (drawn, { rows, actor, action, from, slots }) => {
        const history = historyOf(drawn);
        const hourOfWeek = hourOfWeekIn(zone);
        const key = (named: { actor: string; action: string }) =>
          ({ actor: [named.actor], action: [named.action], series: [named.actor, named.action] })[rows];
        const cells = sumWeek(indexOf(history, zone), {
          rows,
          actor,
          action: action === undefined ? undefined : (history.actions.find(action) ?? -1),
          firstSlot: firstSlot + from,
          endSlot: firstSlot + from + slots,
          extra: [],
        });
        const found = Array.from(cells.series, (number, cell) => {
          const series = history.series[number]!;
          const named = {
            actor: history.actors[series.actor]!.actor,
            action: history.actions.valueOf(series.action),
          };
          return [...key(named), cells.hours[cell], cells.counts[cell]];
        });
        const chosen = drawn.filter(
          (event) =>
            event.slot >= from &&
            event.slot < from + slots &&
            (actor === undefined || event.actor === actor) &&
            (action === undefined || event.action === action),
        );
        const expected = Map.groupBy(chosen, (event) =>
          JSON.stringify([...key(event), hourOfWeek(firstSlot + event.slot)]),
        );
        expect(sorted(found)).toEqual(
          [...expected].map(([line, { length }]) => `${line.slice(0, -1)},${length}]`).toSorted(),
        );
      }),
      { numRuns: 150 },
    );
  },
);

test('events outside the whole quarter hours are added to the hour they are in', () => {
  const history = historyOf([{ sourceAccount: 'one', actor: 'ana', action: 'read', slot: 40 }]);
  const extra = [{ series: 0, hour: 7, count: 2 }];
  for (const rows of ['actor', 'series'] as const) {
    const cells = sumWeek(indexOf(history, 'UTC'), { rows, ...whole, extra });
    // 20 October 2026 is a Tuesday; slot 40 is 10:00.
    expect([...cells.hours]).toEqual([7, 34]);
    expect([...cells.counts]).toEqual([2, 1]);
  }
});

test('the most active rows are shown, ties by name, and the others are counted', () => {
  fc.assert(
    fc.property(events, fc.integer({ min: 1, max: 5 }), (drawn, top) => {
      const history = historyOf(drawn);
      const cells = sumWeek(indexOf(history, 'UTC'), { rows: 'actor', ...whole, extra: [] });
      const { shown, otherRows, otherTotal } = heatmapRows(cells, history, top);
      const totals = new Map(['ana', 'bo', 'cy', ''].map((name) => [name, 0]));
      for (const { actor } of drawn) totals.set(actor, totals.get(actor)! + 1);
      const ranked = [...totals]
        .filter(([actor, total]) => actor !== '' && total > 0)
        .toSorted(([a, totalA], [b, totalB]) => totalB - totalA || (a < b ? -1 : 1));
      const expected = ranked.slice(0, top);
      if (totals.get('')! > 0) expected.push(['', totals.get('')!]);
      expect(shown.map(({ actor, total }) => [actor, total])).toEqual(expected);
      for (const { counts, total } of shown)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(total);
      expect(otherRows).toBe(Math.max(0, ranked.length - top));
      expect(otherTotal).toBe(ranked.slice(top).reduce((sum, [, total]) => sum + total, 0));
    }),
  );
});

test('cells come by actor, action and hour, and are the same ones whatever the order of events', () => {
  fc.assert(
    fc.property(events, (drawn) => {
      const cellsOf = (given: readonly Drawn[]) => {
        const history = historyOf(given);
        const cells = sumWeek(indexOf(history, 'UTC'), { rows: 'series', ...whole, extra: [] });
        return heatmapCells(cells, history, null);
      };
      const { shown, otherRows } = cellsOf(drawn);
      expect(otherRows).toBe(0);
      expect(shown.reduce((sum, { count }) => sum + count, 0)).toBe(drawn.length);
      expect(shown).toEqual(
        shown.toSorted(
          (a, b) =>
            (a.actor < b.actor ? -1 : a.actor > b.actor ? 1 : 0) ||
            (a.action < b.action ? -1 : a.action > b.action ? 1 : 0) ||
            a.hourOfWeek - b.hourOfWeek,
        ),
      );
      expect(cellsOf(drawn.toReversed())).toEqual(cellsOf(drawn));
    }),
  );
});
