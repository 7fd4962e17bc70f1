// Batches of slices that are being read, held until they are written.
import type { EventBatch } from '../source/columns/event-batch.ts';
import type { Slice } from './slices.ts';

/** A slice is written in one piece unless it turns out much larger than was foreseen. */
const heldTogether = { events: 500_000, bytes: 256_000_000 };

export class HeldSlice {
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
export function readUpTo(slices: readonly Slice[], held: ReadonlyMap<Slice, HeldSlice>): number | null {
  let newest: number | null = null;
  for (const slice of slices) {
    const { isDone, newest: ofSlice } = held.get(slice)!;
    if (!isDone) break;
    newest = ofSlice ?? newest;
  }
  return newest;
}
