// Pulls events into the mirror: what is new, then the days whose counts say that something came late.
import { mappedFields, minimisableFields, type MirrorLimits } from '#shared/model/connection.ts';
import type { BatchField } from '../source/columns/event-batch.ts';
import type { EventReader } from '../source/columns/event-pool.ts';
import { batchWriter, capWatermark, readSourceState } from '../store/cache/mirror.ts';
import { readLastRun } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { breathe } from './breathe.ts';
import { countAndCompare } from './count-and-compare.ts';
import { HeldSlice, readUpTo } from './held-slices.ts';
import { planSlices } from './plan-slices.ts';
import type { Comparison, PullPorts, PullScope, PullSessions } from './pull-scope.ts';
import type { Slice } from './slices.ts';

/** Id and time come anyway. What the mapping does not name is not there. */
function fieldsToRead(kept: MirrorLimits['fields']): BatchField[] {
  const left = new Set<string>(
    kept === null ? [] : minimisableFields.filter((field) => !kept.includes(field)),
  );
  return mappedFields.filter(
    (field): field is BatchField => field !== 'id' && field !== 'createdAt' && !left.has(field),
  );
}

/** A larger slice is written in several pieces. */
const writtenTogether = 250_000;

/** Late commits become visible after younger ones; what was read in the last ten minutes is read again. */
const overlapMicroseconds = 600_000_000;

/** Resolves when everything is read; what was counted meanwhile is compared when the answer is called. */
export async function pullEvents(
  sessions: PullSessions,
  database: DatabaseHandle,
  scope: PullScope,
  ports: PullPorts,
): Promise<Comparison> {
  const watermark = readSourceState(database)?.watermarkMicroseconds ?? null;
  const last = readLastRun(database)?.provenance ?? null;
  const from = watermark === null ? null : watermark - overlapMicroseconds;
  const pull = puller(database, scope, ports);
  const plan = await planSlices(sessions, scope, from);
  await pull(sessions.reader, plan.slices, plan.expected);
  return countAndCompare(sessions, database, scope, ports, last, {
    from,
    totals: () => pull.totals,
    again: (day) => pull(sessions.pool, [day], 0),
  });
}

/** Reads slices and writes each when it is complete; the watermark follows as far as nothing before it is missing. */
function puller(database: DatabaseHandle, scope: PullScope, ports: PullPorts) {
  const write = batchWriter(database);
  const totals = { received: 0, duplicates: 0, added: 0, readBy: 'copy' as 'copy' | 'cursor' };
  const pull = async (reader: EventReader, slices: readonly Slice[], expected: number) => {
    const held = new Map(slices.map((slice) => [slice, new HeldSlice(writtenTogether)]));
    const flush = (slice: Slice, isEnd: boolean) => {
      ports.signal.throwIfAborted();
      const { batches } = held.get(slice)!;
      held.get(slice)!.isDone = isEnd;
      const watermarkMicroseconds = isEnd ? readUpTo(slices, held) : null;
      const written = write(batches, {
        watermarkMicroseconds,
        keptActions: scope.keptActions,
        isWhole: scope.fields === null,
      });
      totals.duplicates += written.duplicates;
      totals.added += written.added;
      held.get(slice)!.clear();
      ports.onProgress('Reading events', totals.added, Math.max(expected, totals.added), 'events');
    };
    const reading = {
      sourceAccount: scope.sourceAccount,
      slices,
      fields: fieldsToRead(scope.fields),
      batchRows: 65_536,
      signal: ports.signal,
    };
    const report = await reader.read(
      scope.mapping,
      reading,
      async (slice, batch) => {
        totals.received += batch.length;
        held.get(slice)!.add(batch);
        if (held.get(slice)!.isLarge) flush(slice, false);
        await breathe();
      },
      async (slice) => flush(slice, true),
    );
    totals.readBy = report.way;
    capWatermark(database, Math.min(scope.untilMicroseconds ?? Infinity, scope.serverNowMicroseconds));
  };
  return Object.assign(pull, { totals });
}
