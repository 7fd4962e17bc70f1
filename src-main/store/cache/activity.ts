// Reads of the cube: how often who did what, and when.
import type { ActorCount } from '#shared/model/workspace.ts';
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { slotsPerDay } from '../../analytics/history/activity.ts';
import type { History } from '../../analytics/history/history.ts';
import { firstIndexAt } from '../../analytics/history/segment.ts';
import type { DatabaseHandle } from '../database.ts';
import { row, rows } from '../query.ts';
import { mirroredHistory, type MirroredHistory } from './resident.ts';

/** Half-open range of microseconds since the epoch; null is unbounded. */
export type Range = { readonly from: number | null; readonly to: number | null };

export type ActivityFilter = Range & {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
};

export type Slice = {
  readonly actor: string;
  readonly action: string;
  readonly slot: number;
  readonly count: number;
};

/** Edges of a range as numbers. */
export function edgesOf(range: Range): { from: number; to: number } {
  return { from: range.from ?? Number.MIN_SAFE_INTEGER, to: range.to ?? Number.MAX_SAFE_INTEGER };
}

/** Which series the names of a filter mean; by series number, 1 is yes. */
export function seriesNamed(history: History, filter: Pick<ActivityFilter, 'actor' | 'action'>): Uint8Array {
  const { actor, action } = filter;
  return Uint8Array.from(history.series, (series) => {
    const isActor = actor === undefined || history.actors[series.actor]!.actor === actor;
    return isActor && (action === undefined || history.actions.valueOf(series.action) === action) ? 1 : 0;
  });
}

type Count = (series: number, slot: number, events: number) => void;

/** Hands every count in the range to `add`: cells where a quarter hour lies wholly inside, events at the edges. */
export function forEachCount(history: MirroredHistory, filter: ActivityFilter, add: Count): void {
  const { from, to } = edgesOf(filter);
  const isNamed = seriesNamed(history, filter);
  const firstSlot = Math.ceil(from / microsecondsPerSlot);
  const endSlot = Math.floor(to / microsecondsPerSlot);
  for (const { day, series, slots, counts } of history.activity) {
    const base = day * slotsPerDay;
    if (base + slotsPerDay <= firstSlot || base >= endSlot) continue;
    for (let cell = 0; cell < series.length; cell += 1) {
      const slot = base + slots[cell]!;
      if (isNamed[series[cell]!] === 1 && slot >= firstSlot && slot < endSlot)
        add(series[cell]!, slot, counts[cell]!);
    }
  }
  forEachEdgeEvent(history, filter, (number, microseconds) => {
    if (isNamed[number] === 1) add(number, Math.floor(microseconds / microsecondsPerSlot), 1);
  });
}

/** Hands on the events of a range that lie in none of its whole quarter hours, of all series. */
export function forEachEdgeEvent(
  history: MirroredHistory,
  range: Range,
  add: (series: number, microseconds: number) => void,
): void {
  const { from, to } = edgesOf(range);
  const firstEdge = Math.min(Math.ceil(from / microsecondsPerSlot) * microsecondsPerSlot, to);
  const lastEdge = Math.max(Math.floor(to / microsecondsPerSlot) * microsecondsPerSlot, firstEdge);
  forEachEventBetween(history, from, firstEdge, add);
  forEachEventBetween(history, lastEdge, to, add);
}

function forEachEventBetween(
  history: MirroredHistory,
  from: number,
  to: number,
  add: (series: number, microseconds: number) => void,
): void {
  if (from >= to) return;
  for (const [place, info] of history.infos.entries()) {
    if (info.lastMicroseconds < from || info.firstMicroseconds >= to) continue;
    const { microseconds, series } = history.segments[place]!;
    const end = firstIndexAt(history.segments[place]!, to);
    for (let index = firstIndexAt(history.segments[place]!, from); index < end; index += 1)
      add(series[index]!, microseconds[index]!);
  }
}

/** How many events are kept whole, by “series slot”: where events are only counted, the ones that can be looked at. */
export function countKeptBySlot(
  database: DatabaseHandle,
  filter: ActivityFilter,
): ReadonlyMap<string, number> {
  const { from, to } = edgesOf(filter);
  const isMeant = seriesNamed(mirroredHistory(database), filter);
  const found = rows<{ series: number; slot: number; events: number }>(
    database,
    `SELECT series_id AS series, (created_us - ((created_us % @width) + @width) % @width) / @width AS slot, count(*) AS events
       FROM event WHERE created_us >= @from AND created_us < @to AND series_id IN (SELECT value FROM json_each(@series))
      GROUP BY 1, 2`,
    {
      width: microsecondsPerSlot,
      from,
      to,
      series: JSON.stringify([...isMeant.keys()].filter((number) => isMeant[number] === 1)),
    },
  );
  return new Map(found.map(({ series, slot, events }) => [`${series} ${slot}`, events]));
}

/** Counts per (actor, action, quarter hour). */
export function readSlices(database: DatabaseHandle, filter: ActivityFilter): Slice[] {
  const history = mirroredHistory(database);
  const sums = new Map<string, { actor: string; action: string; slot: number; count: number }>();
  forEachCount(history, filter, (number, slot, count) => {
    const series = history.series[number]!;
    const { actor } = history.actors[series.actor]!;
    const action = history.actions.valueOf(series.action);
    const key = JSON.stringify([actor, action, slot]);
    const known = sums.get(key);
    if (known) known.count += count;
    else sums.set(key, { actor, action, slot, count });
  });
  return [...sums.values()];
}

/** How many events there are in all. */
export function countEvents(database: DatabaseHandle, filter: ActivityFilter): number {
  const isWhole = [filter.from, filter.to, filter.actor ?? null, filter.action ?? null].every(
    (limit) => limit === null,
  );
  if (isWhole) return readTotals(database).events;
  let events = 0;
  forEachCount(mirroredHistory(database), filter, (_series, _slot, count) => {
    events += count;
  });
  return events;
}

/** Actors by number of events in the range, most first; the unattributed “actor” is not one of them. */
export function readTopActors(database: DatabaseHandle, range: Range, limit: number): ActorCount[] {
  const history = mirroredHistory(database);
  const counts = new Float64Array(history.actors.length);
  forEachCount(history, range, (series, _slot, count) => {
    counts[history.series[series]!.actor]! += count;
  });
  const chosen = [...counts.keys()]
    .filter((actor) => counts[actor]! > 0 && history.actors[actor]!.actor !== '')
    .toSorted((a, b) => counts[b]! - counts[a]! || compare(history, a, b))
    .slice(0, limit);
  const spans = spansOf(history, range, chosen);
  return chosen.map((number) => {
    const { sourceAccount, actor, name } = history.actors[number]!;
    const { first, last } = spans.get(number)!;
    return {
      sourceAccount,
      actor,
      actorName: name,
      count: counts[number]!,
      firstSeen: formatInstant(first),
      lastSeen: formatInstant(last),
    };
  });
}

function compare({ actors }: History, a: number, b: number): number {
  const [first, second] = [actors[a]!, actors[b]!];
  return inOrder(first.actor, second.actor) || inOrder(first.sourceAccount, second.sourceAccount);
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

type Span = { first: number; last: number };

/** First and last event of actors: known for all time, and looked up where the range is shorter. */
function spansOf(history: MirroredHistory, range: Range, actors: readonly number[]): Map<number, Span> {
  const { from, to } = edgesOf(range);
  const known = actors.map((number): [number, Span] => {
    const { firstMicroseconds: first, lastMicroseconds: last } = history.actors[number]!;
    return [number, { first, last }];
  });
  const spans = new Map(known);
  const open = new Map(known.filter(([, { first, last }]) => first < from || last >= to));
  for (const span of open.values()) Object.assign(span, { first: Infinity, last: -Infinity });
  if (open.size === 0) return spans;
  if (history.onlyCounts) {
    widenByCells(history, range, open);
    return spans;
  }
  for (const [place, info] of history.infos.entries()) {
    if (info.lastMicroseconds < from || info.firstMicroseconds >= to) continue;
    const { microseconds, series } = history.segments[place]!;
    const end = firstIndexAt(history.segments[place]!, to);
    for (let index = firstIndexAt(history.segments[place]!, from); index < end; index += 1) {
      const span = open.get(history.series[series[index]!]!.actor);
      if (!span) continue;
      span.first = Math.min(span.first, microseconds[index]!);
      span.last = Math.max(span.last, microseconds[index]!);
    }
  }
  return spans;
}

/** Within its quarter hour nobody knows when: first is its begin, last its end. */
function widenByCells(history: MirroredHistory, range: Range, open: ReadonlyMap<number, Span>): void {
  forEachCount(history, range, (number, slot) => {
    const span = open.get(history.series[number]!.actor);
    if (!span) return;
    span.first = Math.min(span.first, slot * microsecondsPerSlot);
    span.last = Math.max(span.last, (slot + 1) * microsecondsPerSlot - 1);
  });
}

export function readActions(database: DatabaseHandle): { action: string; count: number }[] {
  const history = mirroredHistory(database);
  const counts = new Float64Array(history.actions.size);
  for (const day of history.activity)
    for (let cell = 0; cell < day.series.length; cell += 1)
      counts[history.series[day.series[cell]!]!.action]! += day.counts[cell]!;
  return [...counts.keys()]
    .filter((action) => counts[action]! > 0)
    .map((action) => ({ action: history.actions.valueOf(action), count: counts[action]! }))
    .toSorted((a, b) => b.count - a.count || inOrder(a.action, b.action));
}

export type MirrorTotals = {
  readonly events: number;
  readonly unattributed: number;
  readonly firstMicroseconds: number | null;
  readonly lastMicroseconds: number | null;
};

/** Totals of the mirror; with `until` given, of its events up to and including that moment. */
export function readTotals(database: DatabaseHandle, until: number | null = null): MirrorTotals {
  const all = row<MirrorTotals>(
    database,
    `SELECT coalesce(sum(events), 0) AS events, coalesce(sum(unattributed), 0) AS unattributed,
            (SELECT min(first_us) FROM actor WHERE first_us <= last_us) AS firstMicroseconds,
            (SELECT max(last_us) FROM actor WHERE first_us <= last_us) AS lastMicroseconds FROM day`,
  )!;
  if (until === null || (all.lastMicroseconds ?? until) <= until) return all;
  return totalsUntil(mirroredHistory(database), until);
}

function totalsUntil(history: MirroredHistory, until: number): MirrorTotals {
  let events = 0;
  let unattributed = 0;
  let firstSlot = Infinity;
  let lastSlot = -Infinity;
  forEachCount(history, { from: null, to: until + 1 }, (series, slot, count) => {
    events += count;
    firstSlot = Math.min(firstSlot, slot);
    lastSlot = Math.max(lastSlot, slot);
    if (history.actors[history.series[series]!.actor]!.actor === '') unattributed += count;
  });
  if (history.onlyCounts && events > 0) {
    const lastMicroseconds = (lastSlot + 1) * microsecondsPerSlot - 1;
    return { events, unattributed, firstMicroseconds: firstSlot * microsecondsPerSlot, lastMicroseconds };
  }
  const first = history.infos[0];
  const last = history.infos.findLastIndex((info) => info.firstMicroseconds <= until);
  if (!first || last < 0) return { events, unattributed, firstMicroseconds: null, lastMicroseconds: null };
  const segment = history.segments[last]!;
  return {
    events,
    unattributed,
    firstMicroseconds: first.firstMicroseconds,
    lastMicroseconds: segment.microseconds[firstIndexAt(segment, until + 1) - 1]!,
  };
}

/** Mirrored events per UTC day number since the epoch; with `until` given, those up to and including that moment. */
export function countByDay(database: DatabaseHandle, until: number | null = null): Map<number, number> {
  const days = rows<{ day: number; events: number }>(database, 'SELECT day, events FROM day ORDER BY day');
  const counts = new Map(days.map(({ day, events }) => [day, events]));
  if (until === null) return counts;
  const lastDay = Math.floor(until / microsecondsPerDay);
  for (const day of counts.keys()) if (day >= lastDay) counts.delete(day);
  const partial = countEvents(database, { from: lastDay * microsecondsPerDay, to: until + 1 });
  if (partial > 0) counts.set(lastDay, partial);
  return counts;
}
