// Writes pulled events into the mirror: each batch is one transaction that keeps events, cube, pending hours and watermark in step.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import type { DatabaseHandle } from '../database.ts';
import { row } from '../query.ts';

export type MirroredEvent = {
  readonly id: string;
  readonly createdAtMicroseconds: number;
  readonly sourceAccount: string;
  readonly actor: string;
  readonly actorName: string | null;
  readonly actorType: string | null;
  readonly action: string;
  readonly resourceType: string | null;
  readonly resourceId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly severity: string | null;
  readonly metadata: string | null;
};

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
      database.prepare('INSERT INTO source_state (one, identity) VALUES (1, ?)').run(identity);
    })
    .immediate();
}

/** Inserts batches of events; ids of actors and series are looked up once and remembered. */
export function mirrorWriter(
  database: DatabaseHandle,
): (events: readonly MirroredEvent[]) => { duplicates: number } {
  const actorIds = new Map<string, number>();
  const seriesIds = new Map<string, number>();
  const findActor = database.prepare<[string, string], { id: number }>(
    'SELECT id FROM actor WHERE source_account = ? AND actor = ?',
  );
  const addActor = database.prepare(
    'INSERT OR IGNORE INTO actor (source_account, actor, first_us, last_us) VALUES (?, ?, ?, ?)',
  );
  const widenActor = database.prepare(
    'UPDATE actor SET first_us = min(first_us, @at), last_us = max(last_us, @at), name = CASE WHEN @name IS NOT NULL AND (name IS NULL OR @at >= last_us) THEN @name ELSE name END WHERE id = @id',
  );
  const findSeries = database.prepare<[number, string], { id: number }>(
    'SELECT id FROM series WHERE actor_id = ? AND action = ?',
  );
  const addSeries = database.prepare('INSERT OR IGNORE INTO series (actor_id, action) VALUES (?, ?)');
  const addEvent = database.prepare(
    `INSERT OR IGNORE INTO event (created_us, id, series_id, actor_type, resource_type, resource_id, ip, user_agent, severity, metadata)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addCount = database.prepare(
    'INSERT INTO cube (series_id, slot, count) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
  );
  const addPending = database.prepare('INSERT OR IGNORE INTO pending_hour (series_id, hour) VALUES (?, ?)');
  const raiseWatermark = database.prepare(
    'UPDATE source_state SET watermark_us = max(coalesce(watermark_us, @at), @at)',
  );

  function actorIdOf(event: MirroredEvent): number {
    const key = `${event.sourceAccount}\0${event.actor}`;
    const known = actorIds.get(key);
    if (known !== undefined) return known;
    addActor.run(event.sourceAccount, event.actor, event.createdAtMicroseconds, event.createdAtMicroseconds);
    const { id } = findActor.get(event.sourceAccount, event.actor)!;
    actorIds.set(key, id);
    return id;
  }

  function seriesIdOf(actorId: number, action: string): number {
    const key = `${actorId}\0${action}`;
    const known = seriesIds.get(key);
    if (known !== undefined) return known;
    addSeries.run(actorId, action);
    const { id } = findSeries.get(actorId, action)!;
    seriesIds.set(key, id);
    return id;
  }

  function insert(event: MirroredEvent): number | null {
    const actorId = actorIdOf(event);
    const seriesId = seriesIdOf(actorId, event.action);
    const { changes } = addEvent.run(
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
    );
    if (changes === 0) return null;
    widenActor.run({ at: event.createdAtMicroseconds, name: event.actorName, id: actorId });
    return seriesId;
  }

  const write = database.transaction((events: readonly MirroredEvent[]) => {
    let duplicates = 0;
    const counts = new Map<string, number>();
    for (const event of events) {
      const seriesId = insert(event);
      if (seriesId === null) {
        duplicates += 1;
        continue;
      }
      const cell = `${seriesId}:${Math.floor(event.createdAtMicroseconds / microsecondsPerSlot)}`;
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
      // An event nobody is named for counts in the cube, but is never anybody's unusual behaviour.
      if (event.actor !== '')
        addPending.run(seriesId, Math.floor(event.createdAtMicroseconds / microsecondsPerHour));
    }
    for (const [cell, count] of counts) {
      const [seriesId, slot] = cell.split(':').map(Number);
      addCount.run(seriesId, slot, count);
    }
    const last = events.at(-1);
    if (last) raiseWatermark.run({ at: last.createdAtMicroseconds });
    return { duplicates };
  });
  return (events) => {
    try {
      return write.immediate(events);
    } catch (error) {
      // A rolled-back batch takes its new ids with it.
      actorIds.clear();
      seriesIds.clear();
      throw error;
    }
  };
}

/** Pulls the watermark back to `microseconds`, so that one event dated in the future cannot hide all that follow. */
export function capWatermark(database: DatabaseHandle, microseconds: number): void {
  database.prepare('UPDATE source_state SET watermark_us = min(watermark_us, ?)').run(microseconds);
}
