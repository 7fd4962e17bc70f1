// Pulls counts instead of events: what is new per quarter hour, then the days whose counts say that something came late.
import { microsecondsPerSlot } from '#shared/time/hour-of-week.ts';
import type { SourceClient } from '../source/client.ts';
import { estimateSlice, timeBounds } from '../source/columns/estimate.ts';
import { streamEvents } from '../source/events.ts';
import { readActorNames } from '../source/known-events.ts';
import type { CellBatch } from '../source/pushdown/cell-builder.ts';
import { readCells } from '../source/pushdown/read-cells.ts';
import type { SourceEvent } from '../source/source-event.ts';
import { countWriter } from '../store/cache/cell-days.ts';
import { capWatermark, readSourceState } from '../store/cache/mirror.ts';
import { readLastRun } from '../store/cache/runs.ts';
import type { DatabaseHandle } from '../store/database.ts';
import { breathe } from './breathe.ts';
import type { Days } from './completeness.ts';
import { countAndCompare } from './count-and-compare.ts';
import { affordableSlices } from './plan-slices.ts';
import type { Comparison, PullPorts, PullScope, PullSessions } from './pull-scope.ts';
import { sliceByDay, type Slice } from './slices.ts';

/** Late commits become visible after younger ones, and the watermark may lie a quarter hour after the newest event. */
const overlapMicroseconds = 600_000_000 + microsecondsPerSlot;
const keptTogether = 2_000;

/** The last instant of the quarter hours that ended by an as-of: of one that had not, nobody could say what belongs to it. */
export function lastOfWholeSlots(asOfMicroseconds: number): number {
  return Math.floor((asOfMicroseconds + 1) / microsecondsPerSlot) * microsecondsPerSlot - 1;
}

/**
 * Brings counts here, and the events that are kept whole. Resumable: every slice leaves the mirror consistent.
 * @param scope its end is one of {@link lastOfWholeSlots}, or open.
 */
export async function pullCells(
  sessions: PullSessions,
  database: DatabaseHandle,
  scope: PullScope,
  ports: PullPorts,
): Promise<Comparison> {
  const watermark = readSourceState(database)?.watermarkMicroseconds ?? null;
  const last = readLastRun(database)?.provenance ?? null;
  const from = watermark === null ? null : startOfSlot(watermark - overlapMicroseconds);
  const puller = new CellPuller(sessions, database, scope, ports);
  const plan = await planSlices(sessions, scope, from);
  await puller.pull(plan.slices, plan.expected);
  const { totals } = puller;
  return countAndCompare(sessions, database, scope, ports, last, {
    from,
    totals: () => ({ ...totals, duplicates: totals.received - totals.added }),
    again: (day) => puller.pull([day], 0),
    daysToDoubt: withEmptyDays,
  });
}

const startOfSlot = (microseconds: number): number =>
  Math.floor(microseconds / microsecondsPerSlot) * microsecondsPerSlot;

/** Days that only the mirror has are counted as empty. */
function withEmptyDays(server: Days, mirrored: Days): Days {
  return new Map([...[...mirrored.keys()].map((day): [number, number] => [day, 0]), ...server]);
}

/** Cut as well where only the end is missing: a slice is held as a whole until it is written. */
async function planSlices(
  { counter, reader }: PullSessions,
  scope: PullScope,
  fromMicroseconds: number | null,
): Promise<{ slices: readonly Slice[]; expected: number }> {
  const { mapping, sourceAccount, untilMicroseconds } = scope;
  const rest = { fromMicroseconds, untilMicroseconds };
  const { rows: expected } = await estimateSlice(counter, mapping, sourceAccount, rest);
  const bounds = await timeBounds(counter, mapping, sourceAccount);
  const isAhead = bounds !== null && bounds.lastMicroseconds > (fromMicroseconds ?? -Infinity);
  const slices = sliceByDay(fromMicroseconds, untilMicroseconds, isAhead ? bounds : null, expected);
  return { slices: await affordableSlices(counter, reader.connections, scope, slices), expected };
}

type ReadSlice = { readonly newestMicroseconds: number | null };

class CellPuller {
  readonly totals = { received: 0, added: 0, readBy: 'copy' as 'copy' | 'cursor' };
  readonly #sessions: PullSessions;
  readonly #scope: PullScope;
  readonly #ports: PullPorts;
  readonly #database: DatabaseHandle;
  readonly #write: ReturnType<typeof countWriter>;

  constructor(sessions: PullSessions, database: DatabaseHandle, scope: PullScope, ports: PullPorts) {
    this.#sessions = sessions;
    this.#scope = scope;
    this.#ports = ports;
    this.#database = database;
    this.#write = countWriter(database);
  }

  /** Slices ascending, taken one by one by whichever session is free. */
  async pull(slices: readonly Slice[], expected: number): Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, this.#ports.signal]);
    const done = new Map<Slice, ReadSlice>();
    const failures: { error: unknown }[] = [];
    let next = 0;
    const work = async (client: SourceClient) => {
      for (let slice = slices[next++]; slice !== undefined; slice = slices[next++])
        await this.#pullSlice(client, slice, { slices, done, expected, signal });
    };
    await Promise.all(
      this.#sessions.pool.sessions.map((client) =>
        work(client).catch((error: unknown) => {
          failures.push({ error });
          stop.abort();
        }),
      ),
    );
    if (failures[0]) throw failures[0].error;
    const { untilMicroseconds, serverNowMicroseconds } = this.#scope;
    capWatermark(this.#database, Math.min(untilMicroseconds ?? Infinity, serverNowMicroseconds));
  }

  async #pullSlice(
    client: SourceClient,
    slice: Slice,
    all: {
      readonly slices: readonly Slice[];
      readonly done: Map<Slice, ReadSlice>;
      readonly expected: number;
      readonly signal: AbortSignal;
    },
  ): Promise<void> {
    const { mapping, sourceAccount, serverNowMicroseconds: nowMicroseconds } = this.#scope;
    const batches: CellBatch[] = [];
    const reading = { ...slice, sourceAccount, signal: all.signal };
    const report = await readCells(client, mapping, reading, async (batch) => {
      batches.push(batch);
      await breathe();
    });
    const kept = await this.#readKept(client, slice, all.signal);
    const actorNames = await readActorNames(client, mapping, this.#scopeOf(slice), all.signal);
    this.#ports.signal.throwIfAborted();
    all.done.set(slice, { newestMicroseconds: newestOf(batches) });
    const newest = readUpTo(all.slices, all.done);
    const watermarkMicroseconds = newest === null ? null : Math.min(newest, nowMicroseconds);
    const written = this.#write({ batches, actorNames, kept, watermarkMicroseconds, nowMicroseconds });
    this.totals.received += written.received;
    this.totals.added += written.added;
    this.totals.readBy = report.way;
    const { received } = this.totals;
    this.#ports.onProgress('Counting events', received, Math.max(all.expected, received), 'events');
  }

  /** Privileged and critical events, one by one, in the same snapshot. */
  async #readKept(client: SourceClient, slice: Slice, signal: AbortSignal): Promise<SourceEvent[]> {
    const { mapping, keptActions: actions } = this.#scope;
    if (actions.size === 0 && !mapping.columns.severity) return [];
    const page = { after: null, batchSize: keptTogether, signal };
    const wanted = { ...this.#scopeOf(slice), kept: { actions }, ...page };
    const kept: SourceEvent[] = [];
    for await (const events of streamEvents(client, mapping, wanted)) kept.push(...events);
    return kept;
  }

  #scopeOf({ fromMicroseconds, untilMicroseconds }: Slice) {
    const from = fromMicroseconds === null ? {} : { fromMicroseconds };
    return { sourceAccount: this.#scope.sourceAccount, ...from, untilMicroseconds };
  }
}

/** End of the newest quarter hour; null when there is none. */
function newestOf(batches: readonly CellBatch[]): number | null {
  let newest: number | null = null;
  for (const { slots } of batches) {
    for (const slot of slots) {
      const end = (slot + 1) * microsecondsPerSlot;
      if (newest === null || end > newest) newest = end;
    }
  }
  return newest;
}

/** The newest end such that everything before it has been read; null while the first slice is not done. */
function readUpTo(slices: readonly Slice[], done: ReadonlyMap<Slice, ReadSlice>): number | null {
  let newest: number | null = null;
  for (const slice of slices) {
    const read = done.get(slice);
    if (!read) break;
    newest = read.newestMicroseconds ?? newest;
  }
  return newest;
}
