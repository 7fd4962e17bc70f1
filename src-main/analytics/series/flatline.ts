// Notices a series that used to move and has stopped.
import type { SeriesParameters } from './series-method.ts';

export interface FlatlineView {
  /** 0 while there is nothing to say. */
  readonly surprise: number;
  /** Unchanged points up to now, and the longest such stretch before. */
  readonly unchanged: number;
  readonly longestBefore: number;
  /** Stretches that ended before. */
  readonly stretches: number;
}

/** A series that changed less often than this has no habit of moving that it could give up. */
const fewestStretches = 50;

/** Follows one series; feed it every value in order. */
export class Flatline {
  readonly #parameters: SeriesParameters;
  #previous = Number.NaN;
  #unchanged = 0;
  #longest = 0;
  #stretches = 0;

  constructor(parameters: SeriesParameters) {
    this.#parameters = parameters;
  }

  /**
   * Speaks once a stretch, when it reaches the limit: the larger of the least length and so many times the longest stretch
   * before. Its surprise is then threshold + 1, by definition and not by measurement.
   */
  next(value: number): FlatlineView {
    if (value === this.#previous) this.#unchanged += 1;
    else {
      this.#longest = Math.max(this.#longest, this.#unchanged);
      this.#stretches += 1;
      this.#unchanged = 1;
      this.#previous = value;
    }
    const { flatlinePoints, flatlineFactor, threshold } = this.#parameters;
    const limit = Math.ceil(Math.max(flatlinePoints, flatlineFactor * this.#longest));
    const isFlat = this.#stretches > fewestStretches && this.#unchanged === limit;
    return {
      surprise: isFlat ? threshold + 1 : 0,
      unchanged: this.#unchanged,
      longestBefore: this.#longest,
      stretches: this.#stretches - 1,
    };
  }
}
