// Reads audit events of one moment in columns, several slices of time at once.
import type { Mapping } from '#shared/model/connection.ts';
import type { SourceClient } from '../client.ts';
import { confirmMapping } from '../mapping.ts';
import { cancelledProblem } from '../problems.ts';
import { BatchBuilder } from './batch-builder.ts';
import type { BatchField, EventBatch } from './event-batch.ts';
import type { RowLayout } from './row-layout.ts';
import { layoutOf, sliceQuery, type TimeSlice } from './slice-query.ts';
import { BatchSink } from './batch-sink.ts';
import { shareSnapshot, type SharedSnapshot } from './snapshot.ts';
import { chooseWay, readRows, type WayOfReading } from './way-of-reading.ts';

export interface SliceReading<Slice extends TimeSlice> {
  /** Reads only this account's events; null reads all that are visible. */
  readonly sourceAccount: string | null;
  /** Read in this order, several at a time; they should not overlap. */
  readonly slices: readonly Slice[];
  /** Answers the place of the slice to read next, 0 first; shared by readers that share the slices. */
  readonly claim?: () => number;
  readonly fields: readonly BatchField[];
  readonly batchRows: number;
  /** A batch ends early when its rows are this large on the wire; 32 MiB unless told. */
  readonly batchBytes?: number;
  readonly signal?: AbortSignal;
}

export interface ReadReport {
  /** `cursor` where the server, or something between us and it, refused COPY. */
  readonly way: WayOfReading;
  readonly connections: number;
  readonly rows: number;
}

const usualBatchBytes = 33_554_432;

/**
 * Opens sessions that all see what is committed now.
 * @param connect Opens a read session; all of them are closed by {@link EventPool.close}.
 * @param connections How many are wanted; fewer are used where the server does not allow more on one snapshot.
 * @throws Problem
 */
export async function openSnapshot(
  connect: () => Promise<SourceClient>,
  connections: number,
): Promise<EventPool> {
  return new EventPool(await shareSnapshot(connect, connections));
}

/** Whatever reads events in slices: sessions of this thread, or of another. */
export interface EventReader {
  readonly connections: number;
  read<Slice extends TimeSlice>(
    mapping: Mapping,
    reading: SliceReading<Slice>,
    onBatch: (slice: Slice, batch: EventBatch) => Promise<void>,
    onEnd: (slice: Slice) => Promise<void>,
  ): Promise<ReadReport>;
}

export class EventPool implements EventReader {
  readonly #snapshot: SharedSnapshot;

  constructor(snapshot: SharedSnapshot) {
    this.#snapshot = snapshot;
  }

  /** For further queries in the same snapshot, while nothing is being read. */
  get first(): SourceClient {
    return this.#snapshot.sessions[0];
  }

  /** Every session of the snapshot. */
  get sessions(): readonly SourceClient[] {
    return this.#snapshot.sessions;
  }

  get connections(): number {
    return this.#snapshot.sessions.length;
  }

  /**
   * Reads slices and hands on their events in batches, in no particular order within a slice. Batches of one slice come
   * one after another, those of different slices in between; each is awaited before more of that slice is read.
   * After a failure, and after an abort, the snapshot can only be closed.
   * @param onEnd Called after the last batch of a slice, also when it had none.
   * @throws Problem, `cancelled` when the signal is aborted; or what a callback threw
   */
  async read<Slice extends TimeSlice>(
    mapping: Mapping,
    reading: SliceReading<Slice>,
    onBatch: (slice: Slice, batch: EventBatch) => Promise<void>,
    onEnd: (slice: Slice) => Promise<void>,
  ): Promise<ReadReport> {
    const { sourceAccount, fields, signal } = reading;
    const layout = layoutOf(mapping, await confirmMapping(this.first, mapping), sourceAccount, fields);
    const everything = { fromMicroseconds: null, untilMicroseconds: null };
    const way = await chooseWay(this.first, sliceQuery(mapping, layout, sourceAccount, everything), signal);
    const stop = new AbortController();
    const work = new Work(
      mapping,
      layout,
      way,
      reading,
      AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]),
    );
    const failures: { error: unknown }[] = [];
    const counts = await Promise.all(
      this.#snapshot.sessions.map((client) =>
        work.run(client, onBatch, onEnd).catch((error: unknown) => {
          failures.push({ error });
          stop.abort();
          return 0;
        }),
      ),
    );
    if (failures[0]) throw failures[0].error;
    return { way, connections: this.connections, rows: counts.reduce((sum, count) => sum + count, 0) };
  }

  /** Ends the snapshot and its sessions; never fails. */
  async close(): Promise<void> {
    await this.#snapshot.close();
  }
}

/** The slices, taken one by one by whichever session is free. */
class Work<Slice extends TimeSlice> {
  readonly #mapping: Mapping;
  readonly #layout: RowLayout;
  readonly #way: WayOfReading;
  readonly #reading: SliceReading<Slice>;
  readonly #signal: AbortSignal;
  readonly #claim: () => number;

  constructor(
    mapping: Mapping,
    layout: RowLayout,
    way: WayOfReading,
    reading: SliceReading<Slice>,
    signal: AbortSignal,
  ) {
    this.#mapping = mapping;
    this.#layout = layout;
    this.#way = way;
    this.#reading = reading;
    this.#signal = signal;
    let next = 0;
    this.#claim = reading.claim ?? (() => next++);
  }

  async run(
    client: SourceClient,
    onBatch: (slice: Slice, batch: EventBatch) => Promise<void>,
    onEnd: (slice: Slice) => Promise<void>,
  ): Promise<number> {
    const { slices, batchRows, batchBytes = usualBatchBytes } = this.#reading;
    const builder = new BatchBuilder(this.#layout, { rows: batchRows, bytes: batchBytes });
    let rows = 0;
    for (;;) {
      const slice = slices[this.#claim()];
      if (slice === undefined) return rows;
      rows += await this.#readSlice(client, builder, slice, (batch) => onBatch(slice, batch));
      await onEnd(slice);
    }
  }

  async #readSlice(
    client: SourceClient,
    builder: BatchBuilder,
    slice: Slice,
    deliver: (batch: EventBatch) => Promise<void>,
  ): Promise<number> {
    const select = sliceQuery(this.#mapping, this.#layout, this.#reading.sourceAccount, slice);
    const sinkFor = (framing: 'copy' | 'bare') => new BatchSink(builder, framing, deliver);
    const rows = await readRows(client, this.#way, select, sinkFor, this.#signal);
    if (this.#signal.aborted) throw cancelledProblem(this.#signal.reason);
    if (builder.length > 0) await deliver(builder.take());
    return rows;
  }
}
