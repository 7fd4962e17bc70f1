// Finds, in one day, the events behind first times.
import { citedEventsLimit } from '../../detector.ts';
import type { History } from '../../history/history.ts';
import type { EventReference } from '../../history/segment.ts';
import { stretchesBetween, type Stretch } from '../../history/stretches.ts';
import type { JudgedDay } from './judged-days.ts';
import { outcomeVerdict } from './outcome.ts';
import { actedBy, factsOfSeries, type SeriesFacts } from './series-facts.ts';
import {
  numbersOf,
  sightingKinds,
  type FieldKind,
  type SightingKind,
  type SightingTexts,
} from './sighting-values.ts';

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
 * @param subjectOf subject of an actor, or −1; the same as the first times were found by.
 */
export function newEvents(
  history: History,
  texts: SightingTexts,
  { start, until }: JudgedDay,
  subjectOf: (actor: number) => number,
  wanted: ReadonlyMap<number, Wanted>,
): Map<number, NewEvents> {
  const found = new Map([...wanted.keys()].map((subject) => [subject, noEvents()]));
  const facts = factsOfSeries(history);
  const isAsked = Uint8Array.from(history.actors, (_, actor) => (wanted.has(subjectOf(actor)) ? 1 : 0));
  for (const stretch of stretchesBetween(history.segments, start, until)) {
    const valuesAt = readValues(texts, stretch, facts);
    const { series } = stretch.segment;
    for (let index = stretch.start; index < stretch.end; index += 1) {
      const actor = facts.actors[series[index]!]!;
      if (isAsked[actor] === 0) continue;
      const values = valuesAt(index);
      if (values === null) continue;
      const subject = subjectOf(actor);
      note(found.get(subject)!, wanted.get(subject)!, values, stretch, index, actor);
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
  texts: SightingTexts,
  { segment }: Stretch,
  { actions, acts }: SeriesFacts,
): (index: number) => Values | null {
  const outcomes = segment.column('outcome');
  const reader = (kind: FieldKind) => {
    const numbered = numbersOf(segment, kind, texts);
    return (index: number) => (numbered === null ? -1 : numbered.numbers[numbered.codes[index]!]!);
  };
  const [networkAt, addressAt, typeAt] = [reader('network'), reader('address'), reader('resourceType')];
  return (index) => {
    const series = segment.series[index]!;
    if (acts[series] === actedBy.nobody) return null;
    const outcome = outcomes === null ? null : outcomes.values[outcomes.codes[index]!]!;
    if (acts[series] === actedBy.unlessFailed && outcomeVerdict(outcome) === 'failure') return null;
    return {
      action: actions[series]!,
      network: networkAt(index),
      address: addressAt(index),
      resourceType: typeAt(index),
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
