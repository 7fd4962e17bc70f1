// What kind of actor each one was when a baseline ended: the type its events named last.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History, Series } from '../../history/history.ts';
import { firstIndexAt, type CodedColumn, type Segment } from '../../history/segment.ts';
import type { Window } from './window.ts';

export const unknownType = -1;

export interface TypesOfActors {
  /** By actor: a place in `names`, or {@link unknownType}. */
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** Types of actors as of the end of a window; windows come in ascending order, and an answer is good until the next. */
export type ActorTypes = (window: Window) => TypesOfActors;

/**
 * Reads the actor types forward through the segments. The type of an actor is the last one named within the window, so that
 * it depends on nothing outside of it; {@link unknownType} where none was named, or the field is not mirrored.
 */
export function actorTypes(history: History, actorOf: Int32Array): ActorTypes {
  const types = new Int32Array(history.actors.length).fill(unknownType);
  if (!history.fields.has('actorType')) return () => ({ codes: types, names: [] });
  const named = new Int32Array(history.actors.length).fill(unknownType);
  const namedAt = new Float64Array(history.actors.length).fill(-Infinity);
  const dictionary = new Dictionary();
  let readUntil = -Infinity;
  return ({ fromHour, toHour }) => {
    const from = fromHour * microsecondsPerHour;
    const until = toHour * microsecondsPerHour;
    for (const segment of history.segments)
      readTypes(
        segment,
        Math.max(from, readUntil),
        until,
        history.series,
        actorOf,
        dictionary,
        named,
        namedAt,
      );
    readUntil = Math.max(readUntil, until);
    for (let actor = 0; actor < types.length; actor += 1)
      types[actor] = namedAt[actor]! >= from ? named[actor]! : unknownType;
    return { codes: types, names: dictionary.values };
  };
}

function readTypes(
  segment: Segment,
  from: number,
  until: number,
  all: readonly Series[],
  actorOf: Int32Array,
  dictionary: Dictionary,
  named: Int32Array,
  namedAt: Float64Array,
): void {
  const { length, microseconds } = segment;
  if (length === 0 || microseconds[0]! >= until || microseconds[length - 1]! < from) return;
  const column = segment.column('actorType');
  if (column === null) return;
  const isWhole = microseconds[0]! >= from && microseconds[length - 1]! < until;
  const last = isWhole
    ? lastOfSegment(segment, column, all, actorOf)
    : lastNamed(segment, column, actorOf, firstIndexAt(segment, from), firstIndexAt(segment, until));
  for (let at = 0; at < last.actors.length; at += 1) {
    named[last.actors[at]!] = dictionary.codeOf(column.values[last.codes[at]!]!);
    namedAt[last.actors[at]!] = last.microseconds[at]!;
  }
}

/** The last type each actor of a part of a segment was said to have: a code of its column, and when. */
interface LastNamed {
  readonly actors: Uint32Array;
  readonly codes: Uint32Array;
  readonly microseconds: Float64Array;
}

/** Segments never change, and neither does whose their series are, as long as it is the same list of series. */
const known = new WeakMap<Segment, { readonly all: readonly Series[]; readonly last: LastNamed }>();

function lastOfSegment(
  segment: Segment,
  column: CodedColumn,
  all: readonly Series[],
  actorOf: Int32Array,
): LastNamed {
  const made = known.get(segment);
  if (made?.all === all) return made.last;
  const last = lastNamed(segment, column, actorOf, 0, segment.length);
  known.set(segment, { all, last });
  return last;
}

function lastNamed(
  { microseconds, series }: Segment,
  { codes, values }: CodedColumn,
  actorOf: Int32Array,
  start: number,
  end: number,
): LastNamed {
  // An empty type is no type.
  const isType = Uint8Array.from(values, (value) => (value === null || value === '' ? 0 : 1));
  const indexOf = new Map<number, number>();
  const isKnown = new Uint8Array(actorOf.length);
  for (let index = end - 1; index >= start; index -= 1) {
    const actor = actorOf[series[index]!]!;
    if (actor < 0 || isKnown[actor] === 1 || isType[codes[index]!] === 0) continue;
    isKnown[actor] = 1;
    indexOf.set(actor, index);
  }
  return {
    actors: Uint32Array.from(indexOf.keys()),
    codes: Uint32Array.from(indexOf.values(), (index) => codes[index]!),
    microseconds: Float64Array.from(indexOf.values(), (index) => microseconds[index]!),
  };
}
