// Lets one incident alert once: after an alert the series is quiet for a while, unless it gets distinctly worse.
import type { SeriesParameters } from './series-method.ts';

export class Quiet {
  readonly #parameters: SeriesParameters;
  #alertSeconds = Number.NEGATIVE_INFINITY;
  /** Highest surprise of the incident so far. */
  #highest = 0;
  /** Points since the incident's surprise was last over the threshold. */
  #calmPoints = Number.POSITIVE_INFINITY;

  constructor(parameters: SeriesParameters) {
    this.#parameters = parameters;
  }

  /**
   * Whether an earlier alert covers this point. An incident lasts for `quietSeconds` from its newest alert and until the surprise has
   * stayed below the threshold for a whole stretch, so that a new level alerts once however long it takes to become usual. Within an incident
   * only a point that exceeds everything since by more than `rise` alerts again: means of stretches climb step by step as an
   * incident fills them, which is nothing new.
   */
  covers(seconds: number, surprise: number): boolean {
    const { threshold, rise, quietSeconds, stretchPoints } = this.#parameters;
    const isOver = surprise >= threshold;
    const isIncident = seconds - this.#alertSeconds <= quietSeconds || this.#calmPoints < stretchPoints;
    const isCovered = isIncident && !(surprise > this.#highest + rise);
    if (isOver && !isCovered) this.#alertSeconds = seconds;
    this.#calmPoints = isOver ? 0 : this.#calmPoints + 1;
    this.#highest = Math.max(surprise, isIncident ? this.#highest : 0);
    return isCovered;
  }
}
