// What a batch of events adds up to: counts per quarter hour and day, hours to judge, spans and names of actors.
import { microsecondsPerDay, microsecondsPerHour } from '#shared/time/instant.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import type { DatabaseHandle } from '../database.ts';
import type { MirroredEvent } from './mirrored-event.ts';

type SeriesIds = { readonly actorId: number; readonly seriesId: number };
type Span = { first: number; last: number; name: string | null; nameAt: number | null };

export type BatchTotals = {
  /** Series id to slot to count. */
  readonly cells: Map<number, Map<number, number>>;
  readonly pendingHours: Map<number, Set<number>>;
  readonly days: Map<number, { events: number; unattributed: number }>;
  readonly actors: Map<number, Span>;
};

export const emptyTotals = (): BatchTotals => ({
  cells: new Map(),
  pendingHours: new Map(),
  days: new Map(),
  actors: new Map(),
});

/** Adds one event that is new to the mirror. */
export function count(totals: BatchTotals, event: MirroredEvent, { actorId, seriesId }: SeriesIds): void {
  const at = event.createdAtMicroseconds;
  const slot = Math.floor(at / microsecondsPerSlot);
  const cells = entryOf(totals.cells, seriesId, () => new Map<number, number>());
  cells.set(slot, (cells.get(slot) ?? 0) + 1);
  const day = entryOf(totals.days, Math.floor(at / microsecondsPerDay), () => ({
    events: 0,
    unattributed: 0,
  }));
  day.events += 1;
  // An event nobody is named for counts, but is never anybody's unusual behaviour.
  if (event.actor === '') day.unattributed += 1;
  else
    entryOf(totals.pendingHours, seriesId, () => new Set<number>()).add(Math.floor(at / microsecondsPerHour));
  widen(
    entryOf(totals.actors, actorId, () => ({ first: at, last: at, name: null, nameAt: null })),
    event,
  );
}

function widen(span: Span, { createdAtMicroseconds: at, actorName }: MirroredEvent): void {
  span.first = Math.min(span.first, at);
  span.last = Math.max(span.last, at);
  if (actorName === null || (span.nameAt !== null && span.nameAt > at)) return;
  span.name = actorName;
  span.nameAt = at;
}

/** Writes the totals of a batch; belongs into the transaction that inserted its events. */
export function addTotals(database: DatabaseHandle, totals: BatchTotals): void {
  const addCell = database.prepare(
    'INSERT INTO cube (series_id, slot, count) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count',
  );
  for (const [seriesId, cells] of totals.cells)
    for (const [slot, number] of cells) addCell.run(seriesId, slot, number);
  const addPending = database.prepare('INSERT OR IGNORE INTO pending_hour (series_id, hour) VALUES (?, ?)');
  for (const [seriesId, hours] of totals.pendingHours)
    for (const hour of hours) addPending.run(seriesId, hour);
  const addDay = database.prepare(
    `INSERT INTO day (day, events, unattributed) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events, unattributed = unattributed + excluded.unattributed`,
  );
  for (const [day, { events, unattributed }] of totals.days) addDay.run(day, events, unattributed);
  const widenActor = database.prepare(
    `UPDATE actor SET first_us = min(first_us, @first), last_us = max(last_us, @last),
       name = CASE WHEN @nameAt >= coalesce(name_us, @nameAt) THEN @name ELSE name END,
       name_us = CASE WHEN @nameAt >= coalesce(name_us, @nameAt) THEN @nameAt ELSE name_us END WHERE id = @id`,
  );
  for (const [id, span] of totals.actors) widenActor.run({ id, ...span });
}

/** Finds or creates the actor and series of an event, remembering ids until told to forget. */
export function seriesFinder(
  database: DatabaseHandle,
): ((event: MirroredEvent) => SeriesIds) & { forget: () => void } {
  const actorIds = new Map<string, number>();
  const seriesIds = new Map<string, number>();
  const findActor = database.prepare<[string, string], { id: number }>(
    'SELECT id FROM actor WHERE source_account = ? AND actor = ?',
  );
  // An empty span, because the event itself may turn out to be a duplicate.
  const addActor = database.prepare(
    `INSERT OR IGNORE INTO actor (source_account, actor, first_us, last_us)
     VALUES (?, ?, ${Number.MAX_SAFE_INTEGER}, ${Number.MIN_SAFE_INTEGER})`,
  );
  const findSeries = database.prepare<[number, string], { id: number }>(
    'SELECT id FROM series WHERE actor_id = ? AND action = ?',
  );
  const addSeries = database.prepare('INSERT OR IGNORE INTO series (actor_id, action) VALUES (?, ?)');
  const actorIdOf = ({ sourceAccount, actor }: MirroredEvent) =>
    entryOf(actorIds, `${sourceAccount}\0${actor}`, () => {
      addActor.run(sourceAccount, actor);
      return findActor.get(sourceAccount, actor)!.id;
    });
  const find = (event: MirroredEvent) => {
    const actorId = actorIdOf(event);
    const seriesId = entryOf(seriesIds, `${actorId}\0${event.action}`, () => {
      addSeries.run(actorId, event.action);
      return findSeries.get(actorId, event.action)!.id;
    });
    return { actorId, seriesId };
  };
  return Object.assign(find, {
    forget: () => {
      actorIds.clear();
      seriesIds.clear();
    },
  });
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
