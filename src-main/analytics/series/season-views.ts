// A series seen from one season: the value, and the mean of a stretch, against the same time of earlier cycles.
import { Comparison } from './comparison.ts';
import { SeasonProfile } from './season-profile.ts';
import type { SeriesParameters } from './series-method.ts';
import { difference, look, type SeriesView } from './series-view.ts';
import { Stretch } from './stretch.ts';

export interface SeasonSight {
  /** NaN while too little is known. */
  readonly expected: number;
  readonly views: readonly SeriesView[];
}

/** Every season has comparisons of its own: what is large beside the day's errors may be small beside the week's. */
export class SeasonViews {
  readonly #profile: SeasonProfile;
  readonly #values: Comparison;
  readonly #levels: Comparison;
  readonly #stretch: Stretch;

  constructor(periodSeconds: number, stepSeconds: number, cycles: number, parameters: SeriesParameters) {
    this.#profile = new SeasonProfile(periodSeconds, stepSeconds, cycles);
    this.#values = new Comparison(parameters, parameters.stretchPoints);
    this.#levels = new Comparison(parameters, parameters.stretchPoints);
    this.#stretch = new Stretch(parameters.stretchPoints);
  }

  /** False when the steps are too long to show the shape of this season. */
  get isPossible(): boolean {
    return this.#profile.isPossible;
  }

  /**
   * Looks at a value, then learns it.
   * @param steps how many steps after the point before; after a gap as long as a stretch nothing in it is recent any more.
   */
  next(seconds: number, value: number, steps: number): SeasonSight {
    const expected = this.#profile.expected(seconds);
    this.#profile.add(seconds, value);
    if (steps > this.#stretch.length) this.#stretch.clear();
    if (!Number.isNaN(expected)) this.#stretch.add(difference(value, expected));
    const level = this.#stretch.mean();
    const views = [
      look(this.#values, 'season', value, expected),
      look(this.#levels, 'level', expected + level, expected, level),
    ];
    return { expected, views: views.filter((view) => view !== null) };
  }
}
