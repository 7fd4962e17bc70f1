// How many privileged actions each actor did on each day, zero included for those who did something else.
import type { ActivityDay } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { daysBetween } from './judged-days.ts';

/** One place an actor who did anything on the day. */
export interface PeerDay {
  readonly actors: Int32Array;
  readonly privileged: Float64Array;
}

const emptyDay: PeerDay = { actors: new Int32Array(0), privileged: new Float64Array(0) };

/** Folds a day when it is first asked for, up to the hours that had ended. */
export class PeerDays {
  readonly #history: History;
  readonly #attributed: Int32Array;
  readonly #isPrivileged: Uint8Array;
  readonly #endedHour: number;
  /** Place of each actor in the day being folded, −1 between two days. */
  readonly #placeOf: Int32Array;
  readonly #days = new Map<number, PeerDay>();

  constructor(history: History, attributed: Int32Array, isPrivileged: Uint8Array, endedHour: number) {
    this.#history = history;
    this.#attributed = attributed;
    this.#isPrivileged = isPrivileged;
    this.#endedHour = endedHour;
    this.#placeOf = new Int32Array(history.actors.length).fill(-1);
  }

  of(day: number): PeerDay {
    const known = this.#days.get(day);
    if (known) return known;
    const [cells] = daysBetween(this.#history.activity, day, day + 1);
    const folded = cells === undefined ? emptyDay : this.#fold(cells);
    this.#days.set(day, folded);
    return folded;
  }

  #fold({ day, series, slots, counts }: ActivityDay): PeerDay {
    const attributed = this.#attributed;
    const isPrivileged = this.#isPrivileged;
    const placeOf = this.#placeOf;
    const endedSlot = (this.#endedHour - day * 24) * 4;
    const actors = new Int32Array(Math.min(series.length, placeOf.length));
    const privileged = new Float64Array(actors.length);
    let length = 0;
    for (let cell = 0; cell < series.length; cell += 1) {
      const one = series[cell]!;
      const actor = attributed[one]!;
      if (actor < 0 || slots[cell]! >= endedSlot) continue;
      if (placeOf[actor]! < 0) {
        placeOf[actor] = length;
        actors[length++] = actor;
      }
      if (isPrivileged[one] === 1) privileged[placeOf[actor]!]! += counts[cell]!;
    }
    for (let place = 0; place < length; place += 1) placeOf[actors[place]!] = -1;
    return { actors: actors.slice(0, length), privileged: privileged.slice(0, length) };
  }
}
