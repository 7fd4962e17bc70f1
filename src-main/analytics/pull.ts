// Pulls events into the mirror: what is new, then the days whose counts say that something came late.
import type { Mapping } from '#shared/model/connection.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { SourceClient } from '../source/client.ts';
import { countEventsByDay, streamEvents } from '../source/events.ts';
import { countByDay } from '../store/cache/activity.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { batchWriter, capWatermark, readSourceState } from '../store/cache/mirror.ts';
import { batchOf, type MirroredEvent } from '../store/cache/mirrored-event.ts';
import { readLastRun, type DayCount } from '../store/cache/runs.ts';

export type PullScope = {
  readonly mapping: Mapping;
  readonly sourceAccount: string | null;
  /** Nothing later than this is read; null reads all there is. */
  readonly untilMicroseconds: number | null;
  /** The server's clock: the watermark never goes beyond it, or one event dated ahead would hide all that follow. */
  readonly serverNowMicroseconds: number;
  /** Actions whose events are kept whole. */
  readonly keptActions: ReadonlySet<string>;
};

export type PullPorts = {
  readonly onProgress: (step: string, done: number, total: number | null, unit: string) => void;
  readonly signal: AbortSignal;
};

export type Pulled = {
  received: number;
  duplicates: number;
  vanished: number;
  serverCount: number;
  countsByDay: DayCount[];
};

type Days = ReadonlyMap<number, number>;

/** Late commits become visible after younger ones; what was read in the last ten minutes is read again. */
const overlapMicroseconds = 600_000_000;
const pageSize = 5_000;
/** Events in one transaction of the mirror: indexes are rewritten once for all of them. Fewer when they are large. */
const storedTogether = { events: 50_000, characters: 50_000_000 };

export async function pullEvents(
  client: SourceClient,
  database: DatabaseHandle,
  scope: PullScope,
  ports: PullPorts,
): Promise<Pulled> {
  ports.onProgress('Counting events', 0, null, 'events');
  const counted = await countEventsByDay(client, scope.mapping, scope, ports.signal);
  const serverDays = new Map(counted.map(({ day, count }) => [dayNumber(day), count]));
  const mirroredDays = () => countByDay(database, scope.untilMicroseconds);
  const pull = puller(client, database, scope, missing(serverDays, mirroredDays()), ports);
  const watermark = readSourceState(database)?.watermarkMicroseconds ?? null;
  await pull({
    from: watermark === null ? null : watermark - overlapMicroseconds,
    until: scope.untilMicroseconds,
  });
  const before = readLastRun(database)?.provenance.countsByDay ?? [];
  for (const day of doubtfulDays(serverDays, mirroredDays(), before)) {
    const lastOfDay = (day + 1) * microsecondsPerDay - 1;
    await pull({
      from: day * microsecondsPerDay,
      until: Math.min(lastOfDay, scope.untilMicroseconds ?? lastOfDay),
    });
  }
  capWatermark(database, Math.min(scope.untilMicroseconds ?? Infinity, scope.serverNowMicroseconds));
  return {
    ...pull.totals,
    ...compareDays(serverDays, mirroredDays()),
    serverCount: sum(serverDays.values()),
  };
}

function puller(
  client: SourceClient,
  database: DatabaseHandle,
  scope: PullScope,
  expected: number,
  ports: PullPorts,
) {
  const write = batchWriter(database);
  const totals = { received: 0, duplicates: 0 };
  const store = (events: readonly MirroredEvent[]) => {
    const watermarkMicroseconds = events.at(-1)?.createdAtMicroseconds ?? null;
    const { keptActions } = scope;
    const batches = events.length === 0 ? [] : [batchOf(events)];
    totals.duplicates += write(batches, { watermarkMicroseconds, keptActions }).duplicates;
    const added = totals.received - totals.duplicates;
    ports.onProgress('Reading events', added, Math.max(expected, added), 'events');
  };
  const pull = async (range: { from: number | null; until: number | null }) => {
    const pages = streamEvents(client, scope.mapping, {
      sourceAccount: scope.sourceAccount,
      after: null,
      ...(range.from === null ? {} : { fromMicroseconds: range.from }),
      untilMicroseconds: range.until,
      batchSize: pageSize,
      signal: ports.signal,
    });
    let waiting: MirroredEvent[] = [];
    for await (const page of pages) {
      ports.signal.throwIfAborted();
      totals.received += page.length;
      waiting = waiting.concat(page);
      if (!isEnough(waiting)) continue;
      store(waiting);
      waiting = [];
    }
    store(waiting);
  };
  return Object.assign(pull, { totals });
}

function isEnough(events: readonly MirroredEvent[]): boolean {
  if (events.length >= storedTogether.events) return true;
  return sum(events.map((event) => event.metadata?.length ?? 0)) >= storedTogether.characters;
}

/** How many events of the first the second lacks, as far as counts of days can tell. */
function missing(first: Days, second: Days): number {
  return sum([...first].map(([day, count]) => Math.max(0, count - (second.get(day) ?? 0))));
}

/**
 * Days whose counts differ: something arrived later than the overlap reaches back, or went away, or both at once.
 * A day that differs just as it did after the last refresh holds nothing new.
 */
function doubtfulDays(server: Days, mirrored: Days, before: readonly DayCount[]): number[] {
  const settled = new Map(before.map((day) => [dayNumber(day.day), day]));
  return [...server]
    .filter(([day, count]) => {
      const ours = mirrored.get(day) ?? 0;
      const last = settled.get(day);
      return ours !== count && !(last?.mirrored === ours && last.server === count);
    })
    .map(([day]) => day);
}

function compareDays(server: Days, mirrored: Days): Pick<Pulled, 'vanished' | 'countsByDay'> {
  const days = [...new Set([...mirrored.keys(), ...server.keys()])].toSorted((a, b) => a - b);
  const countsByDay = days.map((day) => ({
    day: formatInstant(day * microsecondsPerDay).slice(0, 10),
    mirrored: mirrored.get(day) ?? 0,
    server: server.get(day) ?? 0,
  }));
  return { vanished: missing(mirrored, server), countsByDay };
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
