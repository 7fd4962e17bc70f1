// Counts what the source holds beside what was read of it, and reads the days again on which the two differ.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { countByDay } from '../store/cache/activity.ts';
import type { Provenance } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { compareDays, doubtfulDays, isFullCountDue, sum, type Days } from './completeness.ts';
import { atOnce, countAll, countTail, whenAsked, type Counted } from './count-source.ts';
import type { Comparison, Pulled, PullPorts, PullScope, PullSessions } from './pull-scope.ts';
import type { Slice } from './slices.ts';

/** What one pull has read, and how it reads a day again. */
export type ComparedPull = {
  /** From where it read; null from the beginning. */
  readonly from: number | null;
  /** As of the moment it is asked. `added` is what the mirror did not have. */
  readonly totals: () => Pick<Pulled, 'received' | 'duplicates' | 'readBy'> & { readonly added: number };
  readonly again: (day: Slice) => Promise<void>;
  /** The source’s count of the days to look at, where the mirror may hold days the source does not count. */
  readonly daysToDoubt?: (server: Days, mirrored: Days) => Days;
};

/** Where nothing was ever counted and a session is free for it, the source counts while others go on. */
export async function countAndCompare(
  sessions: PullSessions,
  database: DatabaseHandle,
  scope: PullScope,
  ports: PullPorts,
  last: Provenance | null,
  pull: ComparedPull,
): Promise<Comparison> {
  const { from } = pull;
  const isFirst = last === null || from === null;
  const now = { ...scope, serverMicroseconds: scope.serverNowMicroseconds, added: pull.totals().added };
  const isFull = isFirst || scope.untilMicroseconds !== null || isFullCountDue(last.fullCount, now);
  const counting = isFull
    ? countAll(sessions, scope, ports)
    : countTail(sessions, database, scope, last, from, ports);
  const compare = (counted: Promise<Counted>) => compareCounts(counted, database, scope, last, pull);
  return isFirst && sessions.isShared ? whenAsked(counting, compare) : atOnce(await compare(counting));
}

async function compareCounts(
  counting: Promise<Counted>,
  database: DatabaseHandle,
  scope: PullScope,
  last: Provenance | null,
  { totals, again, daysToDoubt = (server) => server }: ComparedPull,
): Promise<Pulled> {
  const { server, fullCount } = await counting;
  const mirrored = () => countByDay(database, scope.untilMicroseconds);
  const before = totals().received;
  const inDoubt = daysToDoubt(server, mirrored());
  for (const day of doubtfulDays(inDoubt, mirrored(), last?.countsByDay ?? [])) {
    const lastOfDay = (day + 1) * microsecondsPerDay - 1;
    if (scope.keptFrom !== null && lastOfDay < scope.keptFrom) continue;
    const untilMicroseconds = Math.min(lastOfDay, scope.untilMicroseconds ?? lastOfDay);
    await again({ fromMicroseconds: day * microsecondsPerDay, untilMicroseconds });
  }
  const { added, ...read } = totals();
  return {
    ...read,
    late: read.received - before,
    ...compareDays(server, mirrored()),
    serverCount: sum(server.values()),
    fullCount: fullCount ?? { ...last!.fullCount, added: last!.fullCount.added + added },
  };
}
