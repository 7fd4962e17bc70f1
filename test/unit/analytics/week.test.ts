// Histories too large to be drawn event by event: many series and days, counts of any size.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActivityDay } from '../../../src-main/analytics/history/activity.ts';
import { Dictionary } from '../../../src-main/analytics/history/dictionary.ts';
import { heatmapCells, heatmapRows } from '../../../src-main/analytics/heatmap.ts';
import { buildWeekIndex, type WeekIndex } from '../../../src-main/analytics/week-index.ts';
import { sumWeek, type WeekQuery } from '../../../src-main/analytics/week.ts';

const hourOfWeek = (slot: number) => (Math.floor(slot / 4) + 9) % 168;

interface Drawn {
  readonly seed: number;
  readonly actors: number;
  readonly days: number;
  readonly cellsPerDay: number;
  readonly mostEvents: number;
}

/** Two source accounts have the same names; every third day has no events. */
function historyOf({ seed, actors, days, cellsPerDay, mostEvents }: Drawn) {
  const random = sequence(seed);
  const actions = new Dictionary();
  for (const action of ['read', 'write', 'delete']) actions.codeOf(action);
  const people = Array.from({ length: actors }, (_, place) => ({
    sourceAccount: place % 2 === 0 ? 'one' : 'two',
    actor: place < 2 ? '' : `actor ${place >> 1}`,
    name: `Name ${place}`,
    firstMicroseconds: 0,
    lastMicroseconds: 0,
  }));
  const series = people.flatMap((_, actor) => [2, 0, 1].map((action) => ({ actor, action })));
  const activity = Array.from({ length: days }, (_, place): ActivityDay => {
    const keys = new Set(
      Array.from({ length: cellsPerDay }, () => Math.floor(random() ** 2 * series.length * 96)),
    );
    const cells = Float64Array.from(keys).toSorted();
    return {
      day: 20_000 + place + Math.floor(place / 2),
      series: Uint32Array.from(cells, (key) => key / 96),
      slots: Uint8Array.from(cells, (key) => key % 96),
      counts: Uint32Array.from(cells, () => 1 + Math.floor(random() ** 4 * mostEvents)),
    };
  });
  return { actors: people, actions, series, activity };
}
type Made = ReturnType<typeof historyOf>;

function sequence(seed: number): () => number {
  let state = seed;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

function indexOf(history: Made): WeekIndex {
  const building = buildWeekIndex(history, 'UTC', hourOfWeek);
  for (;;) {
    const step = building.next();
    if (step.done === true) return step.value;
  }
}

/** The same by definition: [actor, action, hour] and how many. */
function countOneByOne({ activity, series, actors, actions }: Made, query: WeekQuery): Map<string, number> {
  const found = new Map<string, number>();
  const add = (number: number, hour: number, count: number) => {
    const { actor, action } = series[number]!;
    const name = actors[actor]!.actor;
    if (query.actor !== undefined && query.actor !== name) return;
    if (query.action !== undefined && query.action !== action) return;
    const named = {
      actor: [name],
      action: [actions.valueOf(action)],
      series: [name, actions.valueOf(action)],
    };
    const key = JSON.stringify([...named[query.rows], hour]);
    found.set(key, (found.get(key) ?? 0) + count);
  };
  for (const { day, series: numbers, slots, counts } of activity) {
    for (let cell = 0; cell < numbers.length; cell += 1) {
      const slot = day * 96 + slots[cell]!;
      if (slot >= query.firstSlot && slot < query.endSlot)
        add(numbers[cell]!, hourOfWeek(slot), counts[cell]!);
    }
  }
  for (const { series: number, hour, count } of query.extra) add(number, hour, count);
  return found;
}

function countByIndex({ series, actors, actions }: Made, index: WeekIndex, query: WeekQuery) {
  const cells = sumWeek(index, query);
  const found = new Map<string, number>();
  for (let row = 0; row < cells.rowSeries.length; row += 1) {
    const { actor, action } = series[cells.rowSeries[row]!]!;
    const [name, verb] = [actors[actor]!.actor, actions.valueOf(action)];
    const named = { actor: [name], action: [verb], series: [name, verb] }[query.rows];
    const { hours, counts } = cells.hoursOf(row);
    for (let cell = 0; cell < hours.length; cell += 1)
      found.set(JSON.stringify([...named, hours[cell]]), counts[cell]!);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cells.rowTotals[row]);
  }
  expect(cells.total).toBe(cells.rowTotals.reduce((sum, total) => sum + total, 0));
  expect(cells.counts.reduce((sum, count) => sum + count, 0)).toBe(cells.total);
  expect(cells.hours).toHaveLength(found.size);
  return found;
}

const shapes: [string, Omit<Drawn, 'seed'>][] = [
  ['few series', { actors: 6, days: 40, cellsPerDay: 30, mostEvents: 20 }],
  ['series in several blocks', { actors: 1_200, days: 12, cellsPerDay: 6_000, mostEvents: 300 }],
  ['names with more events than one byte holds', { actors: 4, days: 10, cellsPerDay: 300, mostEvents: 250 }],
  ['more places than two bytes hold', { actors: 40, days: 700, cellsPerDay: 20, mostEvents: 3 }],
  ['more events than two bytes hold', { actors: 30, days: 20, cellsPerDay: 200, mostEvents: 900_000 }],
];

test.each(shapes)(
  '%s: any question is answered as counting one by one would',
  (_, shape) => {
    const asked = fc.record({
      seed: fc.integer(),
      rows: fc.constantFrom('actor' as const, 'action' as const, 'series' as const),
      actor: fc.option(fc.constantFrom('', 'actor 1', 'actor 2', 'nobody'), { nil: undefined, freq: 1 }),
      action: fc.option(fc.constantFrom(0, 1, 2, -1), { nil: undefined, freq: 1 }),
      edges: fc.tuple(
        fc.double({ noNaN: true, min: -0.2, max: 1.2 }),
        fc.double({ noNaN: true, min: -0.2, max: 1.2 }),
      ),
      extra: fc.array(
        fc.record({
          series: fc.nat(shape.actors * 3 - 1),
          hour: fc.nat(167),
          count: fc.integer({ min: 1, max: 3 }),
        }),
        { maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(asked, ({ seed, edges, ...query }) => {
        const history = historyOf({ ...shape, seed });
        const [low, high] = edges.toSorted((a, b) => a - b);
        const slotAt = (part: number) => Math.round((20_000 + part * shape.days * 1.5) * 96);
        const range = { firstSlot: slotAt(low!), endSlot: slotAt(high!) };
        const index = indexOf(history);
        // As drawn, and of everybody and everything: that is answered from other parts of the index.
        for (const chosen of [query, { ...query, actor: undefined, action: undefined }]) {
          const whole = { ...chosen, ...range };
          expect(countByIndex(history, index, whole)).toEqual(countOneByOne(history, whole));
        }
      }),
      { numRuns: 25 },
    );
  },
  60_000,
);

test('some rows of a heatmap are the first ones of all rows, by events and then by name', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 60 }), fc.nat(2), (seed, top, quiet) => {
      const history = historyOf({ seed, actors: 30, days: 9, cellsPerDay: 40, mostEvents: 1 + 3 * quiet });
      const index = indexOf(history);
      const range = { firstSlot: 20_002 * 96 + 5, endSlot: 20_011 * 96 + 7, extra: [] };
      const cells = sumWeek(index, { rows: 'series', ...range });
      const all = heatmapCells(cells, history, null).shown;
      const pairs = Map.groupBy(all, ({ actor, action }) => JSON.stringify([actor, action]));
      const totalOf = (pair: string) => pairs.get(pair)!.reduce((sum, { count }) => sum + count, 0);
      // Pairs are in order of name already, and sorting keeps the order of equals.
      const kept = new Set([...pairs.keys()].toSorted((a, b) => totalOf(b) - totalOf(a)).slice(0, top));
      const some = heatmapCells(cells, history, top);
      expect(some.shown).toEqual(
        all.filter(({ actor, action }) => kept.has(JSON.stringify([actor, action]))),
      );
      expect(some.otherRows).toBe(pairs.size - kept.size);
      const shownTotal = some.shown.reduce((sum, { count }) => sum + count, 0);
      expect(some.otherTotal).toBe(cells.total - shownTotal);
    }),
    { numRuns: 60 },
  );
});

test('an actor’s row is its name in all source accounts, under what the first of them calls it', () => {
  const history = historyOf({ seed: 5, actors: 6, days: 9, cellsPerDay: 60, mostEvents: 2 });
  const everything = { firstSlot: 0, endSlot: 30_000 * 96, extra: [] };
  const { shown } = heatmapRows(sumWeek(indexOf(history), { rows: 'actor', ...everything }), history, null);
  expect(shown.map(({ actor, actorName }) => [actor, actorName])).toEqual(
    shown.map(({ actor }) => [actor, actor === '' ? 'Name 0' : `Name ${2 * Number(actor.slice(6))}`]),
  );
  expect(shown.at(-1)?.actor).toBe('');
});
