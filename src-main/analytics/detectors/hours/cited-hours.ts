// Finds the events behind judged hours, reading every hour once however many of its groups are cited.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { citedEventsLimit } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import { firstIndexAt, type EventReference, type Segment } from '../../history/segment.ts';

export interface CitedHour {
  readonly group: number;
  /** Hours since the epoch. */
  readonly hour: number;
}

/**
 * The events of each cited hour, in the order of `cited`: oldest first, at most {@link citedEventsLimit}.
 * @param groupOf group of each series, or −1: the same as the hours were counted by.
 */
export function citeHours(
  history: History,
  groupOf: Int32Array,
  groups: number,
  cited: readonly CitedHour[],
): EventReference[][] {
  const events: EventReference[][] = cited.map(() => []);
  const placeOf = new Int32Array(groups).fill(-1);
  const places = [...cited.keys()].toSorted((a, b) => cited[a]!.hour - cited[b]!.hour);
  for (let from = 0; from < places.length;) {
    const { hour } = cited[places[from]!]!;
    let to = from;
    while (to < places.length && cited[places[to]!]!.hour === hour) to += 1;
    for (const place of places.slice(from, to)) placeOf[cited[place]!.group] = place;
    for (const { segment, start, end } of stretchesOf(history.segments, hour))
      gather(segment, start, end, groupOf, placeOf, events);
    for (const place of places.slice(from, to)) placeOf[cited[place]!.group] = -1;
    from = to;
  }
  return events;
}

function gather(
  segment: Segment,
  start: number,
  end: number,
  groupOf: Int32Array,
  placeOf: Int32Array,
  events: readonly EventReference[][],
): void {
  for (let index = start; index < end; index += 1) {
    const group = groupOf[segment.series[index]!]!;
    const place = group < 0 ? -1 : placeOf[group]!;
    if (place < 0) continue;
    const found = events[place]!;
    if (found.length < citedEventsLimit) found.push({ segment, index });
  }
}

interface Stretch {
  readonly segment: Segment;
  readonly start: number;
  readonly end: number;
}

/** The parts of segments that lie in an hour. */
function stretchesOf(segments: readonly Segment[], hour: number): Stretch[] {
  const from = hour * microsecondsPerHour;
  const to = from + microsecondsPerHour;
  const stretches: Stretch[] = [];
  for (let at = firstSegmentReaching(segments, from); at < segments.length; at += 1) {
    const segment = segments[at]!;
    const start = firstIndexAt(segment, from);
    const end = firstIndexAt(segment, to);
    if (end > start) stretches.push({ segment, start, end });
    if (end < segment.length) break;
  }
  return stretches;
}

/** Place of the first segment whose last event is at or after an instant; segments never overlap. */
function firstSegmentReaching(segments: readonly Segment[], microseconds: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const { length, microseconds: times } = segments[middle]!;
    if (length === 0 || times[length - 1]! < microseconds) low = middle + 1;
    else high = middle;
  }
  return low;
}
