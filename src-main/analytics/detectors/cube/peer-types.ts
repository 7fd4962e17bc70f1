// Which type of actor somebody was, as far as the days before a judged day tell.
import { microsecondsPerDay } from '#shared/time/instant.ts';
import type { History } from '../../history/history.ts';
import type { CodedColumn } from '../../history/segment.ts';
import { Dictionary } from '../../history/dictionary.ts';
import { stretchesOf } from './cite-spans.ts';

/** Asked day by day, ascending; reads every event of the window once. */
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

  constructor(history: History, attributed: Int32Array, windowDays: number, endedHour: number) {
    this.#history = history;
    this.#attributed = attributed;
    this.#windowDays = windowDays;
    this.#endedHour = endedHour;
    this.#typeOf = new Int32Array(history.actors.length).fill(-1);
    this.#seenOn = new Int32Array(history.actors.length);
  }

  nameOf(type: number): string {
    return this.#names.valueOf(type);
  }

  /** Reads all that lies before a day. */
  readUntil(day: number): void {
    const fromDay = Math.max(this.#readUntilDay, day - this.#windowDays);
    this.#read(fromDay * 24, day * 24, (actor, type, microseconds) => {
      this.#typeOf[actor] = type;
      this.#seenOn[actor] = Math.floor(microseconds / microsecondsPerDay);
    });
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
    this.#read(day * 24, Math.min(day * 24 + 24, this.#endedHour), (actor, type) => {
      if (actors.has(actor) && !found.has(actor)) found.set(actor, type);
    });
    return found;
  }

  #read(fromHour: number, toHour: number, tell: (actor: number, type: number, at: number) => void): void {
    for (const { segment, start, end } of stretchesOf(this.#history.segments, fromHour, toHour)) {
      const column = segment.column('actorType');
      if (column === null) continue;
      const types = this.#typesOf(column);
      for (let index = start; index < end; index += 1) {
        const type = types[column.codes[index]!]!;
        const actor = this.#attributed[segment.series[index]!]!;
        if (type >= 0 && actor >= 0) tell(actor, type, segment.microseconds[index]!);
      }
    }
  }

  /** An empty text tells no more than an unknown one. */
  #typesOf({ values }: CodedColumn): Int32Array {
    return Int32Array.from(values, (value) =>
      value === null || value === '' ? -1 : this.#names.codeOf(value),
    );
  }
}
