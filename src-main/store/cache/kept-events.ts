// Events that are kept whole, one row each, whatever else is left out or removed.
import { textAt, type EventReference, type SegmentField } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { rows, run } from '../query.ts';
import { idAt, textOf, type TextColumn } from './columns.ts';
import type { BySeries } from './cells.ts';
import type { WriteOptions } from './written.ts';
import type { MirroredEvent } from './mirrored-event.ts';
import type { Names } from './names.ts';
import type { Stretch } from './stretch.ts';

/** Keeps those of the added events that are privileged or critical. */
export function keepWhole(
  database: DatabaseHandle,
  names: Names,
  all: Stretch,
  added: BySeries,
  { keptActions, isWhole }: Pick<WriteOptions, 'keptActions' | 'isWhole'>,
): void {
  const isCritical = criticalRows(all.fields.get('severity'));
  for (const [group, number] of added.series.entries()) {
    const isKept = keptActions.has(names.actions.valueOf(names.series[number]!.action));
    if (!isKept && isCritical === null) continue;
    for (const place of added.rows.subarray(added.offsets[group], added.offsets[group + 1]))
      if (isKept || isCritical?.(place)) keepRow(database, rowOf(all, place), isWhole);
  }
}

/** Null when none of them can be. */
function criticalRows(severity: TextColumn | undefined): ((place: number) => boolean) | null {
  if (severity === undefined) return null;
  if (severity.kind === 'plain') return (place) => textOf(severity, place) === 'critical';
  const critical = severity.values.indexOf('critical');
  return critical < 0 ? null : (place) => severity.codes[place] === critical;
}

type Row = {
  readonly microseconds: number;
  readonly id: string;
  readonly series: number;
  readonly text: (field: SegmentField) => string | null;
};

function keepRow(database: DatabaseHandle, { microseconds, id, series, text }: Row, isWhole: boolean): void {
  run(
    database,
    `INSERT OR IGNORE INTO event (created_us, id, series_id, actor_type, resource_type, resource_id, ip, user_agent, severity, metadata, is_whole)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    microseconds,
    id,
    series,
    text('actorType'),
    text('resourceType'),
    text('resourceId'),
    text('ip'),
    text('userAgent'),
    text('severity'),
    text('metadata'),
    isWhole ? 1 : 0,
  );
}

function rowOf(stretch: Stretch, place: number): Row {
  return {
    microseconds: stretch.microseconds[place]!,
    id: idAt(stretch.ids, place),
    series: stretch.series[place]!,
    text: (field) => {
      const column = stretch.fields.get(field);
      return column ? textOf(column, place) : null;
    },
  };
}

/** Keeps events that something refers to; belongs into a transaction. */
export function keepEvents(
  database: DatabaseHandle,
  events: readonly EventReference[],
  isWhole: boolean,
): void {
  for (const { segment, index } of events) {
    const found = {
      microseconds: segment.microseconds[index]!,
      id: segment.idAt(index),
      series: segment.series[index]!,
      text: (field: SegmentField) => textAt(segment, field, index),
    };
    keepRow(database, found, isWhole);
  }
}

/** Keeps events that were fetched one by one, with all of their fields; belongs into the transaction that saves the names. */
export function keepFetched(database: DatabaseHandle, names: Names, events: readonly MirroredEvent[]): void {
  for (const event of events) {
    const actor = names.actorOf(event.sourceAccount, event.actor);
    if (event.actorName !== null) names.call(actor, event.actorName, event.createdAtMicroseconds);
    const texts: Partial<Record<SegmentField, string | null>> = event;
    const kept = {
      microseconds: event.createdAtMicroseconds,
      id: event.id,
      series: names.seriesOf(actor, event.action),
      text: (field: SegmentField) => texts[field] ?? null,
    };
    keepRow(database, kept, true);
  }
}

type Named = { readonly id: string; readonly createdAtMicroseconds: number };

/** Kept events that were written with only some of their fields, oldest first. */
export function readIncompleteEvents(database: DatabaseHandle, limit: number): Named[] {
  return rows<Named>(
    database,
    'SELECT id, created_us AS createdAtMicroseconds FROM event WHERE is_whole = 0 ORDER BY created_us, id LIMIT ?',
    limit,
  );
}

/** Adds what was left out. Events the source no longer shows stay as they are, and are not asked for again. */
export function completeEvents(
  database: DatabaseHandle,
  asked: readonly Named[],
  found: readonly MirroredEvent[],
): void {
  const complete = database.prepare(
    `UPDATE event SET actor_type = @actorType, resource_type = @resourceType, resource_id = @resourceId, ip = @ip,
       user_agent = @userAgent, severity = @severity, metadata = @metadata WHERE created_us = @createdAtMicroseconds AND id = @id`,
  );
  for (const event of found) complete.run(event);
  const settle = database.prepare('UPDATE event SET is_whole = 1 WHERE created_us = ? AND id = ?');
  for (const { id, createdAtMicroseconds } of asked) settle.run(createdAtMicroseconds, id);
}
