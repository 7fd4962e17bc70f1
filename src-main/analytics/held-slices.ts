// Batches of slices that are being read, held until they are written.
import type { EventBatch } from '../source/columns/event-batch.ts';
import type { Slice } from './slices.ts';

const mostBytes = 256_000_000;

export class HeldSlice {
  readonly #mostEvents: number;
  batches: EventBatch[] = [];
  #events = 0;
  #bytes = 0;
  isDone = false;
  newest: number | null = null;

  constructor(mostEvents: number) {
    this.#mostEvents = mostEvents;
  }

  add(batch: EventBatch): void {
    this.batches.push(batch);
    this.#events += batch.length;
    for (const column of batch.columns.values())
      this.#bytes += column.kind === 'plain' ? column.bytes.length : 0;
    this.newest = Math.max(this.newest ?? -Infinity, newestOf(batch.microseconds));
  }

  get isLarge(): boolean {
    return this.#events >= this.#mostEvents || this.#bytes >= mostBytes;
  }

  clear(): void {
    this.batches = [];
    this.#events = 0;
    this.#bytes = 0;
  }
}

function newestOf(microseconds: Float64Array): number {
  let newest = -Infinity;
  for (let row = 0; row < microseconds.length; row += 1)
    if (microseconds[row]! > newest) newest = microseconds[row]!;
  return newest;
}

/** The newest event such that everything before it has been read; null while the first slice is not done. */
export function readUpTo(slices: readonly Slice[], held: ReadonlyMap<Slice, HeldSlice>): number | null {
  let newest: number | null = null;
  for (const slice of slices) {
    const { isDone, newest: ofSlice } = held.get(slice)!;
    if (!isDone) break;
    newest = ofSlice ?? newest;
  }
  return newest;
}
