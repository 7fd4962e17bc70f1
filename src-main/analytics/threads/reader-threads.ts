// The engine's end of the threads that read for it.
import type { Worker } from 'node:worker_threads';
import type { ConnectionProfile, Mapping } from '#shared/model/connection.ts';
import { Problem } from '#shared/model/problem.ts';
import type { EventBatch } from '../../source/columns/event-batch.ts';
import type { EventReader, ReadReport, SliceReading } from '../../source/columns/event-pool.ts';
import type { TimeSlice } from '../../source/columns/slice-query.ts';
import { problemOf } from './failure.ts';
import type { ReaderCommand, ReaderMessage, ReaderOrder } from './reader-protocol.ts';

export interface ReaderThreadsOptions {
  readonly start: () => Worker;
  readonly threads: number;
  readonly profile: ConnectionProfile;
  readonly password: string;
  /** Shared by a session that holds it for as long as anybody reads. */
  readonly snapshot: string;
  /** Reads in the threads' stead what is one slice, and all when not one further session can be had. */
  readonly otherwise: EventReader;
}

/** Reads in threads of their own, started for each reading, with a connection each. */
export class ReaderThreads implements EventReader {
  readonly #options: ReaderThreadsOptions;

  constructor(options: ReaderThreadsOptions) {
    this.#options = options;
  }

  get connections(): number {
    return this.#options.threads;
  }

  /** As {@link EventReader.read}; batches of all slices are handed on one at a time. */
  async read<Slice extends TimeSlice>(
    mapping: Mapping,
    reading: SliceReading<Slice>,
    onBatch: (slice: Slice, batch: EventBatch) => Promise<void>,
    onEnd: (slice: Slice) => Promise<void>,
  ): Promise<ReadReport> {
    const { start, threads, profile, password, snapshot, otherwise } = this.#options;
    // That is read sooner than a thread has begun.
    if (reading.slices.length === 1) return otherwise.read(mapping, reading, onBatch, onEnd);
    const { signal, sourceAccount, slices, fields, batchRows } = reading;
    const next = new Int32Array(new SharedArrayBuffer(4));
    const order = { profile, password, snapshot, next, mapping, sourceAccount, slices, fields, batchRows };
    const queue = new Queue();
    const readers = Array.from({ length: threads }, () => new Reader(start()));
    const stop = () => readers.forEach((reader) => reader.stop());
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const take = async (piece: Piece) => {
        if (piece.type === 'batch') await onBatch(slices[piece.slice]!, piece.batch);
        else await onEnd(slices[piece.slice]!);
      };
      const reports = readers.map((reader) => reader.read(order, queue, take));
      if (signal?.aborted) stop();
      const whole = addUp(await Promise.all(reports));
      return whole ?? (await otherwise.read(mapping, reading, onBatch, onEnd));
    } finally {
      queue.end();
      signal?.removeEventListener('abort', stop);
      stop();
    }
  }
}

type Piece = Extract<ReaderMessage, { slice: number }>;

/** Work in the order in which it was given; nothing any more after a failure. */
class Queue {
  #last = Promise.resolve();
  #isOver = false;

  add(work: () => Promise<void> | void, fail: (error: unknown) => void): void {
    this.#last = this.#doAfter(this.#last, work, fail);
  }

  async #doAfter(
    last: Promise<void>,
    work: () => Promise<void> | void,
    fail: (error: unknown) => void,
  ): Promise<void> {
    await last;
    if (this.#isOver) return;
    try {
      await work();
    } catch (error) {
      this.#isOver = true;
      fail(error);
    }
  }

  end(): void {
    this.#isOver = true;
  }
}

class Reader {
  readonly #thread: Worker;

  constructor(thread: Worker) {
    this.#thread = thread;
  }

  /** Resolves when this thread has read what it could, and all of it is taken; with null when it could not begin. */
  read(order: ReaderOrder, queue: Queue, take: (piece: Piece) => Promise<void>): Promise<ReadReport | null> {
    const { promise, resolve, reject } = Promise.withResolvers<ReadReport | null>();
    const after = (work: () => Promise<void> | void) => queue.add(work, reject);
    this.#thread
      .on('message', (message: ReaderMessage) => {
        if (message.type === 'done') after(() => resolve(message.report));
        else if (message.type === 'unable') after(() => resolve(null));
        else if (message.type === 'failed') after(() => reject(problemOf(message)));
        else
          after(async () => {
            await take(message);
            if (message.type === 'batch') this.#command({ type: 'taken' });
          });
      })
      .once('error', (error: unknown) => after(() => reject(error)))
      .once('exit', () => after(() => reject(endedEarly())));
    this.#command({ type: 'read', order });
    return promise;
  }

  stop(): void {
    this.#command({ type: 'stop' });
  }

  #command(command: ReaderCommand): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    this.#thread.postMessage(command);
  }
}

/** Of those that read; null when none did. */
function addUp(reports: readonly (ReadReport | null)[]): ReadReport | null {
  const read = reports.filter((report) => report !== null);
  if (read.length === 0) return null;
  return {
    way: read.some(({ way }) => way === 'cursor') ? 'cursor' : 'copy',
    connections: read.length,
    rows: read.reduce((sum, { rows }) => sum + rows, 0),
  };
}

const endedEarly = () =>
  new Problem('internal', 'The reading ended unexpectedly. What was already read is kept.', {
    next: 'Refresh again.',
  });
