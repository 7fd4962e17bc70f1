// Which type of actor somebody was, as far as the days before a judged day tell.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { History } from '../../history/history.ts';
import type { CodedColumn, Segment } from '../../history/segment.ts';
import { Dictionary } from '../../history/dictionary.ts';
import type { Stretch } from '../../history/stretches.ts';
import { stretchesOf } from './cite-spans.ts';

/** Of each actor the type of the newest event that has one, and its UTC day. */
interface NewestTypes {
  readonly actors: Int32Array;
  /** Places in `names`. */
  readonly types: Uint32Array;
  readonly days: Int32Array;
  readonly names: readonly string[];
}

/** Of whole segments: they never change, and neither does whose series are whose. */
const wholes = new WeakMap<Segment, NewestTypes>();

const nothing: NewestTypes = {
  actors: new Int32Array(0),
  types: new Uint32Array(0),
  days: new Int32Array(0),
  names: [],
};

/** Asked day by day, ascending; reads every event of a segment once, as long as the segment lives. */
export class PeerTypes {
  readonly #history: History;
  readonly #attributed: Int32Array;
  readonly #windowDays: number;
  readonly #endedHour: number;
  readonly #names = new Dictionary();
  readonly #typeOf: Int32Array;
  /** UTC day on which the type was seen last. */
  readonly #seenOn: Int32Array;
  #readUntilDay = -Infinity;
  /** Whether an actor was met in the stretch being read. */
  readonly #isMet: Uint8Array;

  constructor(history: History, attributed: Int32Array, windowDays: number, endedHour: number) {
    this.#history = history;
    this.#attributed = attributed;
    this.#windowDays = windowDays;
    this.#endedHour = endedHour;
    this.#typeOf = new Int32Array(history.actors.length).fill(-1);
    this.#seenOn = new Int32Array(history.actors.length);
    this.#isMet = new Uint8Array(history.actors.length);
  }

  nameOf(type: number): string {
    return this.#names.valueOf(type);
  }

  /** Reads all that lies before a day. */
  readUntil(day: number): void {
    const fromDay = Math.max(this.#readUntilDay, day - this.#windowDays);
    for (const stretch of stretchesOf(this.#history.segments, fromDay * 24, day * 24)) {
      const { actors, types, days, names } = this.#newestOf(stretch);
      const codes = names.map((name) => this.#names.codeOf(name));
      for (let at = 0; at < actors.length; at += 1) {
        this.#typeOf[actors[at]!] = codes[types[at]!]!;
        this.#seenOn[actors[at]!] = days[at]!;
      }
    }
    this.#readUntilDay = day;
  }

  /** Type of the newest event in the window before the day; −1 when none told. */
  before(actor: number, day: number): number {
    return this.#seenOn[actor]! >= day - this.#windowDays ? this.#typeOf[actor]! : -1;
  }

  /** For each of the actors, the type of the first event of the day that has one; −1 when none does. */
  firstOn(day: number, actors: ReadonlySet<number>): Map<number, number> {
    const found = new Map<number, number>();
    if (actors.size === 0) return found;
    const toHour = Math.min(day * 24 + 24, this.#endedHour);
    for (const { segment, start, end } of stretchesOf(this.#history.segments, day * 24, toHour)) {
      const column = segment.column('actorType');
      if (column === null) continue;
      const { series } = segment;
      for (let index = start; index < end; index += 1) {
        const actor = this.#attributed[series[index]!]!;
        if (!actors.has(actor) || found.has(actor)) continue;
        const name = column.values[column.codes[index]!]!;
        if (isTold(name)) found.set(actor, this.#names.codeOf(name));
      }
    }
    return found;
  }

  #newestOf(stretch: Stretch): NewestTypes {
    const { segment, start, end } = stretch;
    if (start > 0 || end < segment.length) return this.#readNewest(stretch);
    const known = wholes.get(segment);
    if (known) return known;
    const read = this.#readNewest(stretch);
    wholes.set(segment, read);
    return read;
  }

  /** Backwards, so that whom it meets first it met last. */
  #readNewest({ segment, start, end }: Stretch): NewestTypes {
    const column = segment.column('actorType');
    if (column === null) return nothing;
    const { types: typeOfCode, names } = namedTypes(column);
    if (names.length === 0) return nothing;
    const { codes } = column;
    const { series, microseconds } = segment;
    const places: number[] = [];
    for (let index = end - 1; index >= start; index -= 1) {
      const actor = this.#attributed[series[index]!]!;
      if (actor < 0 || this.#isMet[actor] === 1 || typeOfCode[codes[index]!]! < 0) continue;
      this.#isMet[actor] = 1;
      places.push(index);
    }
    const actors = Int32Array.from(places, (index) => this.#attributed[series[index]!]!);
    for (let at = 0; at < actors.length; at += 1) this.#isMet[actors[at]!] = 0;
    return {
      actors,
      types: Uint32Array.from(places, (index) => typeOfCode[codes[index]!]!),
      days: Int32Array.from(places, (index) => Math.floor(microseconds[index]! / microsecondsPerDay)),
      names,
    };
  }
}

/** An empty text tells no more than an unknown one. */
function isTold(name: string | null): name is string {
  return name !== null && name !== '';
}

/** The type of each code of a column, −1 where it tells nothing, and what the types are called. */
function namedTypes({ values }: CodedColumn): { types: Int32Array; names: readonly string[] } {
  const names: string[] = [];
  const types = Int32Array.from(values, (value) => (isTold(value) ? names.push(value) - 1 : -1));
  return { types, names };
}
