// Counts read again and again: whatever order slots are read in, the mirror holds the cells of all that was ever there.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTotals } from '../../../src-main/store/cache/activity.ts';
import { countWriter, keepFetchedEvents, type CountBatch } from '../../../src-main/store/cache/cell-days.ts';
import { claimMirror, readSourceState } from '../../../src-main/store/cache/mirror.ts';
import { codedColumn } from '../../../src-main/store/cache/mirrored-event.ts';
import { readPendingDays, readPendingHours, settleDay } from '../../../src-main/store/cache/pending.ts';
import { mirroredHistory } from '../../../src-main/store/cache/resident.ts';
import type { DatabaseHandle } from '../../../src-main/store/database.ts';
import { cellsOf } from '../../support/mirror.ts';
import { openCache } from '../../support/workspace.ts';

type Counted = { actor: string; action: string; slot: number; count: number };

const slotsPerDay = 96;
const slotMicroseconds = 900_000_000;
const firstSlot = 20_000 * slotsPerDay;

function batchOf(counted: readonly Counted[]): CountBatch {
  return {
    length: counted.length,
    slots: Int32Array.from(counted, ({ slot }) => slot),
    counts: Float64Array.from(counted, ({ count }) => count),
    columns: new Map([
      ['sourceAccount', codedColumn(counted.map(() => 'primary'))],
      ['actor', codedColumn(counted.map(({ actor }) => actor))],
      ['action', codedColumn(counted.map(({ action }) => action))],
    ]),
  };
}

function mirror(): {
  cache: DatabaseHandle;
  write: (counted: readonly Counted[], watermark?: number) => { added: number; received: number };
} {
  const cache = openCache();
  claimMirror(cache, 'counted');
  const writer = countWriter(cache);
  const write = (counted: readonly Counted[], watermark: number | null = null) =>
    writer({
      batches: [batchOf(counted)],
      actorNames: [],
      kept: [],
      watermarkMicroseconds: watermark,
      nowMicroseconds: Number.MAX_SAFE_INTEGER,
    });
  return { cache, write };
}

/** Cells by name, with what was counted for each. */
function namedCells(cache: DatabaseHandle): Map<string, number> {
  const { series, actors, actions } = mirroredHistory(cache);
  return new Map(
    cellsOf(cache).map(({ series: number, slot, count }) => {
      const { actor, action } = series[number]!;
      return [JSON.stringify([actors[actor]!.actor, actions.valueOf(action), slot]), count];
    }),
  );
}

const event = fc.record({
  actor: fc.constantFrom('', 'ann', 'bob'),
  action: fc.constantFrom('read', 'write'),
  slot: fc.constantFrom(0, 1, 50, 95, 96, 190, 200).map((slot) => firstSlot + slot),
  /** Committed before the reading of this number, gone after that one. */
  since: fc.integer({ min: 0, max: 3 }),
  until: fc.option(fc.integer({ min: 1, max: 4 }), { nil: 9 }),
});
type Event = { actor: string; action: string; slot: number; since: number; until: number };

const keyOf = ({ actor, action, slot }: Pick<Event, 'actor' | 'action' | 'slot'>) =>
  JSON.stringify([actor, action, slot]);

/** What the database would answer, with some counts in two rows. */
function counted(events: readonly Event[]): Counted[] {
  const rows = [...Map.groupBy(events, keyOf).values()].flatMap((own) => {
    const { actor, action, slot } = own[0]!;
    const row = { actor, action, slot };
    return own.length > 2
      ? [
          { ...row, count: own.length - 2 },
          { ...row, count: 2 },
        ]
      : [{ ...row, count: own.length }];
  });
  return rows.toReversed();
}

describe('counts that are read again', () => {
  test('any sequence of readings, each from some slot on, gives the largest count every cell was read with', () => {
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.array(fc.integer({ min: -1, max: 3 * slotsPerDay }), { minLength: 1, maxLength: 5 }),
        (events, readings) => {
          const { cache, write } = mirror();
          const expected = new Map<string, number>();
          let added = 0;
          for (const [number, from] of readings.entries()) {
            const visible = events.filter(
              ({ slot, since, until }) => slot >= firstSlot + from && since <= number && until > number,
            );
            added += write(counted(visible)).added;
            for (const [key, own] of Map.groupBy(visible, keyOf))
              expected.set(key, Math.max(expected.get(key) ?? 0, own.length));
          }
          const total = [...expected.values()].reduce((sum, count) => sum + count, 0);
          expect(namedCells(cache)).toEqual(expected);
          expect(added).toBe(total);
          expect(readTotals(cache).events).toBe(total);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('where nothing goes away, readings that together see everything give the cells of all events', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), fc.integer({ min: 0, max: 200 }), (events, from) => {
        const { cache, write } = mirror();
        write(counted(events.filter(({ since }) => since === 0)));
        write(counted(events.filter(({ slot, since }) => since <= 2 && slot >= firstSlot + from)));
        write(counted(events));
        expect(namedCells(cache)).toEqual(
          new Map([...Map.groupBy(events, keyOf)].map(([key, own]) => [key, own.length])),
        );
        expect(readTotals(cache).unattributed).toBe(events.filter(({ actor }) => actor === '').length);
        expect(write(counted(events))).toEqual({ received: events.length, added: 0 });
      }),
      { numRuns: 60 },
    );
  });

  test('a new day is pending as a whole, a known one where it changed, one that did not change not at all', () => {
    const { cache, write } = mirror();
    const ann = { actor: 'ann', action: 'read', slot: firstSlot + 9, count: 2 };
    const day = firstSlot / slotsPerDay;
    write([ann], 77);
    expect(readPendingHours(cache, day)).toBeNull();
    expect(readSourceState(cache)?.watermarkMicroseconds).toBe(77);
    for (const cells of mirroredHistory(cache).activity) settleDay(cache, cells, (day + 1) * 24);
    write([ann]);
    expect(readPendingDays(cache, Infinity)).toEqual([]);
    write([
      { ...ann, count: 1 },
      { ...ann, actor: 'bob', slot: firstSlot + 41 },
    ]);
    const [[series, hours] = [-1, []]] = [...readPendingHours(cache, day)!];
    expect(mirroredHistory(cache).actors[mirroredHistory(cache).series[series]!.actor]!.actor).toBe('bob');
    expect(hours).toEqual([day * 24 + 10]);
  });

  test('an actor was seen from the begin of the first quarter hour to the end of the last, and never in the future', () => {
    const cache = openCache();
    claimMirror(cache, 'counted');
    const nowMicroseconds = (firstSlot + 8) * slotMicroseconds + 5;
    const cells = [3, 8].map((slot) => ({ actor: 'ann', action: 'read', slot: firstSlot + slot, count: 1 }));
    countWriter(cache)({
      batches: [batchOf(cells)],
      actorNames: [],
      kept: [],
      watermarkMicroseconds: null,
      nowMicroseconds,
    });
    expect(mirroredHistory(cache).actors).toMatchObject([
      { firstMicroseconds: (firstSlot + 3) * slotMicroseconds, lastMicroseconds: nowMicroseconds },
    ]);
  });

  test('what fails leaves nothing behind, in the file or in memory', () => {
    const { cache, write } = mirror();
    write([{ actor: 'ann', action: 'read', slot: firstSlot, count: 1 }]);
    cache.exec("CREATE TRIGGER stop BEFORE INSERT ON day BEGIN SELECT RAISE(ABORT, 'full'); END");
    expect(() => write([{ actor: 'new', action: 'read', slot: firstSlot + 500, count: 1 }])).toThrow(/full/);
    cache.exec('DROP TRIGGER stop');
    expect(mirroredHistory(cache).actors.map(({ actor }) => actor)).toEqual(['ann']);
    expect(namedCells(cache).size).toBe(1);
  });

  test('events fetched one by one are kept whole and counted no second time', () => {
    const { cache, write } = mirror();
    write([{ actor: 'ann', action: 'read', slot: firstSlot, count: 1 }]);
    const fetched = {
      id: 'one',
      createdAtMicroseconds: firstSlot * slotMicroseconds + 7,
      sourceAccount: 'primary',
      actor: 'ann',
      actorName: 'Ann',
      actorType: 'user',
      action: 'read',
      resourceType: null,
      resourceId: null,
      ip: null,
      userAgent: null,
      severity: null,
      metadata: '{"a":1}',
    };
    for (let twice = 0; twice < 2; twice += 1) keepFetchedEvents(cache, [fetched]);
    expect(cache.prepare('SELECT id, actor_type, metadata, is_whole FROM event').all()).toEqual([
      { id: 'one', actor_type: 'user', metadata: '{"a":1}', is_whole: 1 },
    ]);
    expect(readTotals(cache).events).toBe(1);
    expect(mirroredHistory(cache)).toMatchObject({ onlyCounts: true, actors: [{ name: 'Ann' }] });
  });
});
