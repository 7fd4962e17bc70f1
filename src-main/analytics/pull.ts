// Pulls events into the mirror: what is new, then the days whose counts say that something came late.
import {
  mappedFields,
  minimisableFields,
  type Mapping,
  type MirrorLimits,
} from '#shared/model/connection.ts';
import { formatInstant, microsecondsPerDay } from '#shared/time/instant.ts';
import type { BatchField, EventBatch } from '../source/columns/event-batch.ts';
import type { SourceClient } from '../source/client.ts';
import { countEventsByDay } from '../source/events.ts';
import type { EventPool } from '../source/columns/event-pool.ts';
import { estimateRows, estimateSlice, timeBounds } from '../source/columns/estimate.ts';
import { countByDay, countEvents } from '../store/cache/activity.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { batchWriter, capWatermark, readSourceState } from '../store/cache/mirror.ts';
import { readLastRun, type DayCount, type FullCount } from '../store/cache/runs.ts';
import {
  carryForward,
  compareDays,
  dayNumber,
  doubtfulDays,
  isFullCountDue,
  sum,
  type Days,
} from './completeness.ts';
import { mergeSlices, sliceByDay, type Slice } from './slices.ts';

export type PullScope = {
  readonly mapping: Mapping;
  readonly sourceAccount: string | null;
  /** Nothing later than this is read; null reads all there is. */
  readonly untilMicroseconds: number | null;
  /** The server's clock: the watermark never goes beyond it, or one event dated ahead would hide all that follow. */
  readonly serverNowMicroseconds: number;
  /** The database's counters of changes, asked before the snapshot was taken; null where it shows none. */
  readonly modifications: number | null;
  /** Changes when the table was emptied or exchanged, which no counter shows. */
  readonly storage: string | null;
  /** Actions whose events are kept whole. */
  readonly keptActions: ReadonlySet<string>;
  /** The fields to mirror; null is every one that is mapped. */
  readonly fields: MirrorLimits['fields'];
  /** Days that ended before this are not read again: their events may have been removed. Null keeps all. */
  readonly keptFrom: number | null;
};

export type PullPorts = {
  readonly onProgress: (step: string, done: number, total: number | null, unit: string) => void;
  readonly signal: AbortSignal;
  readonly monotonicMs: () => number;
};

export type Pulled = {
  received: number;
  duplicates: number;
  vanished: number;
  serverCount: number;
  countsByDay: DayCount[];
  fullCount: FullCount;
  readBy: 'copy' | 'cursor';
};

/** Sessions of one snapshot; one for counting, which is the reader's own where there is no other. */
export type PullSessions = {
  readonly counter: SourceClient;
  readonly reader: EventPool;
  readonly isShared: boolean;
};

/** Id and time come anyway. What the mapping does not name is not there. */
function fieldsToRead(kept: MirrorLimits['fields']): BatchField[] {
  const left = new Set<string>(
    kept === null ? [] : minimisableFields.filter((field) => !kept.includes(field)),
  );
  return mappedFields.filter(
    (field): field is BatchField => field !== 'id' && field !== 'createdAt' && !left.has(field),
  );
}

/** Late commits become visible after younger ones; what was read in the last ten minutes is read again. */
const overlapMicroseconds = 600_000_000;
/** A slice is written in one piece unless it turns out much larger than was foreseen. */
const heldTogether = { events: 500_000, bytes: 256_000_000 };

export async function pullEvents(
  sessions: PullSessions,
  database: DatabaseHandle,
  scope: PullScope,
  ports: PullPorts,
): Promise<Pulled> {
  const watermark = readSourceState(database)?.watermarkMicroseconds ?? null;
  const last = readLastRun(database)?.provenance ?? null;
  const from = watermark === null ? null : watermark - overlapMicroseconds;
  const pull = puller(sessions, database, scope, ports);
  const plan = await planSlices(sessions, scope, from);
  // Counting takes the server longer than reading: where a session is free for it, it begins at once.
  const isFirst = last === null || from === null;
  const early = isFirst && sessions.isShared ? countAll(sessions, scope, ports) : null;
  await allOf(pull(plan.slices, plan.expected), early);
  const mirrored = () => countByDay(database, scope.untilMicroseconds);
  const now = { ...scope, serverMicroseconds: scope.serverNowMicroseconds, added: pull.totals.added };
  const isFull = isFirst || scope.untilMicroseconds !== null || isFullCountDue(last.fullCount, now);
  const counted = isFull
    ? await (early ?? countAll(sessions, scope, ports))
    : await countTail(sessions, database, scope, last, from, ports);
  for (const day of doubtfulDays(counted.server, mirrored(), last?.countsByDay ?? [])) {
    const lastOfDay = (day + 1) * microsecondsPerDay - 1;
    if (scope.keptFrom !== null && lastOfDay < scope.keptFrom) continue;
    const untilMicroseconds = Math.min(lastOfDay, scope.untilMicroseconds ?? lastOfDay);
    await pull([{ fromMicroseconds: day * microsecondsPerDay, untilMicroseconds }], 0);
  }
  capWatermark(database, Math.min(scope.untilMicroseconds ?? Infinity, scope.serverNowMicroseconds));
  const { added, ...totals } = pull.totals;
  return {
    ...totals,
    ...compareDays(counted.server, mirrored()),
    serverCount: sum(counted.server.values()),
    fullCount: counted.fullCount ?? { ...last!.fullCount, added: last!.fullCount.added + added },
  };
}

/** Waits for both, and for neither longer than for the first to fail. */
async function allOf(main: Promise<void>, other: Promise<unknown> | null): Promise<void> {
  await Promise.all([main, other]);
}

type Plan = { readonly slices: readonly Slice[]; readonly expected: number };

async function planSlices({ reader }: PullSessions, scope: PullScope, from: number | null): Promise<Plan> {
  if (from !== null)
    return { slices: [{ fromMicroseconds: from, untilMicroseconds: scope.untilMicroseconds }], expected: 0 };
  const expected = await estimateRows(reader.first, scope.mapping, scope.sourceAccount);
  const bounds = await timeBounds(reader.first, scope.mapping, scope.sourceAccount);
  const slices = sliceByDay(from, scope.untilMicroseconds, bounds, expected);
  return { slices: await affordableSlices(reader, scope, slices), expected };
}

/** What reading in slices may cost more than reading at once, as the server estimates it. */
const affordable = 1.5;

/**
 * As many slices as are affordable: without an index or partitions by time, every slice costs the server a look at everything.
 * Never fewer than there are connections.
 */
export async function affordableSlices(
  { first, connections }: EventPool,
  scope: Pick<PullScope, 'mapping' | 'sourceAccount'>,
  slices: readonly Slice[],
): Promise<readonly Slice[]> {
  if (slices.length <= connections) return slices;
  const costOf = async (slice: Slice) =>
    (await estimateSlice(first, scope.mapping, scope.sourceAccount, slice)).cost;
  const atOnce = await costOf({ fromMicroseconds: null, untilMicroseconds: null });
  for (const wanted of [slices.length, connections * 4]) {
    const cut = mergeSlices(slices, wanted);
    const middle = await costOf(cut[Math.floor(cut.length / 2)]!);
    if (middle * cut.length <= affordable * atOnce) return cut;
  }
  return mergeSlices(slices, connections);
}

type Counted = { readonly server: Days; readonly fullCount: FullCount | null };

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

/** Reads slices and writes each when it is complete; the watermark follows as far as nothing before it is missing. */
function puller(sessions: PullSessions, database: DatabaseHandle, scope: PullScope, ports: PullPorts) {
  const write = batchWriter(database);
  const totals = { received: 0, duplicates: 0, added: 0, readBy: 'copy' as 'copy' | 'cursor' };
  const pull = async (slices: readonly Slice[], expected: number) => {
    const held = new Map(slices.map((slice) => [slice, new HeldSlice()]));
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
    const report = await sessions.reader.read(
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
  };
  return Object.assign(pull, { totals });
}

/** Lets messages, a cancel among them, in between two pieces of work. */
async function breathe(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}

class HeldSlice {
  batches: EventBatch[] = [];
  #events = 0;
  #bytes = 0;
  isDone = false;
  newest: number | null = null;

  add(batch: EventBatch): void {
    this.batches.push(batch);
    this.#events += batch.length;
    for (const column of batch.columns.values())
      this.#bytes += column.kind === 'plain' ? column.bytes.length : 0;
    for (const at of batch.microseconds) if (this.newest === null || at > this.newest) this.newest = at;
  }

  get isLarge(): boolean {
    return this.#events >= heldTogether.events || this.#bytes >= heldTogether.bytes;
  }

  clear(): void {
    this.batches = [];
    this.#events = 0;
    this.#bytes = 0;
  }
}

/** The newest event such that everything before it has been read; null while the first slice is not done. */
function readUpTo(slices: readonly Slice[], held: ReadonlyMap<Slice, HeldSlice>): number | null {
  let newest: number | null = null;
  for (const slice of slices) {
    const { isDone, newest: ofSlice } = held.get(slice)!;
    if (!isDone) break;
    newest = ofSlice ?? newest;
  }
  return newest;
}
