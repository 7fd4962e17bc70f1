// A thread that reads events for the engine, so that parsing what arrives and writing what arrived go on side by side.
import type { MessagePort } from 'node:worker_threads';
import { Problem } from '#shared/model/problem.ts';
import { connectSource } from '../../source/client.ts';
import type { EventBatch } from '../../store/cache/mirrored-event.ts';
import { EventPool } from '../../source/columns/event-pool.ts';
import { joinSnapshot } from '../../source/columns/snapshot.ts';
import { compactIds } from '../../store/cache/compact-ids.ts';
import { dayBatches } from '../../store/cache/day-batches.ts';
import { HeldSlice } from '../held-slices.ts';
import type { Slice } from '../slices.ts';
import { failureOf } from './failure.ts';
import type { ReaderCommand, ReaderMessage, ReaderOrder } from './reader-protocol.ts';

/** So many batches may lie between a reader and the writer: the writer never waits for one, and memory stays bounded. */
const mostAhead = 4;

/** So many events are put in order at once: about a day of a busy source. */
const sortedTogether = 131_072;

/** Serves one order, and ends. What is no {@link Problem} ends the thread, and reaches the engine as its error. */
export function serveReader(port: MessagePort): void {
  const stop = new AbortController();
  const room = new Room(mostAhead, stop.signal);
  port.on('message', (command: ReaderCommand) => {
    if (command.type === 'read') void carryOut(port, command.order, room, stop.signal);
    else if (command.type === 'taken') room.add();
    else stop.abort(new Problem('cancelled', 'The reading was stopped. What was already read is kept.'));
  });
}

async function carryOut(
  port: MessagePort,
  order: ReaderOrder,
  room: Room,
  signal: AbortSignal,
): Promise<void> {
  const say = (message: ReaderMessage, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  try {
    await read(order, say, room, signal);
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (!(reason instanceof Problem)) throw reason;
    say(failureOf(reason));
  } finally {
    port.close();
  }
}

async function read(
  { profile, password, snapshot, next, mapping, ...reading }: ReaderOrder,
  say: (message: ReaderMessage, transfer?: ArrayBuffer[]) => void,
  room: Room,
  signal: AbortSignal,
): Promise<void> {
  const connect = () =>
    connectSource(profile, password, {
      purpose: 'read',
      statementTimeoutMs: 300_000,
      connectTimeoutMs: 15_000,
      signal,
    });
  const joined = await joinSnapshot(connect, snapshot, 1);
  if (joined === null) {
    say({ type: 'unable' });
    return;
  }
  const pool = new EventPool(joined);
  const place = new Map<Slice, number>(reading.slices.map((slice, index) => [slice, index]));
  const held = new Map<Slice, HeldSlice>(
    reading.slices.map((slice) => [slice, new HeldSlice(sortedTogether)]),
  );
  const handOn = async (slice: Slice, isEnd: boolean) => {
    const days = dayBatches(held.get(slice)!.batches);
    held.get(slice)!.clear();
    // Most sources answer in order of time: what else belongs to the newest day is still to come.
    const unfinished = isEnd || days.length === 1 ? undefined : days.pop();
    if (unfinished) held.get(slice)!.add(unfinished);
    for (const batch of days) {
      await room.take();
      say({ type: 'batch', slice: place.get(slice)!, batch }, buffersOf(batch));
    }
  };
  try {
    const report = await pool.read(
      mapping,
      { ...reading, claim: () => Atomics.add(next, 0, 1), signal },
      async (slice, batch) => {
        held.get(slice)!.add({ ...batch, ids: compactIds(batch.ids) });
        if (held.get(slice)!.isLarge) await handOn(slice, false);
      },
      async (slice) => {
        await handOn(slice, true);
        say({ type: 'end', slice: place.get(slice)! });
      },
    );
    say({ type: 'done', report });
  } finally {
    await pool.close();
  }
}

/** They are the batch's own, so they change hands instead of being copied. */
function buffersOf({ microseconds, ids, columns }: EventBatch): ArrayBuffer[] {
  const arrays: (ArrayBufferView | null)[] = [microseconds, ids.bytes];
  if (ids.kind === 'text') arrays.push(ids.offsets);
  for (const column of columns.values()) {
    if (column.kind === 'coded') arrays.push(column.codes);
    else arrays.push(column.offsets, column.bytes, column.isNull);
  }
  const buffers = new Set<ArrayBuffer>();
  for (const array of arrays)
    if (array?.buffer instanceof ArrayBuffer && array.byteLength === array.buffer.byteLength)
      buffers.add(array.buffer);
  return [...buffers];
}

/** Places for what may be under way; whoever finds none waits for one. */
class Room {
  #free: number;
  readonly #signal: AbortSignal;
  readonly #waiting: (() => void)[] = [];

  constructor(places: number, signal: AbortSignal) {
    this.#free = places;
    this.#signal = signal;
    // Nobody takes anything any more; the reading ends by itself.
    signal.addEventListener('abort', () => this.#waiting.splice(0).forEach((go) => go()), { once: true });
  }

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else if (!this.#signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#waiting.push(resolve);
      await promise;
    }
  }

  add(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
