// Who was seen with what on which day: actions, networks, addresses and kinds of resources, read once per segment.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import type { Segment, SegmentField } from '../../history/segment.ts';
import { classesOfSeries } from './action-classes.ts';
import { actionClass } from './class-bits.ts';
import { isFailure, loginKindOf } from './login-attempts.ts';
import { canonicalAddress, networkOf } from './network.ts';
import { outcomeVerdict } from './outcome.ts';
import { PairSet } from './pair-set.ts';

export const sightingKinds = ['action', 'network', 'address', 'resourceType'] as const;
export type SightingKind = (typeof sightingKinds)[number];

/** One entry per actor, value and UTC day (of this segment), ascending by time. */
export interface Sighted {
  readonly actors: Uint32Array;
  /** Action code, or number of the network, address or kind of resource. */
  readonly values: Uint32Array;
  /** First time on that day, microseconds. */
  readonly first: Float64Array;
}

export interface Sightings {
  /** Per segment, in time order; null where the field is not mirrored. */
  readonly segments: readonly ByKind[];
  readonly texts: Readonly<Record<SightingKind, Dictionary>>;
}

type ByKind = Readonly<Record<SightingKind, Sighted | null>>;

interface Known {
  readonly texts: Sightings['texts'];
  readonly bySegment: WeakMap<Segment, ByKind>;
}

/** Segments never change, and a growing history keeps its numbers: what was read of a segment stays true. */
const known = new WeakMap<Dictionary, Known>();

/**
 * A failed login is somebody's attempt in the actor's name, not the actor's act: it is no sighting. Empty and unknown values
 * are none either. Unattributed events are sightings of the actor ''.
 */
export function sightingsOf(history: History): Sightings {
  const { texts, bySegment } = known.get(history.actions) ?? begin(history.actions);
  const unread = history.segments.filter((segment) => !bySegment.has(segment));
  const facts = unread.length === 0 ? null : seriesFacts(history);
  for (const segment of unread) bySegment.set(segment, readSegment(segment, facts!, texts));
  return { segments: history.segments.map((segment) => bySegment.get(segment)!), texts };
}

function readSegment(segment: Segment, facts: SeriesFacts, texts: Sightings['texts']): ByKind {
  const { microseconds, series } = segment;
  const actors = new Uint32Array(segment.length);
  for (let index = 0; index < actors.length; index += 1) actors[index] = facts.actors[series[index]!]!;
  const seen = { microseconds, actors, isVisible: visibleEvents(segment, facts) };
  const byColumn = (kind: ReadKind) => {
    const numberAt = numbersAt(segment, kind, texts[kind]);
    return numberAt && sight(seen, texts[kind].size, numberAt);
  };
  const address = byColumn('address');
  return {
    action: sight(seen, texts.action.size, (index) => facts.actions[series[index]!]!),
    address,
    network: address && sightNetworks(address, texts),
    resourceType: byColumn('resourceType'),
  };
}

/** Somebody's first time in a network on a day is their first time at one of its addresses. */
function sightNetworks(
  { first, actors, values }: Sighted,
  { address, network }: Sightings['texts'],
): Sighted {
  const numbers = new Map<number, number>();
  for (const value of values)
    if (!numbers.has(value)) numbers.set(value, network.codeOf(networkOf(address.valueOf(value))!));
  const seen = { microseconds: first, actors, isVisible: null };
  return sight(seen, network.size, (index) => numbers.get(values[index]!)!);
}

function begin(action: Dictionary): Known {
  const made = {
    texts: { action, network: new Dictionary(), address: new Dictionary(), resourceType: new Dictionary() },
    bySegment: new WeakMap<Segment, ByKind>(),
  };
  known.set(action, made);
  return made;
}

type SeriesFacts = ReturnType<typeof seriesFacts>;

function seriesFacts(history: History) {
  const classes = classesOfSeries(history);
  return {
    actors: Uint32Array.from(history.series, ({ actor }) => actor),
    actions: Uint32Array.from(history.series, ({ action }) => action),
    isSkipped: Uint8Array.from(classes, (bits) => (isFailure(loginKindOf(bits, 'unknown')) ? 1 : 0)),
    needsOutcome: Uint8Array.from(classes, (bits) => ((bits & actionClass.signIn) === 0 ? 0 : 1)),
  };
}

/** 1 for every event that is a sighting. */
function visibleEvents(segment: Segment, { isSkipped, needsOutcome }: SeriesFacts): Uint8Array {
  const visible = new Uint8Array(segment.length);
  const outcomes = segment.column('outcome');
  const failed = outcomes?.values.map((text) => outcomeVerdict(text) === 'failure');
  const { series: seriesAt } = segment;
  for (let index = 0; index < segment.length; index += 1) {
    const series = seriesAt[index]!;
    if (isSkipped[series] === 1) continue;
    visible[index] = needsOutcome[series] === 1 && failed?.[outcomes!.codes[index]!] === true ? 0 : 1;
  }
  return visible;
}

/** The field a kind of sighting is read from, and how; null where the text says nothing. */
const readings = {
  network: { field: 'ip', read: networkOf },
  address: { field: 'ip', read: canonicalAddress },
  resourceType: { field: 'resourceType', read: (text) => text?.trim() || null },
} as const satisfies Partial<
  Record<SightingKind, { field: SegmentField; read: (text: string | null) => string | null }>
>;
type ReadKind = keyof typeof readings;

/** Number of what every event of a segment was seen with; −1 for nothing. Null where the field is not mirrored. */
export function numbersAt(
  segment: Segment,
  kind: ReadKind,
  numbers: Dictionary,
): ((index: number) => number) | null {
  const { field, read } = readings[kind];
  const column = segment.column(field);
  if (column === null) return null;
  const ofValue = Int32Array.from(column.values, (text) => {
    const value = read(text);
    return value === null ? -1 : numbers.codeOf(value);
  });
  return (index) => ofValue[column.codes[index]!]!;
}

interface Seen {
  readonly microseconds: Float64Array;
  readonly actors: Uint32Array;
  /** Null: all of them. */
  readonly isVisible: Uint8Array | null;
}

/** @param span larger than every value. */
function sight(
  { microseconds, actors, isVisible }: Seen,
  span: number,
  valueOf: (index: number) => number,
): Sighted {
  const pairs = new PairSet(span);
  const found: number[] = [];
  let dayEnd = -Infinity;
  for (let index = 0; index < actors.length; index += 1) {
    if (isVisible !== null && isVisible[index] === 0) continue;
    const time = microseconds[index]!;
    if (time >= dayEnd) {
      pairs.clear();
      dayEnd = (Math.floor(time / microsecondsPerDay) + 1) * microsecondsPerDay;
    }
    const value = valueOf(index);
    if (value >= 0 && pairs.add(actors[index]!, value)) found.push(index);
  }
  return {
    actors: Uint32Array.from(found, (index) => actors[index]!),
    values: Uint32Array.from(found, valueOf),
    first: Float64Array.from(found, (index) => microseconds[index]!),
  };
}
