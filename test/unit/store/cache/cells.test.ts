import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countCells, groupBySeries } from '../../../../src-main/store/cache/cells.ts';

const slotMicroseconds = 900_000_000;
const seriesCount = 9;

/** Events of one day in time order, of which some are asked about; before 1970 too. */
const dayOfEvents = fc.record({
  day: fc.integer({ min: -3, max: 20_000 }),
  events: fc
    .array(
      fc.record({
        at: fc.oneof(
          fc.nat(96 * slotMicroseconds - 1),
          // On the very first and last microsecond of a quarter hour.
          fc
            .tuple(fc.nat(95), fc.boolean())
            .map(([slot, isLast]) => (slot + (isLast ? 1 : 0)) * slotMicroseconds - (isLast ? 1 : 0)),
        ),
        series: fc.nat(seriesCount - 1),
        isAsked: fc.boolean(),
      }),
      { maxLength: 60 },
    )
    .map((events) => events.toSorted((a, b) => a.at - b.at)),
  /** Rows are in time order; where they lie need not be. */
  isTurned: fc.boolean(),
});

test('rows are grouped by series in the order given, and counted by quarter hour', () => {
  fc.assert(
    fc.property(dayOfEvents, ({ day, events, isTurned }) => {
      const lying = isTurned ? events.toReversed() : events;
      const start = day * 96 * slotMicroseconds;
      const microseconds = Float64Array.from(lying, ({ at }) => start + at);
      const series = Uint32Array.from(lying, (event) => event.series);
      const places = Array.from(lying.keys()).filter((row) => lying[row]!.isAsked);
      const rows = Uint32Array.from(isTurned ? places.toReversed() : places);

      const grouped = groupBySeries(series, rows, seriesCount);
      const byNumber = Map.groupBy(rows, (row) => series[row]!);
      const expected = [...byNumber].toSorted(([a], [b]) => a - b);
      expect([...grouped.series]).toEqual(expected.map(([number]) => number));
      expect([...grouped.rows]).toEqual(expected.flatMap(([, own]) => own));
      expect([...grouped.offsets]).toEqual(
        expected.reduce((offsets, [, own]) => [...offsets, offsets.at(-1)! + own.length], [0]),
      );

      const cells = countCells(grouped, microseconds, day);
      const found = Array.from(cells.series, (number, cell) => [
        number,
        cells.slots[cell],
        cells.counts[cell],
      ]);
      const counted = expected.flatMap(([number, own]) =>
        [...Map.groupBy(own, (row) => Math.floor(lying[row]!.at / slotMicroseconds))].map(
          ([slot, { length }]) => [number, slot, length],
        ),
      );
      expect(found).toEqual(counted);
    }),
    { numRuns: 300 },
  );
});

test('a day in which every series has events', () => {
  const series = Uint32Array.from({ length: 6 }, (_, row) => row % 3);
  const grouped = groupBySeries(series, Uint32Array.from([0, 1, 2, 3, 4, 5]), 3);
  expect([...grouped.series]).toEqual([0, 1, 2]);
  expect([...grouped.offsets]).toEqual([0, 2, 4, 6]);
});
