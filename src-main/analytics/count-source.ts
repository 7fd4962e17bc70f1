// Counts what the source holds, day by day: all of it, or what is new.
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { SourceClient } from '../source/client.ts';
import { countEventsByDay } from '../source/events.ts';
import { countEvents } from '../store/cache/activity.ts';
import type { DayCount, FullCount } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { carryForward, dayNumber, type Days } from './completeness.ts';
import type { Comparison, Pulled, PullPorts, PullScope, PullSessions } from './pull-scope.ts';

export type Counted = { readonly server: Days; readonly fullCount: FullCount | null };

export async function countAll(
  { counter }: PullSessions,
  scope: PullScope,
  ports: PullPorts,
): Promise<Counted> {
  const startedMs = ports.monotonicMs();
  const server = await countFrom(counter, scope, null, ports);
  return {
    server,
    fullCount: {
      at: formatInstant(scope.serverNowMicroseconds),
      ms: ports.monotonicMs() - startedMs,
      modifications: scope.modifications,
      storage: scope.storage,
      added: 0,
    },
  };
}

/** Counts only what was read this time; what was counted before stands. */
export async function countTail(
  { counter }: PullSessions,
  database: DatabaseHandle,
  scope: PullScope,
  last: { readonly countsByDay: readonly DayCount[] },
  from: number,
  ports: PullPorts,
): Promise<Counted> {
  const counted = await countFrom(counter, scope, from, ports);
  const day = Math.floor(from / microsecondsPerDay);
  const before = countEvents(database, { from: day * microsecondsPerDay, to: from });
  const server = carryForward(last.countsByDay, counted, new Map([[day, before]]), from);
  return { server, fullCount: null };
}

async function countFrom(
  client: SourceClient,
  scope: PullScope,
  from: number | null,
  ports: PullPorts,
): Promise<Map<number, number>> {
  const range = from === null ? scope : { ...scope, fromMicroseconds: from };
  const counted = await countEventsByDay(client, scope.mapping, range, ports.signal);
  return new Map(counted.map(({ day, count }) => [dayNumber(day), count]));
}

/** Compares when it is asked to, however long ago the counting ended. That it failed is told then, too. */
export function whenAsked(
  counting: Promise<Counted>,
  compare: (counting: Promise<Counted>) => Promise<Pulled>,
): Comparison {
  void Promise.allSettled([counting]);
  return () => compare(counting);
}

/** Compared before anybody went on: nothing came later. */
export function atOnce(pulled: Pulled): Comparison {
  return () => Promise.resolve({ ...pulled, late: 0 });
}
