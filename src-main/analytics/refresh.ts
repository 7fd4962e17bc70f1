// One refresh: pull what is new, notice what came late or vanished, mirror the review queue, judge what is complete.
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { RefreshReport } from '#shared/model/workspace.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import { canonicalJson } from '../evidence/entry-hash.ts';
import { closeSource, connectSource, type SourceClient } from '../source/client.ts';
import { measureClockOffset, serverClock } from '../source/clock.ts';
import { countEventsByDay, eventQueryText, streamEvents } from '../source/events.ts';
import { readReviewTable } from '../source/reviews.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { countByDay, dayOf, readTotals } from '../store/cache/activity.ts';
import { readFindings } from '../store/cache/findings.ts';
import { capWatermark, claimMirror, mirrorWriter, readSourceState } from '../store/cache/mirror.ts';
import { insertRun, type Provenance } from '../store/cache/runs.ts';
import { mirrorQueue, readServerReviews } from '../store/cache/server-reviews.ts';
import { evaluatePending } from './evaluate.ts';

export type RefreshRequest = {
  readonly profile: ConnectionProfile;
  readonly password: string;
  /** Evaluate as if this were now; null takes the server's clock. */
  readonly asOfMicroseconds: number | null;
};

export type RefreshPorts = {
  readonly nowMicroseconds: () => number;
  readonly monotonicMs: () => number;
  readonly onProgress: (step: string, done: number, total: number | null, unit: string) => void;
  readonly signal: AbortSignal;
};

/** Late commits become visible after younger ones; what was read in the last ten minutes is read again. */
const overlapMicroseconds = 600_000_000;
const batchSize = 5_000;

/** Runs a refresh against an open cache. Resumable: every batch leaves the mirror consistent. */
export async function refresh(
  database: DatabaseHandle,
  request: RefreshRequest,
  ports: RefreshPorts,
): Promise<RefreshReport> {
  const startedMs = ports.monotonicMs();
  const mapping = request.profile.mapping;
  if (!mapping)
    throw new Problem('not-connected', 'No audit database is connected yet.', {
      next: 'Connect to one first.',
    });
  ports.onProgress('Connecting', 0, null, '');
  const client = await connectSource(request.profile, request.password, {
    purpose: 'read',
    statementTimeoutMs: 300_000,
    connectTimeoutMs: 15_000,
    signal: ports.signal,
  });
  try {
    // One snapshot for counts, events and queue, so that they agree with each other.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const clock = await serverClock(client);
    claimMirror(database, mirrorIdentity(request.profile, mapping, clock.systemIdentifier));
    const asOf = request.asOfMicroseconds ?? clock.nowMicroseconds;
    const clockOffsetMs = await measureClockOffset(client, () => ports.nowMicroseconds() / 1000);
    const pulled = await pullEvents(
      client,
      database,
      { ...request, mapping },
      asOf,
      clock.nowMicroseconds,
      ports,
    );
    ports.onProgress('Reading the review queue', 0, null, '');
    mirrorQueue(database, await readReviewTable(client, ports.signal));
    await client.query('COMMIT');
    const evaluation = await evaluatePending(database, {
      asOfMicroseconds: asOf,
      zone: request.profile.zone,
      onProgress: (done, total) => ports.onProgress('Judging hours', done, total, 'series'),
      breathe: () => breathe(ports.signal),
    });
    const totals = readTotals(database);
    const report: RefreshReport = {
      pulled: pulled.received,
      duplicates: pulled.duplicates,
      events: totals.events,
      unattributed: totals.unattributed,
      findings: readFindings(database).length,
      ...evaluation,
      reviews: readServerReviews(database).length,
      vanished: pulled.vanished,
      asOf: formatInstant(asOf),
      ms: Math.round(ports.monotonicMs() - startedMs),
    };
    const provenance: Provenance = {
      ...eventQueryText(mapping, {
        sourceAccount: request.profile.sourceAccount,
        untilMicroseconds: request.asOfMicroseconds,
      }),
      server: clock.version,
      database: clock.database,
      role: clock.role,
      serverTime: formatInstant(clock.nowMicroseconds),
      snapshot: clock.snapshot,
      countsByDay: pulled.countsByDay,
      serverCount: pulled.serverCount,
      clockOffsetMs,
    };
    const replay = request.asOfMicroseconds !== null;
    insertRun(database, { finishedMicroseconds: ports.nowMicroseconds(), replay, report, provenance }, asOf);
    return report;
  } finally {
    await closeSource(client);
  }
}

type Pulled = {
  received: number;
  duplicates: number;
  vanished: number;
  serverCount: number;
  countsByDay: { day: string; mirrored: number; server: number }[];
};

async function pullEvents(
  client: SourceClient,
  database: DatabaseHandle,
  request: RefreshRequest & { mapping: Mapping },
  asOf: number,
  serverNow: number,
  ports: RefreshPorts,
): Promise<Pulled> {
  const { mapping } = request;
  const scope = { sourceAccount: request.profile.sourceAccount, untilMicroseconds: request.asOfMicroseconds };
  ports.onProgress('Counting events', 0, null, 'events');
  const serverDays = new Map(
    (await countEventsByDay(client, mapping, scope)).map(({ day, count }) => [dayNumber(day), count]),
  );
  const serverCount = sum(serverDays.values());
  const expected = Math.max(0, serverCount - sum(countByDay(database).values()));
  const write = mirrorWriter(database);
  const pulled = { received: 0, duplicates: 0 };
  const pull = async (range: { from: number | null; until: number | null }) => {
    const batches = streamEvents(client, mapping, {
      sourceAccount: scope.sourceAccount,
      after: null,
      ...(range.from === null ? {} : { fromMicroseconds: range.from }),
      untilMicroseconds: range.until,
      batchSize,
      signal: ports.signal,
    });
    for await (const batch of batches) {
      ports.signal.throwIfAborted();
      pulled.received += batch.length;
      pulled.duplicates += write(batch).duplicates;
      ports.onProgress('Reading events', pulled.received - pulled.duplicates, expected, 'events');
    }
  };
  const watermark = readSourceState(database)?.watermarkMicroseconds ?? null;
  await pull({
    from: watermark === null ? null : watermark - overlapMicroseconds,
    until: scope.untilMicroseconds,
  });
  // The counts of each day tell what arrived later than the overlap reaches back.
  for (const [day, count] of serverDays) {
    const mirrored = countByDay(database).get(day) ?? 0;
    if (mirrored >= count) continue;
    const lastOfDay = (day + 1) * microsecondsPerDay - 1;
    await pull({
      from: day * microsecondsPerDay,
      until: Math.min(lastOfDay, scope.untilMicroseconds ?? lastOfDay),
    });
  }
  capWatermark(database, Math.min(asOf, serverNow));
  return { ...pulled, ...compareDays(database, serverDays, scope.untilMicroseconds), serverCount };
}

function compareDays(
  database: DatabaseHandle,
  serverDays: ReadonlyMap<number, number>,
  until: number | null,
): Pick<Pulled, 'vanished' | 'countsByDay'> {
  const mirroredDays = countByDay(database);
  // A replay counts on the server only up to its as-of; later days of the mirror have nothing to compare with.
  const lastWholeDay = until === null ? Infinity : dayOf(until) - 1;
  let vanished = 0;
  const days = [...new Set([...mirroredDays.keys(), ...serverDays.keys()])].toSorted((a, b) => a - b);
  const countsByDay = days.map((day) => {
    const mirrored = mirroredDays.get(day) ?? 0;
    const server = serverDays.get(day) ?? 0;
    if (day <= lastWholeDay) vanished += Math.max(0, mirrored - server);
    return { day: formatInstant(day * microsecondsPerDay).slice(0, 10), mirrored, server };
  });
  return { vanished, countsByDay };
}

/** What makes a database the same one after a restart on another port or under another name. */
export function databaseIdentity(profile: ConnectionProfile, systemIdentifier: string | null): string {
  return canonicalJson([systemIdentifier ?? `${profile.host}:${profile.port}`, profile.database]);
}

/** What the mirror is a mirror of: the database, the table as mapped, and the account. */
function mirrorIdentity(
  profile: ConnectionProfile,
  mapping: Mapping,
  systemIdentifier: string | null,
): string {
  const { schema, table, columns } = mapping;
  return canonicalJson([
    databaseIdentity(profile, systemIdentifier),
    schema,
    table,
    columns,
    profile.sourceAccount,
  ]);
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** Lets messages (a cancel among them) in between two batches of synchronous work. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
  signal.throwIfAborted();
}
