// Events that are kept whole, one row each, whatever else is left out or removed.
import { textAt, type EventReference, type SegmentField } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { describingFields, hiddenSeries } from '../erasure/erased-people.ts';
import type { BySeries } from './cells.ts';
import { noteCited, type CitedEvent } from './cited-events.ts';
import { idAt, textOf, type TextColumn } from './columns.ts';
import { agentNumbers } from './event-agents.ts';
import type { MirroredEvent } from './mirrored-event.ts';
import type { Names } from './names.ts';
import type { Stretch } from './stretch.ts';
import type { WriteOptions } from './written.ts';

/** Keeps those of the added events that are privileged or critical. */
export function keepWhole(
  database: DatabaseHandle,
  names: Names,
  all: Stretch,
  added: BySeries,
  { keptActions, isWhole }: Pick<WriteOptions, 'keptActions' | 'isWhole'>,
): void {
  const keep = rowKeeper(database);
  for (const [group, number] of added.series.entries()) {
    if (!keptActions.has(names.actions.valueOf(names.series[number]!.action))) continue;
    for (const place of added.rows.subarray(added.offsets[group], added.offsets[group + 1]))
      keep(rowOf(all, place), isWhole);
  }
  for (const place of criticalRows(all.fields.get('severity'), added.rows)) keep(rowOf(all, place), isWhole);
}

/** Those of the rows whose severity is critical. */
function criticalRows(severity: TextColumn | undefined, rows: Uint32Array): Uint32Array {
  if (severity === undefined) return new Uint32Array(0);
  if (severity.kind === 'plain') return rows.filter((place) => textOf(severity, place) === 'critical');
  const { codes, values } = severity;
  const critical = values.indexOf('critical');
  return critical < 0 ? new Uint32Array(0) : rows.filter((place) => codes[place] === critical);
}

/** A row to be: what places an event, and where its texts come from. */
export type KeptRow = CitedEvent & { readonly text: (field: SegmentField) => string | null };

const insertion = `
  INSERT INTO event (created_us, id, series_id, actor_type, resource_type, resource_id, ip, user_agent, severity, metadata, is_whole)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** What was kept before stays as it is, unless it was incomplete and this is not. */
const completion = `
    ON CONFLICT (id, created_us) DO UPDATE SET actor_type = excluded.actor_type, resource_type = excluded.resource_type,
      resource_id = excluded.resource_id, ip = excluded.ip, user_agent = excluded.user_agent, severity = excluded.severity,
      metadata = excluded.metadata, is_whole = 1 WHERE is_whole = 0`;

const describing: ReadonlySet<string> = new Set(describingFields);

/** Keeps rows one by one; belongs into one transaction. */
export function rowKeeper(
  database: DatabaseHandle,
  mode: 'add' | 'complete' = 'add',
): (kept: KeptRow, isWhole: boolean) => void {
  const numberOf = agentNumbers(database);
  const isHidden = hiddenSeries(database);
  const put = database.prepare(
    `${insertion} ${mode === 'add' ? 'ON CONFLICT (id, created_us) DO NOTHING' : completion}`,
  );
  return ({ createdAtMicroseconds, id, series, text: given }, isWhole) => {
    // Of somebody who was erased, an event is never fetched for what describes it.
    const hides = isHidden(series);
    const text = (field: SegmentField) => (hides && describing.has(field) ? null : given(field));
    put.run(
      createdAtMicroseconds,
      id,
      series,
      text('actorType'),
      text('resourceType'),
      text('resourceId'),
      text('ip'),
      numberOf(text('userAgent')),
      text('severity'),
      text('metadata'),
      isWhole || hides ? 1 : 0,
    );
  };
}

function rowOf(stretch: Stretch, place: number): KeptRow {
  return {
    createdAtMicroseconds: stretch.microseconds[place]!,
    id: idAt(stretch.ids, place),
    series: stretch.series[place]!,
    text: (field) => {
      const column = stretch.fields.get(field);
      return column ? textOf(column, place) : null;
    },
  };
}

/** An event of a segment with the fields that are mirrored. */
export function keptRowAt({ segment, index }: EventReference): KeptRow {
  return {
    createdAtMicroseconds: segment.microseconds[index]!,
    id: segment.idAt(index),
    series: segment.series[index]!,
    text: (field) => textAt(segment, field, index),
  };
}

/** Keeps events at once, with the fields that are mirrored; belongs into a transaction. */
export function keepMirrored(
  database: DatabaseHandle,
  events: readonly EventReference[],
  isWhole: boolean,
): void {
  const keep = rowKeeper(database);
  for (const event of events) keep(keptRowAt(event), isWhole);
}

/**
 * Keeps events that a finding cites; belongs into the transaction that records it.
 * @param isWhole whether the mirror has all of their fields; else they are noted here, and kept once they were fetched.
 */
export function keepEvents(
  database: DatabaseHandle,
  events: readonly EventReference[],
  isWhole: boolean,
): void {
  if (isWhole) keepMirrored(database, events, true);
  else noteCited(database, events);
}

/** Keeps events that were fetched one by one, with all of their fields; belongs into the transaction that saves the names. */
export function keepFetched(database: DatabaseHandle, names: Names, events: readonly MirroredEvent[]): void {
  const keep = rowKeeper(database);
  for (const event of events) {
    const actor = names.actorOf(event.sourceAccount, event.actor);
    if (event.actorName !== null) names.call(actor, event.actorName, event.createdAtMicroseconds);
    const texts: Partial<Record<SegmentField, string | null>> = event;
    const series = names.seriesOf(actor, event.action);
    const { createdAtMicroseconds, id } = event;
    keep({ createdAtMicroseconds, id, series, text: (field) => texts[field] ?? null }, true);
  }
}

/** Kept events of [from, until] that were written with only some of their fields. */
export function readIncompleteEvents(database: DatabaseHandle, from: number, until: number): CitedEvent[] {
  return database
    .prepare<[number, number], CitedEvent>(
      `SELECT id, created_us AS createdAtMicroseconds, series_id AS series FROM event INDEXED BY event_incomplete
        WHERE is_whole = 0 AND created_us BETWEEN ? AND ?`,
    )
    .all(from, until);
}

/**
 * Whether an event is kept with all of its fields. Cheap to ask of a stretch of time in which none is.
 * @param asked how many events will be asked about
 */
export function wholeEvents(
  database: DatabaseHandle,
  from: number,
  until: number,
  asked: number,
): (event: CitedEvent) => boolean {
  // Read in the order of time, eight rows cost no more than one that is looked for.
  const most = 8 * asked + 1;
  const whole = database
    .prepare<[number, number, number], [createdAtMicroseconds: number, id: string]>(
      `SELECT created_us, id FROM event INDEXED BY event_by_time
        WHERE created_us BETWEEN ? AND ? AND is_whole = 1 LIMIT ?`,
    )
    .raw()
    .all(from, until, most);
  if (whole.length < most) {
    const places = new Set(whole.map(([microseconds, id]) => `${microseconds} ${id}`));
    return ({ id, createdAtMicroseconds }) => places.has(`${createdAtMicroseconds} ${id}`);
  }
  const find = database
    .prepare<[string, number], number>('SELECT is_whole FROM event WHERE id = ? AND created_us = ?')
    .pluck();
  return ({ id, createdAtMicroseconds }) => find.get(id, createdAtMicroseconds) === 1;
}
