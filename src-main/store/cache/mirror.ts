// Writes pulled events into the mirror: each batch is one transaction that keeps events, counts, pending hours and names in step.
import { Problem } from '#shared/model/problem.ts';
import { segmentFields, type SegmentField } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { hideInBatch } from '../erasure/erased-people.ts';
import { row, run } from '../query.ts';
import { compactIds } from './compact-ids.ts';
import { addDay } from './day.ts';
import { seriesOfBatch } from './batch-series.ts';
import type { WriteOptions, Written } from './written.ts';
import type { EventBatch } from './mirrored-event.ts';
import type { TextColumn } from './columns.ts';
import type { Names } from './names.ts';
import { rowsByDay } from './rows-by-day.ts';
import { forgetHistory, mirroredNames } from './resident.ts';
import type { Part } from './stretch.ts';

export type SourceState = {
  readonly identity: string;
  readonly watermarkMicroseconds: number | null;
  readonly hasReviewTable: boolean;
};

export function readSourceState(database: DatabaseHandle): SourceState | null {
  const state = row<{ identity: string; watermark_us: number | null; has_review_table: number }>(
    database,
    'SELECT identity, watermark_us, has_review_table FROM source_state',
  );
  return state
    ? {
        identity: state.identity,
        watermarkMicroseconds: state.watermark_us,
        hasReviewTable: state.has_review_table === 1,
      }
    : null;
}

/** Makes the mirror belong to `identity`, emptying it when it held another source. */
export function claimMirror(database: DatabaseHandle, identity: string): void {
  database
    .transaction(() => {
      if (readSourceState(database)?.identity === identity) return;
      for (const table of [
        'pending_day',
        'day',
        'segment_column',
        'segment',
        'event',
        'kept_action',
        'sought_event',
        'series',
        'actor',
        'finding_version',
        'server_review',
        'refresh_run',
        'source_state',
      ]) {
        database.exec(`DELETE FROM ${table}`);
      }
      database.exec(
        'UPDATE mirror_revision SET epoch = abs(random() % 9007199254740991), names = 0, days = 0',
      );
      run(database, 'INSERT INTO source_state (one, identity) VALUES (1, ?)', identity);
    })
    .immediate();
}

/**
 * Returns a check that the mirror is still of the source it is of now; to be called inside each later transaction.
 * Another process may connect the workspace elsewhere in the middle of a refresh, and two sources must never mix.
 */
export function mirrorGuard(database: DatabaseHandle): () => void {
  const claimed = readSourceState(database)?.identity;
  return () => {
    if (claimed !== undefined && readSourceState(database)?.identity === claimed) return;
    throw new Problem(
      'conflict',
      'This workspace was connected to another source meanwhile, so this work ended. Every decision is kept.',
      { next: 'Refresh again.' },
    );
  };
}

/** Writes batches of columns; names are read once and remembered. */
export function batchWriter(
  database: DatabaseHandle,
): (batches: readonly EventBatch[], options: WriteOptions) => Written {
  const assertSameSource = mirrorGuard(database);
  const write = database.transaction((batches: readonly EventBatch[], options: WriteOptions): Written => {
    assertSameSource();
    const names = mirroredNames(database);
    const written = { duplicates: 0, added: 0 };
    for (const [day, parts] of [...partsByDay(database, batches, names)].toSorted(([a], [b]) => a - b)) {
      const done = addDay(database, names, day, parts, options);
      written.duplicates += done.duplicates;
      written.added += done.added;
    }
    names.save(database);
    if (options.watermarkMicroseconds !== null) raiseWatermark(database, options.watermarkMicroseconds);
    return written;
  });
  return (batches, options) => {
    try {
      return write.immediate(batches, options);
    } catch (error) {
      // A rolled-back batch takes its new numbers with it.
      forgetHistory(database);
      throw error;
    }
  };
}

function partsByDay(
  database: DatabaseHandle,
  received: readonly EventBatch[],
  names: Names,
): Map<number, Part[]> {
  const parts = new Map<number, Part[]>();
  for (const whole of received) {
    const batch = hideInBatch(database, whole);
    const { length, microseconds, columns } = batch;
    const ids = compactIds(batch.ids);
    const fields = new Map<SegmentField, TextColumn>();
    for (const field of segmentFields) {
      const column = columns.get(field);
      if (column) fields.set(field, column);
    }
    const stretch = { length, microseconds, ids, series: seriesOfBatch(batch, names), fields };
    for (const [day, rows] of rowsByDay(microseconds)) {
      const others = parts.get(day);
      if (others) others.push({ stretch, rows });
      else parts.set(day, [{ stretch, rows }]);
    }
  }
  return parts;
}

/** Pulls the watermark back to `microseconds`, so that one event dated in the future cannot hide all that follow. */
export function capWatermark(database: DatabaseHandle, microseconds: number): void {
  run(database, 'UPDATE source_state SET watermark_us = min(watermark_us, ?)', microseconds);
}

/** Everything up to here has been read. */
export function raiseWatermark(database: DatabaseHandle, microseconds: number): void {
  run(database, 'UPDATE source_state SET watermark_us = max(coalesce(watermark_us, @at), @at)', {
    at: microseconds,
  });
}
