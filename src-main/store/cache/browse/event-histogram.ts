// How many matching events lie in each bucket of time, among those that are looked through.
import { lookedThroughFrom, type EventMatches } from './event-matches.ts';

export type Counted = {
  readonly total: number;
  /** One a bucket. */
  readonly counts: Float64Array;
  /** Time of the first event of the segments that are counted; null when all are. */
  readonly countedFrom: number | null;
};

/** @param edges ascending; bucket i is [edges[i], edges[i + 1]) */
export function countMatches(matches: EventMatches, edges: readonly number[]): Counted {
  const counts = new Float64Array(Math.max(edges.length - 1, 0));
  const from = lookedThroughFrom(matches);
  let total = 0;
  let bucket = 0;
  for (let place = from; place < matches.segments.length; place += 1) {
    const rows = matches.rowsOf(place);
    if (rows.length === 0) continue;
    total += rows.length;
    const times = matches.segments[place]!.times();
    // Rows ascend, and so do segments: no bucket is looked for twice.
    for (let at = 0; at < rows.length; at += 1) {
      const time = times[rows.rowAt(at)]!;
      while (bucket < counts.length - 1 && time >= edges[bucket + 1]!) bucket += 1;
      if (counts.length > 0) counts[bucket]! += 1;
    }
  }
  return { total, counts, countedFrom: from === 0 ? null : firstCounted(matches, from) };
}

function firstCounted({ segments }: EventMatches, from: number): number {
  const nothing = (segments.at(-1)?.lastMicroseconds ?? -1) + 1;
  return segments[from]?.firstMicroseconds ?? nothing;
}
