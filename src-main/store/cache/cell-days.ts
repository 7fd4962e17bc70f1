// Writes counts that the database made into the mirror: cells without events, kept in step with names, pending hours and watermark.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { slotsPerDay } from '../../analytics/history/activity.ts';
import type { DatabaseHandle } from '../database.ts';
import { hideInBatch, hideInEvent, isHidden } from '../erasure/erased-people.ts';
import { seriesOfBatch } from './batch-series.ts';
import type { Cells } from './cells.ts';
import type { TextColumn } from './columns.ts';
import { readDay, storeDay } from './day.ts';
import { keepFetched } from './kept-events.ts';
import { mirrorGuard, raiseWatermark } from './mirror.ts';
import type { BatchField, MirroredEvent } from './mirrored-event.ts';
import type { Names } from './names.ts';
import { forgetHistory, mirroredNames } from './resident.ts';

/** Counts in columns, in any order; what is counted in several rows adds up. */
export type CountBatch = {
  readonly length: number;
  /** Quarter hours since the epoch. */
  readonly slots: Int32Array;
  readonly counts: Float64Array;
  readonly columns: ReadonlyMap<BatchField, TextColumn>;
};

export type ActorName = {
  readonly sourceAccount: string;
  readonly actor: string;
  readonly name: string;
  readonly microseconds: number;
};

export type CountsRead = {
  /** Together they hold all of each (series, quarter hour) they name. */
  readonly batches: readonly CountBatch[];
  /** What actors are called, and when they were called so last. */
  readonly actorNames: readonly ActorName[];
  /** Events to keep whole. */
  readonly kept: readonly MirroredEvent[];
  /** Everything up to here has been read; null leaves the watermark where it is. */
  readonly watermarkMicroseconds: number | null;
  /** Nobody can have been seen later than this, wherever in its quarter hour an event lies. */
  readonly nowMicroseconds: number;
};

export type CountsWritten = {
  /** Events in what was read, and how many of them were new. */
  readonly received: number;
  readonly added: number;
};

/** Writes what was read in one transaction each. Reading the same again changes nothing. */
export function countWriter(database: DatabaseHandle): (read: CountsRead) => CountsWritten {
  const assertSameSource = mirrorGuard(database);
  const write = database.transaction((read: CountsRead): CountsWritten => {
    assertSameSource();
    const names = mirroredNames(database);
    const written = { received: 0, added: 0 };
    for (const [day, counts] of countsByDay(
      read.batches.map((batch) => hideInBatch(database, batch)),
      names,
    )) {
      written.received += sumOf(counts);
      written.added += writeCounts(database, names, day, counts, read.nowMicroseconds);
    }
    for (const { sourceAccount, actor, name, microseconds } of read.actorNames)
      if (!isHidden(database, actor)) names.call(names.actorOf(sourceAccount, actor), name, microseconds);
    keepFetched(
      database,
      names,
      read.kept.map((event) => hideInEvent(database, event)),
    );
    names.save(database);
    if (read.watermarkMicroseconds !== null) raiseWatermark(database, read.watermarkMicroseconds);
    return written;
  });
  return (read) => {
    try {
      return write.immediate(read);
    } catch (error) {
      forgetHistory(database);
      throw error;
    }
  };
}

/** Keeps events whole that were fetched one by one. */
export function keepFetchedEvents(database: DatabaseHandle, events: readonly MirroredEvent[]): void {
  const nothing = { batches: [], actorNames: [], watermarkMicroseconds: null, nowMicroseconds: 0 };
  countWriter(database)({ ...nothing, kept: events });
}

function writeCounts(
  database: DatabaseHandle,
  names: Names,
  day: number,
  counts: Cells,
  nowMicroseconds: number,
): number {
  const before = readDay(database, day);
  const { all, grown } = before === null ? { all: counts, grown: counts } : replaceCells(before, counts);
  if (grown.series.length === 0) return 0;
  widenActors(names, day, grown, nowMicroseconds);
  storeDay(database, names, day, all, before === null ? null : grown);
  return sumOf(grown);
}

/**
 * Puts cells that were read again in the place of those held. A cell never shrinks: what the database no longer shows was
 * there, stays here, and is told of by the counts of the day.
 * @returns all cells, and by how much those that are not as they were have grown.
 */
export function replaceCells(held: Cells, read: Cells): { all: Cells; grown: Cells } {
  const most = held.series.length + read.series.length;
  const all = cellList(most);
  const grown = cellList(most);
  const keyOf = ({ series, slots }: Cells, at: number) =>
    at < series.length ? series[at]! * slotsPerDay + slots[at]! : Infinity;
  for (let atHeld = 0, atRead = 0; atHeld < held.series.length || atRead < read.series.length;) {
    const [keyHeld, keyRead] = [keyOf(held, atHeld), keyOf(read, atRead)];
    const key = Math.min(keyHeld, keyRead);
    const before = keyHeld === key ? held.counts[atHeld++]! : 0;
    const now = keyRead === key ? read.counts[atRead++]! : 0;
    all.push(key, Math.max(before, now));
    if (now > before) grown.push(key, now - before);
  }
  return { all: all.done(), grown: grown.done() };
}

function cellList(most: number) {
  const cells = { series: new Uint32Array(most), slots: new Uint8Array(most), counts: new Uint32Array(most) };
  let length = 0;
  return {
    push: (key: number, count: number) => {
      cells.series[length] = Math.floor(key / slotsPerDay);
      cells.slots[length] = key % slotsPerDay;
      cells.counts[length] = count;
      length += 1;
    },
    done: (): Cells => ({
      series: cells.series.slice(0, length),
      slots: cells.slots.slice(0, length),
      counts: cells.counts.slice(0, length),
    }),
  };
}

/** Days ascending, cells of each ascending by (series, slot). */
function countsByDay(batches: readonly CountBatch[], names: Names): [number, Cells][] {
  const days = new Map<number, Map<number, number>>();
  for (const batch of batches) {
    const microseconds = Float64Array.from(batch.slots, (slot) => slot * microsecondsPerSlot);
    const series = seriesOfBatch({ ...batch, microseconds }, names);
    for (let row = 0; row < batch.length; row += 1) {
      const day = Math.floor(batch.slots[row]! / slotsPerDay);
      const sums = days.get(day) ?? new Map<number, number>();
      if (sums.size === 0) days.set(day, sums);
      const key = series[row]! * slotsPerDay + (batch.slots[row]! - day * slotsPerDay);
      sums.set(key, (sums.get(key) ?? 0) + batch.counts[row]!);
    }
  }
  return [...days]
    .toSorted(([a], [b]) => a - b)
    .map(([day, sums]) => {
      const cells = cellList(sums.size);
      for (const key of Float64Array.from(sums.keys()).toSorted()) cells.push(key, sums.get(key)!);
      return [day, cells.done()];
    });
}

/** When exactly within its quarter hour somebody acted is not known: first is its begin, last its end. */
function widenActors(names: Names, day: number, { series, slots }: Cells, nowMicroseconds: number): void {
  for (let cell = 0; cell < series.length; cell += 1) {
    const start = (day * slotsPerDay + slots[cell]!) * microsecondsPerSlot;
    const last = Math.max(start, Math.min(start + microsecondsPerSlot - 1, nowMicroseconds));
    names.widen(names.series[series[cell]!]!.actor, start, last);
  }
}

const sumOf = ({ counts }: Cells): number => counts.reduce((sum, count) => sum + count, 0);
