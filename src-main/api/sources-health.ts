// The source as it stands: health and refreshes from this computer, and the dry run of a mapping against the database.
import { statSync } from 'node:fs';
import type { SourceHealth } from '#shared/model/source-health.ts';
import type { ConnectRequest, mappingFile } from '#shared/model/connection.ts';
import { formatInstant } from '#shared/time/instant.ts';
import type { z } from 'zod';
import { rememberedSourceOf } from '../review/remembered-source.ts';
import { ageOf, healthInWords, medianMs, toRefreshRecord } from '../review/source-health.ts';
import { customMapping } from '../source/connection.ts';
import { previewMapping } from '../source/preview-mapping.ts';
import { countByDay, readTotals } from '../store/cache/activity.ts';
import { readSourceState } from '../store/cache/mirror.ts';
import { countRuns, readRuns } from '../store/cache/run-history.ts';
import { queueReadAt } from '../store/cache/server-reviews.ts';
import { warmHistory } from '../store/cache/week.ts';
import { clockStandingOf } from '../sync/clock-hold.ts';
import type { Workstation } from '../workstation.ts';
import { procedures } from './procedures.ts';
import { readOnlyOf } from './schema-guard.ts';
import { askedConnection, rememberedSource, withSession } from './source.ts';

export function sourcesProcedures(workstation: Workstation) {
  const { sources } = procedures;
  return {
    health: sources.health.handler(() => healthOf(workstation)),
    refreshes: sources.refreshes.handler(({ input: { limit, before } }) => ({
      refreshes: readRuns(workstation.cache, limit, before ?? null).map(toRefreshRecord),
      total: countRuns(workstation.cache),
    })),
    previewMapping: sources.previewMapping.handler(({ input }) => preview(workstation, input)),
  };
}

async function preview(
  workstation: Workstation,
  {
    mapping,
    connection,
    rows,
  }: { mapping: z.infer<typeof mappingFile>; connection?: ConnectRequest | undefined; rows: number },
) {
  const { profile, password } = connection
    ? await askedConnection(workstation, connection)
    : await rememberedSource(workstation);
  return withSession(profile, password, (client) =>
    previewMapping(client, customMapping(mapping), profile.sourceAccount, rows),
  );
}

const runsLookedAt = 20;

async function healthOf(workstation: Workstation): Promise<SourceHealth> {
  const { cache, ledger, clock } = workstation;
  const state = ledger.state();
  const history = await warmHistory(cache);
  // The true present, even after a replay: this is about how old things are.
  const now = Math.floor(clock.nowMs() * 1000);
  const totals = readTotals(cache);
  const runs = readRuns(cache, runsLookedAt, null);
  const at = (microseconds: number | null | undefined) =>
    microseconds === null || microseconds === undefined ? null : formatInstant(microseconds);
  const readUpTo = at(readSourceState(cache)?.watermarkMicroseconds);
  const lastEventAt = at(totals.lastMicroseconds);
  const health = {
    source: state.connection && rememberedSourceOf(state.connection),
    now: formatInstant(now),
    lastContactAt: at(runs[0]?.finishedMicroseconds),
    readUpTo,
    lastEventAt,
    behindMilliseconds: ageOf(readUpTo, now),
    silentMilliseconds: ageOf(lastEventAt, now),
    clock: { ...clockStandingOf(state, ledger.clockOffset()), jump: state.clockJump },
    queueReadAt: at(queueReadAt(cache)),
    readOnly: readOnlyOf(cache, state),
    mirror: {
      events: totals.events,
      firstEventAt: at(totals.firstMicroseconds),
      days: countByDay(cache).size,
      actors: history.actors.filter(({ actor }) => actor !== '').length,
      fields: [...history.fields],
      onlyCounts: history.onlyCounts === true,
      bytes: ['', '-wal', '-shm'].reduce((sum, suffix) => sum + sizeOf(workstation.cachePath + suffix), 0),
    },
    refreshes: countRuns(cache),
    medianRefreshMs: medianMs(runs),
  };
  return { ...health, sentences: healthInWords(health) };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
