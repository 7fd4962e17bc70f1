// What kind of actor each one was when a baseline ended: the type its events named last.
import { microsecondsPerHour } from '#shared/time/instant.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { History } from '../../history/history.ts';
import { firstIndexAt, type Segment } from '../../history/segment.ts';
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
      readTypes(segment, Math.max(from, readUntil), until, actorOf, dictionary, named, namedAt);
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
  actorOf: Int32Array,
  dictionary: Dictionary,
  named: Int32Array,
  namedAt: Float64Array,
): void {
  const { length, microseconds, series } = segment;
  if (length === 0 || microseconds[0]! >= until || microseconds[length - 1]! < from) return;
  const column = segment.column('actorType');
  if (column === null) return;
  const codeOf = Int32Array.from(column.values, (value) =>
    // An empty type is no type.
    value === null || value === '' ? unknownType : dictionary.codeOf(value),
  );
  const end = firstIndexAt(segment, until);
  for (let index = firstIndexAt(segment, from); index < end; index += 1) {
    const code = codeOf[column.codes[index]!]!;
    if (code < 0) continue;
    const actor = actorOf[series[index]!]!;
    if (actor < 0) continue;
    named[actor] = code;
    namedAt[actor] = microseconds[index]!;
  }
}
