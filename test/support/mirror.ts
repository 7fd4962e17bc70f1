// Looks into a mirror event by event and cell by cell, without the reads that are being tested.
import { unpackCells } from '../../src-main/store/cache/cells.ts';
import { emptyNames } from '../../src-main/store/cache/names.ts';
import { openSegment, readSegmentInfos } from '../../src-main/store/cache/segments.ts';
import type { DatabaseHandle } from '../../src-main/store/database.ts';

export type Mirrored = {
  id: string;
  microseconds: number;
  series: number;
  sourceAccount: string;
  actor: string;
  action: string;
};

/** Every event of every segment, as the segments hold them. */
export function eventsOf(cache: DatabaseHandle): Mirrored[] {
  const names = emptyNames();
  names.sync(cache);
  return readSegmentInfos(cache).flatMap((info) => {
    const segment = openSegment(() => cache, info);
    return Array.from({ length: segment.length }, (_, index) => {
      const number = segment.series[index]!;
      const { sourceAccount, actor } = names.actors[names.series[number]!.actor]!;
      const action = names.actions.valueOf(names.series[number]!.action);
      return {
        id: segment.idAt(index),
        microseconds: segment.microseconds[index]!,
        series: number,
        sourceAccount,
        actor,
        action,
      };
    });
  });
}

export type Cell = { series: number; slot: number; count: number };

/** Every cell of the cube; a slot counts quarter hours since the epoch. */
export function cellsOf(cache: DatabaseHandle): Cell[] {
  const days = cache.prepare('SELECT day, cells FROM day').all() as { day: number; cells: Buffer }[];
  return days.flatMap(({ day, cells }) => {
    const { series, slots, counts } = unpackCells(cells);
    return Array.from(series, (number, cell) => ({
      series: number,
      slot: day * 96 + slots[cell]!,
      count: counts[cell]!,
    }));
  });
}
