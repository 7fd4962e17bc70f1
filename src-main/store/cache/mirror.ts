// Writes pulled events into the mirror: each batch is one transaction that keeps events, counts, pending hours and watermark in step.
import { Problem } from '#shared/model/problem.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, run } from '../query.ts';
import type { MirroredEvent } from './mirrored-event.ts';
import { addTotals, count, emptyTotals, seriesFinder } from './totals.ts';

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
        'pending_hour',
        'cube',
        'day',
        'event',
        'series',
        'actor',
        'finding_version',
        'server_review',
        'refresh_run',
        'source_state',
      ]) {
        database.exec(`DELETE FROM ${table}`);
      }
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

/** Inserts batches of events; ids of actors and series are looked up once and remembered. */
export function mirrorWriter(
  database: DatabaseHandle,
): (events: readonly MirroredEvent[]) => { duplicates: number } {
  const assertSameSource = mirrorGuard(database);
  const idOf = seriesFinder(database);
  const addEvent = database.prepare(
    `INSERT OR IGNORE INTO event (created_us, id, series_id, actor_type, resource_type, resource_id, ip, user_agent, severity, metadata)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insert = (event: MirroredEvent, seriesId: number): boolean =>
    addEvent.run(
      event.createdAtMicroseconds,
      event.id,
      seriesId,
      event.actorType,
      event.resourceType,
      event.resourceId,
      event.ip,
      event.userAgent,
      event.severity,
      event.metadata,
    ).changes > 0;

  const write = database.transaction((events: readonly MirroredEvent[]) => {
    assertSameSource();
    const totals = emptyTotals();
    let duplicates = 0;
    for (const event of events) {
      const series = idOf(event);
      if (insert(event, series.seriesId)) count(totals, event, series);
      else duplicates += 1;
    }
    addTotals(database, totals);
    const last = events.at(-1);
    if (last) raiseWatermark(database, last.createdAtMicroseconds);
    return { duplicates };
  });
  return (events) => {
    try {
      return write.immediate(events);
    } catch (error) {
      // A rolled-back batch takes its new ids with it.
      idOf.forget();
      throw error;
    }
  };
}

/** Pulls the watermark back to `microseconds`, so that one event dated in the future cannot hide all that follow. */
export function capWatermark(database: DatabaseHandle, microseconds: number): void {
  run(database, 'UPDATE source_state SET watermark_us = min(watermark_us, ?)', microseconds);
}

function raiseWatermark(database: DatabaseHandle, microseconds: number): void {
  run(database, 'UPDATE source_state SET watermark_us = max(coalesce(watermark_us, @at), @at)', {
    at: microseconds,
  });
}
