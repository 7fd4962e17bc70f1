// Finds the events of groups within spans of time, reading each day of events once.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { citedEventsLimit } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import type { EventReference, Segment } from '../../history/segment.ts';
import { stretchesBetween, type Stretch } from '../../history/stretches.ts';

export interface Span {
  readonly group: number;
  /** Hours since the epoch, half-open. */
  readonly fromHour: number;
  readonly toHour: number;
}

export interface Citation {
  /** Oldest first, at most {@link citedEventsLimit}. */
  readonly events: readonly EventReference[];
  /** All of them, cited or not. */
  readonly count: number;
  /** Most frequent first, equals by name. */
  readonly actions: readonly { readonly action: string; readonly count: number }[];
}

/** How many of the events are of the given actions. */
export function countOf(actions: Citation['actions'], wanted: ReadonlySet<string>): number {
  return actions.reduce((sum, { action, count }) => (wanted.has(action) ? sum + count : sum), 0);
}

interface Gathered {
  readonly events: EventReference[];
  readonly countOf: Map<number, number>;
}

/**
 * The events of each span, in the order of `spans`.
 * @param groupOf group of each series, or −1.
 */
export function citeSpans(history: History, groupOf: Int32Array, spans: readonly Span[]): Citation[] {
  const gathered = spans.map((): Gathered => ({ events: [], countOf: new Map() }));
  for (const [day, places] of placesByDay(spans)) {
    const wanted = Map.groupBy(places, (place) => spans[place]!.group);
    const isWanted = flagsOf(wanted.keys());
    const dayHour = day * 24;
    const earliest = places.reduce((least, place) => Math.min(least, spans[place]!.fromHour), Infinity);
    const latest = places.reduce((most, place) => Math.max(most, spans[place]!.toHour), -Infinity);
    const fromHour = Math.max(dayHour, earliest);
    const toHour = Math.min(dayHour + 24, latest);
    for (const { segment, start, end } of stretchesOf(history.segments, fromHour, toHour)) {
      // Asked for once: a column may be read, and is looked up, each time.
      const { series, microseconds } = segment;
      for (let index = start; index < end; index += 1) {
        const group = groupOf[series[index]!]!;
        if (group < 0 || group >= isWanted.length || isWanted[group] === 0) continue;
        const hour = Math.floor(microseconds[index]! / microsecondsPerHour);
        for (const place of wanted.get(group)!) {
          const { fromHour, toHour } = spans[place]!;
          if (hour >= fromHour && hour < toHour)
            add(gathered[place]!, { segment, index }, history.series[series[index]!]!.action);
        }
      }
    }
  }
  return gathered.map((found) => citationOf(found, history));
}

/** One flag a group, up to the last that is meant: most events are nobody's, and a flag says so sooner than a map. */
function flagsOf(groups: Iterable<number>): Uint8Array {
  const meant = Int32Array.from(groups);
  const flags = new Uint8Array(meant.reduce((most, group) => Math.max(most, group), -1) + 1);
  for (const group of meant) flags[group] = 1;
  return flags;
}

function add({ events, countOf }: Gathered, event: EventReference, action: number): void {
  if (events.length < citedEventsLimit) events.push(event);
  countOf.set(action, (countOf.get(action) ?? 0) + 1);
}

function citationOf({ events, countOf }: Gathered, history: History): Citation {
  const actions = [...countOf]
    .map(([code, count]) => ({ action: history.actions.valueOf(code), count }))
    .toSorted((a, b) => b.count - a.count || (a.action < b.action ? -1 : 1));
  return { events, count: actions.reduce((sum, { count }) => sum + count, 0), actions };
}

/** Which spans touch which UTC day, days ascending. */
function placesByDay(spans: readonly Span[]): [number, number[]][] {
  const places = new Map<number, number[]>();
  for (const [place, { fromHour, toHour }] of spans.entries()) {
    for (let day = Math.floor(fromHour / 24); day * 24 < toHour; day += 1) {
      const known = places.get(day);
      if (known) known.push(place);
      else places.set(day, [place]);
    }
  }
  return [...places].toSorted(([a], [b]) => a - b);
}

/** The parts of segments that lie in [fromHour, toHour), in time order. */
export function stretchesOf(
  segments: readonly Segment[],
  fromHour: number,
  toHour: number,
): Generator<Stretch> {
  return stretchesBetween(segments, fromHour * microsecondsPerHour, toHour * microsecondsPerHour);
}
