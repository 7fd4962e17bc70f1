// Brings what a source holds into the mirror: events, queue and anomalies of one moment, and what is kept whole of them.
import type { ConnectionProfile } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { SourceClient } from '../source/client.ts';
import { measureClockOffset, serverClock, type ServerClock } from '../source/clock.ts';
import type { EventPool } from '../source/columns/event-pool.ts';
import { countQueueChanges } from '../source/review-changes.ts';
import { inAccount, readReviewTable } from '../source/reviews.ts';
import { schemaDifferences } from '../source/schema-differences.ts';
import { takeFingerprint } from '../source/schema-fingerprint.ts';
import { claimMirror, mirrorGuard } from '../store/cache/mirror.ts';
import { removeSegmentsBefore } from '../store/cache/retention.ts';
import { recordSchemaDrift } from '../store/cache/schema-drift.ts';
import { mirrorQueue } from '../store/cache/server-reviews.ts';
import type { DatabaseHandle } from '../store/database.ts';
import {
  completeKeptEvents,
  expectActions,
  fetchReviewedEvents,
  keepActions,
  keepReviewedEvents,
} from './keep.ts';
import { pullAnomalies } from './pull-anomalies.ts';
import { pullCells } from './pull-cells.ts';
import { pullEvents } from './pull.ts';
import { readUntil, type RefreshPorts, type RefreshRequest } from './refresh-request.ts';
import { databaseIdentity, mirrorIdentity, nameOfDatabase } from './source-identity.ts';
import { requireMapping, type OpenSource } from './source-sessions.ts';

/** Brings events and queue here, out of one snapshot, so that they and their counts agree with each other. */
export async function mirrorSource(
  source: OpenSource,
  database: DatabaseHandle,
  request: RefreshRequest,
  lastPull: number,
  ports: RefreshPorts,
) {
  const { profile } = request;
  const mapping = requireMapping(profile);
  const client = source.counter;
  const clock = await serverClock(client);
  const identity = databaseIdentity(profile, clock.systemIdentifier);
  assertConnected(request.identity, identity);
  claimMirror(database, mirrorIdentity(identity, mapping, profile));
  const assertSameSource = mirrorGuard(database);
  const clockOffsetMs = await measureClockOffset(client, () => ports.nowMicroseconds() / 1000);
  const isQueueLost = await noteDrift(client, database, request, ports);
  const scope = {
    mapping,
    sourceAccount: profile.sourceAccount,
    untilMicroseconds: readUntil(request),
    serverNowMicroseconds: clock.nowMicroseconds,
    modifications: source.modifications,
    storage: source.storage,
    keptActions: new Set(request.privilegedActions),
    fields: profile.mirror.fields,
    // Counts are kept for good.
    keptFrom: profile.mirror.rows ? keptFrom(profile, clock) : null,
  };
  expectActions(database, scope.keptActions);
  const pull = profile.mirror.rows ? pullEvents : pullCells;
  const compare = await pull(source, database, scope, ports);
  ports.onProgress('Reading the review queue', 0, null, '');
  const reading = inAccount(await readReviewTable(source.pool.first, ports.signal), profile);
  // The queue a person connected is not given up for one derived from events because its table went away.
  const kept = isQueueLost && reading.rows === null ? { ...reading, cause: 'changed' as const } : reading;
  const pulled = mirrorQueue(database, kept, assertSameSource, lastPull);
  const queue = pulled && countQueueChanges(pulled.changes, request.ownDecisions ?? []);
  ports.onProgress('Reading the source’s anomalies', 0, null, '');
  await pullAnomalies(source.pool.first, database, profile, {
    nowMicroseconds: ports.nowMicroseconds(),
    assertSameSource,
    signal: ports.signal,
  });
  return { compare, clock, clockOffsetMs, queue };
}

/** @throws Problem `source-changed` before anything of the mirror is touched */
function assertConnected(connected: string | undefined, found: string): void {
  if (connected === undefined || connected === found) return;
  throw new Problem(
    'source-changed',
    `This is not the database this workspace is connected to. That is ${nameOfDatabase(connected)}; what answers now is ${nameOfDatabase(found)}. Nothing was read; what was read before is kept.`,
    { next: 'Check the address, or use a workspace of its own for the other database.' },
  );
}

/** Since when events are kept; null keeps all. */
function keptFrom({ mirror }: ConnectionProfile, { nowMicroseconds }: ServerClock): number | null {
  return mirror.days === null ? null : nowMicroseconds - mirror.days * microsecondsPerDay;
}

/**
 * Notes how the source differs from what it was when the workspace was connected to it; nothing is sent until that is confirmed.
 * Answers whether the queue of the source is among what is gone.
 */
async function noteDrift(
  client: SourceClient,
  database: DatabaseHandle,
  { profile, fingerprint: expected }: RefreshRequest,
  { nowMicroseconds, signal }: RefreshPorts,
): Promise<boolean> {
  if (!expected) return false;
  const found = await takeFingerprint(client, requireMapping(profile), signal);
  const differences = schemaDifferences(expected, found);
  if (differences.length > 0)
    recordSchemaDrift(database, {
      expected: expected.sha256,
      sinceMicroseconds: nowMicroseconds(),
      differences,
    });
  return expected.tables.reviews !== null && found.tables.reviews === null;
}

/** Completes what is kept whole, then removes what is older than the workspace keeps. */
export async function keepWhole(
  pool: EventPool,
  database: DatabaseHandle,
  { profile, privilegedActions }: RefreshRequest,
  clock: ServerClock,
  { signal, onProgress }: RefreshPorts,
): Promise<void> {
  const mapping = requireMapping(profile);
  if (!profile.mirror.rows) {
    await fetchReviewedEvents(pool.first, database, mapping, profile.sourceAccount, signal);
    return;
  }
  keepActions(database, new Set(privilegedActions), profile.mirror.fields === null);
  keepReviewedEvents(database, profile.mirror.fields === null);
  await completeKeptEvents(pool, database, mapping, profile.sourceAccount, signal, (done, total) =>
    onProgress('Fetching cited events', done, total, 'events'),
  );
  const from = keptFrom(profile, clock);
  if (from !== null) removeSegmentsBefore(database, from);
}
