// Finds, in one day, the events behind first times.
import { citedEventsLimit } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import type { EventReference } from '../../history/segment.ts';
import { classesOfSeries } from './action-classes.ts';
import { stretchesBetween, type Stretch } from '../../history/stretches.ts';
import type { JudgedDay } from './judged-days.ts';
import { isFailure, loginKindOf } from './login-attempts.ts';
import { outcomeVerdict } from './outcome.ts';
import { numbersAt, sightingKinds, type SightingKind, type Sightings } from './sightings.ts';

/** New values to look for, as numbers. */
export type Wanted = Readonly<Partial<Record<SightingKind, ReadonlySet<number>>>>;

export interface NewEvents {
  count: number;
  endMicroseconds: number;
  /** Oldest first, at most {@link citedEventsLimit}. */
  readonly events: EventReference[];
  /** Events by value. */
  readonly counts: Readonly<Record<SightingKind, Map<number, number>>>;
  /** Numbers of the actors of these events. */
  readonly actors: Set<number>;
}

/**
 * The events of a day that have one of the wanted values, per subject in the order of `wanted`.
 * @param subjectOf subject of each actor, or −1; the same as the first times were found by.
 */
export function newEvents(
  history: History,
  sightings: Sightings,
  { start, until }: JudgedDay,
  subjectOf: Int32Array,
  wanted: ReadonlyMap<number, Wanted>,
): Map<number, NewEvents> {
  const found = new Map([...wanted.keys()].map((subject) => [subject, noEvents()]));
  const classes = classesOfSeries(history);
  for (const stretch of stretchesBetween(history.segments, start, until)) {
    const valuesAt = readValues(history, sightings, stretch, classes);
    const { series } = stretch.segment;
    for (let index = stretch.start; index < stretch.end; index += 1) {
      const { actor } = history.series[series[index]!]!;
      const subject = subjectOf[actor]!;
      const asked = subject < 0 ? undefined : wanted.get(subject);
      if (asked === undefined) continue;
      const values = valuesAt(index);
      if (values !== null) note(found.get(subject)!, asked, values, stretch, index, actor);
    }
  }
  return found;
}

function noEvents(): NewEvents {
  const counts = { action: new Map(), network: new Map(), address: new Map(), resourceType: new Map() };
  return { count: 0, endMicroseconds: -Infinity, events: [], counts, actors: new Set() };
}

type Values = Readonly<Record<SightingKind, number>>;

/** Numbers of what an event was seen with; null for one that is no sighting. */
function readValues(
  history: History,
  { texts }: Sightings,
  { segment }: Stretch,
  classes: Uint16Array,
): (index: number) => Values | null {
  const outcomes = segment.column('outcome');
  const networkAt = numbersAt(segment, 'network', texts.network);
  const addressAt = numbersAt(segment, 'address', texts.address);
  const typeAt = numbersAt(segment, 'resourceType', texts.resourceType);
  return (index) => {
    const series = segment.series[index]!;
    const outcome = outcomes === null ? 'unknown' : outcomeVerdict(outcomes.values[outcomes.codes[index]!]!);
    if (isFailure(loginKindOf(classes[series]!, outcome))) return null;
    return {
      action: history.series[series]!.action,
      network: networkAt?.(index) ?? -1,
      address: addressAt?.(index) ?? -1,
      resourceType: typeAt?.(index) ?? -1,
    };
  };
}

function note(
  found: NewEvents,
  asked: Wanted,
  values: Values,
  { segment }: Stretch,
  index: number,
  actor: number,
): void {
  const kinds = sightingKinds.filter((kind) => asked[kind]?.has(values[kind]));
  if (kinds.length === 0) return;
  for (const kind of kinds)
    found.counts[kind].set(values[kind], (found.counts[kind].get(values[kind]) ?? 0) + 1);
  found.count += 1;
  found.endMicroseconds = segment.microseconds[index]! + 1;
  found.actors.add(actor);
  if (found.events.length < citedEventsLimit) found.events.push({ segment, index });
}
