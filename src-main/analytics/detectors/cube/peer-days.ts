// Who was there on each day, and how many privileged actions each of them did.
import type { ActivityDay } from '../../history/activity.ts';
import type { History } from '../../history/history.ts';
import { actorDayReader } from './actor-days.ts';
import { attributedActors, privilegedSeries } from './attributed.ts';
import type { DayRows } from './day-rows.ts';
import { daysBetween } from './judged-days.ts';

/** One place an actor with privileged actions on a day. */
export interface PrivilegedDay {
  readonly actors: Int32Array;
  readonly counts: Float64Array;
}

const nothing: PrivilegedDay = { actors: new Int32Array(0), counts: new Float64Array(0) };
const nobody = new Int32Array(0);

interface Known extends PrivilegedDay {
  /** Which actions were privileged. */
  readonly actions: string;
}

/** A day of the cube never changes; which actions are privileged hardly ever does. */
const folds = new WeakMap<ActivityDay, Known>();

export class PeerDays {
  readonly #history: History;
  readonly #attributed: Int32Array;
  readonly #privilegedActions: ReadonlySet<string>;
  readonly #actions: string;
  readonly #endedHour: number;
  readonly #read: (cells: ActivityDay) => DayRows;
  #isPrivileged: Uint8Array | null = null;

  constructor(history: History, privilegedActions: ReadonlySet<string>, endedHour: number) {
    this.#history = history;
    this.#attributed = attributedActors(history);
    this.#privilegedActions = privilegedActions;
    this.#actions = JSON.stringify([...privilegedActions].toSorted());
    this.#endedHour = endedHour;
    this.#read = actorDayReader(history, this.#attributed);
  }

  /** Everybody who did anything on a day that had ended. */
  activeOn(day: number): Int32Array {
    const [cells] = daysBetween(this.#history.activity, day, day + 1);
    return cells === undefined ? nobody : this.#read(cells).members;
  }

  /** Who did privileged actions on a day, up to the hours that had ended. */
  privilegedOn(day: number): PrivilegedDay {
    const [cells] = daysBetween(this.#history.activity, day, day + 1);
    if (cells === undefined) return nothing;
    if ((day + 1) * 24 > this.#endedHour) return this.#fold(cells);
    const known = folds.get(cells);
    if (known?.actions === this.#actions) return known;
    const folded = { ...this.#fold(cells), actions: this.#actions };
    folds.set(cells, folded);
    return folded;
  }

  #fold({ day, series, slots, counts }: ActivityDay): PrivilegedDay {
    const isPrivileged = (this.#isPrivileged ??= privilegedSeries(this.#history, this.#privilegedActions));
    const endedSlot = (this.#endedHour - day * 24) * 4;
    const sums = new Map<number, number>();
    for (let cell = 0; cell < series.length; cell += 1) {
      const one = series[cell]!;
      if (isPrivileged[one] === 0 || slots[cell]! >= endedSlot) continue;
      const actor = this.#attributed[one]!;
      if (actor >= 0) sums.set(actor, (sums.get(actor) ?? 0) + counts[cell]!);
    }
    return { actors: Int32Array.from(sums.keys()), counts: Float64Array.from(sums.values()) };
  }
}
