// What a thread prepares for writing is what was read, day by day and in order.
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { idAt, textOf } from '../../../../src-main/store/cache/columns.ts';
import { dayBatches } from '../../../../src-main/store/cache/day-batches.ts';
import {
  batchOf,
  type EventBatch,
  type MirroredEvent,
} from '../../../../src-main/store/cache/mirrored-event.ts';
import { rowsByDay } from '../../../../src-main/store/cache/rows-by-day.ts';
import { makeEvent } from '../../../support/workspace.ts';

const dayUs = 86_400_000_000;

const events = fc.array(
  fc.record({
    id: fc.oneof(fc.uuid(), fc.string({ unit: 'grapheme', maxLength: 3 })),
    createdAtMicroseconds: fc.integer({ min: -3 * dayUs, max: 3 * dayUs }),
    actor: fc.constantFrom('', 'dana', 'omar', '\u{10ffff}'),
    metadata: fc.option(fc.string({ maxLength: 5 })),
    ip: fc.option(fc.constantFrom('10.0.0.1', '10.0.0.2')),
  }),
  { maxLength: 40 },
);

const told = (batch: EventBatch) =>
  Array.from({ length: batch.length }, (_, row) => [
    batch.microseconds[row]!,
    idAt(batch.ids, row),
    ...['actor', 'metadata', 'ip'].map((field) => {
      const column = batch.columns.get(field as 'ip');
      return column ? textOf(column, row) : null;
    }),
  ]);

const byTimeAndBytes = (a: readonly unknown[], b: readonly unknown[]) =>
  Number(a[0]) - Number(b[0]) || Buffer.compare(Buffer.from(String(a[1])), Buffer.from(String(b[1])));

describe('batches of days', () => {
  test('hold every event once, each day in order, whatever pieces it came in', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 4 }), (pieces) => {
        const whole = pieces.map((piece): MirroredEvent[] => piece.map((event) => makeEvent(event)));
        const days = dayBatches(whole.map(batchOf));
        expect(days.flatMap(told)).toEqual(
          whole.flatMap((piece) => told(batchOf(piece))).toSorted(byTimeAndBytes),
        );
        const starts = days.map(({ microseconds }) => Math.floor(microseconds[0]! / dayUs));
        expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
        for (const { microseconds } of days)
          expect(new Set([...microseconds].map((at) => Math.floor(at / dayUs))).size).toBe(1);
      }),
      { numRuns: 200 },
    );
  });

  test('rows of a day are found wherever the days lie', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 }), (days) => {
        const found = rowsByDay(Float64Array.from(days, (day, place) => day * dayUs + place));
        const naive = Map.groupBy(days.keys(), (row) => days[row]!);
        expect(new Map([...found].map(([day, rows]) => [day, [...rows]]))).toEqual(naive);
      }),
    );
  });
});
