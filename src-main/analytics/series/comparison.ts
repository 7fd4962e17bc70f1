// One way of looking at a point: its deviation from something expected, beside all such deviations before.
import type { SeriesParameters } from './series-method.ts';
import { SortedWindow } from './sorted-window.ts';
import { tailSurprise, type TailSurprise } from './tail-surprise.ts';

/** Judges deviations one after the other and learns each some points later. */
export class Comparison {
  readonly #parameters: SeriesParameters;
  readonly #earlier: SortedWindow;
  /** Judged and not yet learnt, a ring. */
  readonly #waiting: Float64Array;
  #judged = 0;

  /**
   * @param delayPoints how many points later a deviation is learnt, at least 1. Neighbours belong to the same incident, and means of
   * overlapping stretches share points: compared with each other, they would hide one another.
   */
  constructor(parameters: SeriesParameters, delayPoints: number) {
    this.#parameters = parameters;
    this.#earlier = new SortedWindow(parameters.historyPoints);
    this.#waiting = new Float64Array(delayPoints);
  }

  /** @param deviation signed; its size counts. NaN is “nothing to compare”: neither judged nor learnt, and null comes back. */
  next(deviation: number): TailSurprise | null {
    if (Number.isNaN(deviation)) return null;
    const size = Math.abs(deviation);
    const result = tailSurprise(this.#earlier, size, this.#parameters);
    const place = this.#judged % this.#waiting.length;
    if (this.#judged >= this.#waiting.length) this.#earlier.add(this.#waiting[place]!);
    this.#waiting[place] = size;
    this.#judged += 1;
    return result;
  }
}
