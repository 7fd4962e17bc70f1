// Reads single events back from the mirror, verbatim: from the rows kept whole, else from the segments.
import type { AuditEvent } from '#shared/model/audit-event.ts';
import { formatInstant, microsecondsPerDay, parseInstant } from '#shared/time/instant.ts';
import { firstIndexAt, textAt, type Segment, type SegmentField } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { edgesOf, seriesNamed, type ActivityFilter } from './activity.ts';
import { readKeptNeighbours, selection, toEvent, walkKept, type EventRow } from './kept-rows.ts';
import { mirroredHistory, type MirroredHistory } from './resident.ts';

function eventAt(history: MirroredHistory, segment: Segment, index: number): AuditEvent {
  const series = history.series[segment.series[index]!]!;
  const { sourceAccount, actor, name } = history.actors[series.actor]!;
  const text = (field: SegmentField) => textAt(segment, field, index);
  return {
    id: segment.idAt(index),
    sourceAccount,
    actor,
    actorName: name,
    actorType: text('actorType'),
    action: history.actions.valueOf(series.action),
    resourceType: text('resourceType'),
    resourceId: text('resourceId'),
    ip: text('ip'),
    userAgent: text('userAgent'),
    severity: text('severity'),
    metadata: text('metadata'),
    createdAt: formatInstant(segment.microseconds[index]!),
  };
}

/** The event of this id, the earliest when `at` does not say which: a source may use an id at several times. */
export function readEvent(database: DatabaseHandle, id: string, at: number | null = null): AuditEvent | null {
  const kept = row<EventRow>(
    database,
    `${selection} WHERE e.id = @id AND (@at IS NULL OR e.created_us = @at) ORDER BY e.created_us LIMIT 1`,
    { id, at },
  );
  const from = at ?? Number.MIN_SAFE_INTEGER;
  const to = at ?? (kept ? kept.created_us - 1 : Number.MAX_SAFE_INTEGER);
  if (kept && at !== null) return toEvent(kept);
  const mirrored = findEvents(mirroredHistory(database), new Set([id]), from, to + 1)[0];
  return mirrored ?? (kept ? toEvent(kept) : null);
}

/** The earliest event of each id, among those kept whole: what review items are about. */
export function readEventsById(
  database: DatabaseHandle,
  ids: readonly string[],
): ReadonlyMap<string, AuditEvent> {
  const chosen = 'WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.created_us DESC';
  const found = rows<EventRow>(database, `${selection} ${chosen}`, JSON.stringify(ids)).map(toEvent);
  return new Map(found.map((event) => [event.id, event]));
}

/** The events a finding cites, oldest first. */
export function readCitedEvents(
  database: DatabaseHandle,
  finding: {
    readonly startMicroseconds: number;
    readonly endMicroseconds: number;
    readonly eventIds: readonly string[];
  },
): AuditEvent[] {
  const { startMicroseconds: from, endMicroseconds: to, eventIds } = finding;
  const kept = rows<EventRow>(
    database,
    `${selection} WHERE e.id IN (SELECT value FROM json_each(?)) AND e.created_us >= ? AND e.created_us < ?`,
    JSON.stringify(eventIds),
    from,
    to,
  ).map(toEvent);
  const whole = new Map(kept.map((event) => [`${event.createdAt} ${event.id}`, event]));
  const history = mirroredHistory(database);
  const mirrored = findEvents(history, new Set(eventIds), from, to);
  for (const event of mirrored) {
    const key = `${event.createdAt} ${event.id}`;
    if (!whole.has(key)) whole.set(key, event);
  }
  const found = [...whole.values()];
  const missing = new Set(eventIds);
  for (const { id } of found) missing.delete(id);
  const around = missing.size === 0 ? [] : nearestEvents(database, history, missing, from, to);
  return [...around, ...found].toSorted(
    (a, b) => parseInstant(a.createdAt) - parseInstant(b.createdAt) || (a.id < b.id ? -1 : 1),
  );
}

/** So long before its start, or at its end, a finding may cite what led to it: no rule looks further back. */
const citedBeforeMicroseconds = 31 * microsecondsPerDay;

/** What a finding cites that does not lie in [from, to): of each id the event at the end, else the newest one before the start. */
function nearestEvents(
  database: DatabaseHandle,
  history: MirroredHistory,
  missing: Set<string>,
  from: number,
  to: number,
): AuditEvent[] {
  const earliest = from - citedBeforeMicroseconds;
  const kept = rows<EventRow>(
    database,
    `${selection} WHERE e.id IN (SELECT value FROM json_each(?)) AND e.created_us >= ? AND e.created_us <= ?
      ORDER BY e.created_us DESC`,
    JSON.stringify([...missing]),
    earliest,
    to,
  ).map(toEvent);
  const found: AuditEvent[] = [];
  const take = (event: AuditEvent) => {
    if (missing.delete(event.id)) found.push(event);
  };
  for (const event of findEvents(history, missing, to, to + 1)) take(event);
  for (const event of kept) take(event);
  for (const [place, info] of [...history.infos.entries()].toReversed()) {
    if (missing.size === 0 || info.lastMicroseconds < earliest) break;
    if (info.firstMicroseconds >= from) continue;
    const segment = history.segments[place]!;
    for (let index = firstIndexAt(segment, from) - 1; index >= 0 && missing.size > 0; index -= 1)
      if (missing.has(segment.idAt(index))) take(eventAt(history, segment, index));
  }
  return found;
}

/** Mirrored events of these ids in [from, to), oldest first. */
function findEvents(
  history: MirroredHistory,
  ids: ReadonlySet<string>,
  from: number,
  to: number,
): AuditEvent[] {
  const found: AuditEvent[] = [];
  for (const [place, info] of history.infos.entries()) {
    if (info.lastMicroseconds < from || info.firstMicroseconds >= to) continue;
    const segment = history.segments[place]!;
    const end = firstIndexAt(segment, to);
    for (let index = firstIndexAt(segment, from); index < end; index += 1)
      if (ids.has(segment.idAt(index))) found.push(eventAt(history, segment, index));
  }
  return found;
}

/**
 * Up to `each` events of the same actor before and after an instant, oldest first; the event itself is left out. Where only
 * counts are kept, some of them may lie further away than asked for.
 */
export function readNeighbours(
  database: DatabaseHandle,
  event: AuditEvent,
  microseconds: number,
  each: number,
  withinMicroseconds = Infinity,
): AuditEvent[] {
  const [from, until] = [microseconds - withinMicroseconds, microseconds + withinMicroseconds];
  const history = mirroredHistory(database);
  const isTheirs = Uint8Array.from(history.series, (series) => {
    const { sourceAccount, actor } = history.actors[series.actor]!;
    return sourceAccount === event.sourceAccount && actor === event.actor ? 1 : 0;
  });
  const cursor = { createdAtMicroseconds: microseconds, id: event.id };
  const before: AuditEvent[] = [];
  if (history.onlyCounts) return readKeptNeighbours(database, seriesNumbers(isTheirs), cursor, each);
  for (const found of walkBack(history, isTheirs, from, microseconds + 1, cursor)) {
    if (before.push(found.event) >= each) break;
  }
  const after: AuditEvent[] = [];
  for (const found of walkOn(history, isTheirs, cursor, until)) if (after.push(found) >= each) break;
  return [...before.toReversed(), ...after];
}

/** Events up to `until` that belong in the review queue when the source has no queue of its own. */
export function readPrivilegedEvents(
  database: DatabaseHandle,
  actions: readonly string[],
  until: number | null,
): AuditEvent[] {
  return rows<EventRow>(
    database,
    `WITH chosen AS (
       SELECT e.created_us, e.id FROM event e
        WHERE e.series_id IN (SELECT s.id FROM series s WHERE s.action IN (SELECT value FROM json_each(@actions))) AND e.created_us <= @until
       UNION SELECT e.created_us, e.id FROM event e WHERE e.severity = 'critical' AND e.created_us <= @until)
     ${selection} JOIN chosen c ON c.created_us = e.created_us AND c.id = e.id ORDER BY e.created_us, e.id`,
    { actions: JSON.stringify(actions), until: until ?? Number.MAX_SAFE_INTEGER },
  ).map(toEvent);
}

export type EventCursor = { readonly createdAtMicroseconds: number; readonly id: string };
type Placed = { readonly event: AuditEvent; readonly cursor: EventCursor };

/** Matching events, newest first, read segment by segment so that a caller may stop or filter further without reading all. */
export function iterateEvents(
  database: DatabaseHandle,
  filter: ActivityFilter,
  before: EventCursor | null,
): Generator<Placed> {
  const history = mirroredHistory(database);
  const { from, to } = edgesOf(filter);
  const isMeant = seriesNamed(history, filter);
  if (!history.onlyCounts) return walkBack(history, isMeant, from, to, before);
  const isNamed = filter.actor !== undefined || filter.action !== undefined;
  return walkKept(database, isNamed ? seriesNumbers(isMeant) : null, from, to, before);
}

const seriesNumbers = (isMeant: Uint8Array): number[] =>
  [...isMeant.keys()].filter((number) => isMeant[number] === 1);

function* walkBack(
  history: MirroredHistory,
  isMeant: Uint8Array,
  from: number,
  to: number,
  before: EventCursor | null,
): Generator<Placed> {
  const end = Math.min(to, before === null ? to : before.createdAtMicroseconds + 1);
  for (let place = history.infos.length - 1; place >= 0; place -= 1) {
    const info = history.infos[place]!;
    if (info.firstMicroseconds >= end) continue;
    if (info.lastMicroseconds < from) return;
    if (!isActive(history, info.day, isMeant)) continue;
    const segment = history.segments[place]!;
    for (let index = firstIndexAt(segment, end) - 1; index >= 0; index -= 1) {
      const createdAtMicroseconds = segment.microseconds[index]!;
      if (createdAtMicroseconds < from) return;
      if (isMeant[segment.series[index]!] !== 1) continue;
      const id = segment.idAt(index);
      if (before && createdAtMicroseconds === before.createdAtMicroseconds && !isBefore(id, before.id))
        continue;
      yield { event: eventAt(history, segment, index), cursor: { createdAtMicroseconds, id } };
    }
  }
}

function* walkOn(
  history: MirroredHistory,
  isMeant: Uint8Array,
  after: EventCursor,
  until: number,
): Generator<AuditEvent> {
  for (const [place, info] of history.infos.entries()) {
    if (info.firstMicroseconds > until) return;
    if (info.lastMicroseconds < after.createdAtMicroseconds || !isActive(history, info.day, isMeant))
      continue;
    const segment = history.segments[place]!;
    const start = firstIndexAt(segment, after.createdAtMicroseconds);
    for (let index = start; index < segment.length; index += 1) {
      if (segment.microseconds[index]! > until) return;
      if (isMeant[segment.series[index]!] !== 1) continue;
      const isSameTime = segment.microseconds[index] === after.createdAtMicroseconds;
      if (isSameTime && !isBefore(after.id, segment.idAt(index))) continue;
      yield eventAt(history, segment, index);
    }
  }
}

/** Ids are ordered by their bytes, as the source orders them. */
const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;

/** Whether any of these series has events that day: most days of most actors need not be opened. */
function isActive({ activity }: MirroredHistory, day: number, isMeant: Uint8Array): boolean {
  let low = 0;
  let high = activity.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (activity[middle]!.day < day) low = middle + 1;
    else high = middle;
  }
  const cells = activity[low];
  return cells?.day === day && cells.series.some((series) => isMeant[series] === 1);
}
