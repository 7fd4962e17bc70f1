// The ways one point of a series is looked at, each against its own past.
import { Comparison } from './comparison.ts';
import { Season, type SeasonName } from './season.ts';
import type { SeriesParameters } from './series-method.ts';
import { difference, look, type SeriesView } from './series-view.ts';
import { SortedWindow } from './sorted-window.ts';
import { Stretch } from './stretch.ts';

export interface SeriesSight {
  readonly season: SeasonName;
  /** Most surprised first; a view that has nothing to compare is absent. */
  readonly views: readonly SeriesView[];
}

/** Across a gap longer than this many steps nothing jumps. */
const longestJumpSteps = 10;

export class SeriesViews {
  readonly #stepSeconds: number;
  readonly #history: SortedWindow;
  readonly #season: Season;
  readonly #points: Comparison;
  readonly #jumps: Comparison;
  readonly #shifts: Comparison;
  readonly #densities: Comparison;
  /** The last values, those before them, and sizes of deviations from the median. */
  readonly #recent: Stretch;
  readonly #before: Stretch;
  readonly #sizes: Stretch;
  #previousSeconds = Number.NaN;
  #previousValue = Number.NaN;

  /** @param stepSeconds the usual distance of two points, > 0. */
  constructor(stepSeconds: number, parameters: SeriesParameters) {
    const { historyPoints, stretchPoints, longStretchPoints } = parameters;
    this.#stepSeconds = stepSeconds;
    this.#history = new SortedWindow(historyPoints);
    this.#season = new Season(stepSeconds, parameters);
    this.#points = new Comparison(parameters, stretchPoints);
    this.#jumps = new Comparison(parameters, stretchPoints);
    this.#shifts = new Comparison(parameters, stretchPoints);
    this.#densities = new Comparison(parameters, longStretchPoints);
    this.#recent = new Stretch(stretchPoints);
    this.#before = new Stretch(longStretchPoints);
    this.#sizes = new Stretch(longStretchPoints);
  }

  /** Looks at a point, then learns it. */
  next(seconds: number, value: number): SeriesSight {
    const steps = (seconds - this.#previousSeconds) / this.#stepSeconds;
    const median = this.#history.median();
    const previous = steps > longestJumpSteps ? Number.NaN : this.#previousValue;
    this.#remember(steps, value, difference(value, median));
    const season = this.#season.next(seconds, value, steps);
    const views = [
      look(this.#points, 'point', value, median),
      ...season.views,
      look(this.#jumps, 'jump', value, previous),
      look(this.#shifts, 'shift', this.#recent.mean(), this.#before.mean()),
      look(this.#densities, 'density', this.#sizes.mean(), 0),
    ].filter((view) => view !== null);
    views.sort((a, b) => b.surprise - a.surprise);
    this.#history.add(value);
    this.#previousSeconds = seconds;
    this.#previousValue = value;
    return { season: season.name, views };
  }

  /** After a gap as long as a stretch nothing in it is recent any more. */
  #remember(steps: number, value: number, fromMedian: number): void {
    for (const stretch of [this.#recent, this.#before, this.#sizes])
      if (steps > stretch.length) stretch.clear();
    if (!Number.isNaN(fromMedian)) this.#sizes.add(Math.abs(fromMedian));
    const leaving = this.#recent.add(value);
    if (leaving !== null) this.#before.add(leaving);
  }
}
