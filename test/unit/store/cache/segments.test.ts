import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compactIds } from '../../../../src-main/store/cache/compact-ids.ts';
import { codedColumn, plainColumn } from '../../../../src-main/store/cache/mirrored-event.ts';
import { cacheMigrations } from '../../../../src-main/store/cache/schema.ts';
import {
  deleteSegment,
  insertSegment,
  openSegment,
  readSegmentInfos,
  readStretch,
} from '../../../../src-main/store/cache/segments.ts';
import type { Stretch } from '../../../../src-main/store/cache/stretch.ts';
import { migrate } from '../../../../src-main/store/migrate.ts';

function openCache() {
  const cache = new Database(':memory:');
  cache.pragma('foreign_keys = ON');
  migrate(cache, cacheMigrations, () => {});
  return cache;
}

type Told = { readonly step: number; readonly series: number; readonly ip: string | null };

function stretchOf(first: number, ids: readonly string[], told: readonly Told[]): Stretch {
  let time = first;
  const texts = plainColumn(ids);
  if (texts.kind !== 'plain') throw new TypeError('Ids are not coded.');
  return {
    length: ids.length,
    microseconds: Float64Array.from(told, ({ step }) => (time += step)),
    series: Uint32Array.from(told, ({ series }) => series),
    ids: compactIds({ kind: 'text', offsets: texts.offsets, bytes: texts.bytes }),
    fields: new Map([
      ['ip', codedColumn(told.map(({ ip }) => ip))],
      ['metadata', plainColumn(told.map(({ ip }) => ip))],
    ]),
  };
}

const told = fc.record({
  step: fc.oneof(fc.nat(5_000_000), fc.constantFrom(0, 2 ** 33)),
  series: fc.oneof(fc.nat(3), fc.nat(200_000)),
  ip: fc.option(fc.ipV4()),
});

describe('segments in the file', () => {
  test('read back as they were written, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
        fc.array(told, { minLength: 1, maxLength: 60 }),
        fc.boolean(),
        fc.infiniteStream(fc.uuid()),
        (first, events, isUuid, uuids) => {
          const cache = openCache();
          const ids = events.map((_, at) => (isUuid ? uuids.next().value : `e${at}`));
          const stretch = stretchOf(first, ids, events);
          insertSegment(cache, 0, stretch);
          const [info] = readSegmentInfos(cache);
          expect(readStretch(cache, info!)).toEqual(stretch);
          const segment = openSegment(() => cache, info!);
          expect(segment.microseconds).toEqual(stretch.microseconds);
          expect(segment.series).toEqual(stretch.series);
          expect(segment.column('ip')).toEqual(stretch.fields.get('ip'));
          expect(ids.map((_, at) => segment.idAt(at))).toEqual(ids);
          expect(ids.map((_, at) => segment.plainText!('metadata', at))).toEqual(events.map(({ ip }) => ip));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('tell their ids in whatever order many of them are asked', () => {
    const cache = openCache();
    const told = [0, 1].map((step) => ({ step, series: 0, ip: null }));
    for (let day = 0; day < 9; day += 1)
      insertSegment(cache, day, stretchOf(day * 10, [`${day}-0`, `${day}-1`], told));
    const segments = readSegmentInfos(cache).map((info) => openSegment(() => cache, info));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(8), fc.nat(1))), (asked) => {
        for (const [day, place] of asked) expect(segments[day]!.idAt(place)).toBe(`${day}-${place}`);
      }),
    );
  });

  test('that are gone say so when they are read', () => {
    const cache = openCache();
    insertSegment(cache, 0, stretchOf(0, ['a'], [{ step: 0, series: 0, ip: null }]));
    const [info] = readSegmentInfos(cache);
    const segment = openSegment(() => cache, info!);
    deleteSegment(cache, info!.id);
    expect(() => segment.microseconds).toThrow(/changed while it was being read/);
  });

  test('that a disk changed are damage', () => {
    const cache = openCache();
    insertSegment(
      cache,
      0,
      stretchOf(
        0,
        ['a', 'b'],
        [0, 7].map((step) => ({ step, series: step, ip: '::1' })),
      ),
    );
    cache.exec('UPDATE segment_column SET body = zeroblob(length(body) + 1)');
    const [info] = readSegmentInfos(cache);
    const segment = openSegment(() => cache, info!);
    for (const read of [
      () => segment.microseconds,
      () => segment.series,
      () => segment.idAt(0),
      () => segment.column('ip'),
    ])
      expect(read).toThrow(/damaged/);
  });
});
