// Finds the parts of segments that lie between two instants.
import { firstIndexAt, type Segment } from './segment.ts';

/** Events [start, end) of one segment. */
export interface Stretch {
  /** Place of the segment among all. */
  readonly place: number;
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
}

/** The parts of segments that lie in [from, to), in microseconds and in time order. */
export function* stretchesBetween(
  segments: readonly Segment[],
  from: number,
  to: number,
): Generator<Stretch> {
  for (let place = firstReaching(segments, from); place < segments.length; place += 1) {
    const segment = segments[place]!;
    const start = firstIndexAt(segment, from);
    const end = firstIndexAt(segment, to);
    if (end > start) yield { place, segment, start, end };
    if (end < segment.length) return;
  }
}

/** Place of the first segment whose last event is not before an instant. Asks few of them: a segment may first have to be read. */
function firstReaching(segments: readonly Segment[], microseconds: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { length } = segments[middle]!;
    if (length === 0 || segments[middle]!.microseconds[length - 1]! < microseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
